package nnpid.testing;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Named distributions of the PID literature, as counts. */
public final class Gates {
  private Gates() {}

  /** Every named distribution, those with few sources first. */
  public static Stream<SampleTable> all() {
    return Stream.of(
        giantBit(1),
        xor(),
        and(),
        or(),
        sum(),
        unique(),
        copy(),
        redundant(),
        pointwiseUnique(),
        randomError(),
        redundantXor(),
        parity(3),
        majority(3),
        giantBit(3),
        xorOfPairPlusUnique(),
        parity(4),
        majority(4));
  }

  /** T = S1 xor S2. */
  public static SampleTable xor() {
    return parity(2);
  }

  public static SampleTable and() {
    return ofBits("and", 2, s -> s[0] & s[1]);
  }

  public static SampleTable or() {
    return ofBits("or", 2, s -> s[0] | s[1]);
  }

  /** T = S1 + S2. */
  public static SampleTable sum() {
    return ofBits("sum", 2, s -> s[0] + s[1]);
  }

  /** T = S1, with S2 independent of it. */
  public static SampleTable unique() {
    return ofBits("unq", 2, s -> s[0]);
  }

  /** T = (S1, S2), two independent bits. */
  public static SampleTable copy() {
    return ofBits("copy", 2, s -> 2 * s[0] + s[1]);
  }

  /** T = S1 = S2. */
  public static SampleTable redundant() {
    return giantBit(2);
  }

  /** PWUNQ of Finn and Lizier (2018): in every realization only one source knows the target. */
  public static SampleTable pointwiseUnique() {
    return new SampleTable.Builder("pwunq", 2)
        .add(new int[] {0, 1}, 1, 1)
        .add(new int[] {1, 0}, 1, 1)
        .add(new int[] {0, 2}, 2, 1)
        .add(new int[] {2, 0}, 2, 1)
        .build();
  }

  /** T = S1, and S2 is a copy of it with errors: RndErr of Finn and Lizier (2018). */
  public static SampleTable randomError() {
    return new SampleTable.Builder("rnderr", 2)
        .add(new int[] {0, 0}, 0, 3)
        .add(new int[] {1, 1}, 1, 3)
        .add(new int[] {0, 1}, 0, 1)
        .add(new int[] {1, 0}, 1, 1)
        .build();
  }

  /** One bit in both sources, and one in their XOR; T = both bits. */
  public static SampleTable redundantXor() {
    SampleTable.Builder table = new SampleTable.Builder("rdnxor", 2);
    for (int bits = 0; bits < 8; bits++) {
      int shared = bits & 1;
      int first = (bits >> 1) & 1;
      int second = (bits >> 2) & 1;
      table.add(
          new int[] {2 * first + shared, 2 * second + shared}, 2 * (first ^ second) + shared, 1);
    }
    return table.build();
  }

  /** T = (S1 xor S2, S3). */
  public static SampleTable xorOfPairPlusUnique() {
    return ofBits("xor of pair plus unique", 3, s -> 2 * (s[0] ^ s[1]) + s[2]);
  }

  /** T = S1 xor ... xor Sn. */
  public static SampleTable parity(int sourceCount) {
    return ofBits("parity " + sourceCount, sourceCount, s -> Arrays.stream(s).sum() % 2);
  }

  /** T = whether more than half of the sources are 1. */
  public static SampleTable majority(int sourceCount) {
    return ofBits(
        "majority " + sourceCount,
        sourceCount,
        s -> 2 * Arrays.stream(s).sum() > sourceCount ? 1 : 0);
  }

  /** T = S1 = ... = Sn. */
  public static SampleTable giantBit(int sourceCount) {
    SampleTable.Builder table = new SampleTable.Builder("giant bit " + sourceCount, sourceCount);
    for (int bit = 0; bit < 2; bit++) {
      int[] states = new int[sourceCount];
      Arrays.fill(states, bit);
      table.add(states, bit, 1);
    }
    return table.build();
  }

  /** Independent fair bits and a function of them. */
  private static SampleTable ofBits(String name, int sourceCount, ToIntFunction<int[]> target) {
    SampleTable.Builder table = new SampleTable.Builder(name, sourceCount);
    for (int bits = 0; bits < 1 << sourceCount; bits++) {
      int code = bits;
      int[] states = IntStream.range(0, sourceCount).map(i -> (code >> i) & 1).toArray();
      table.add(states, target.applyAsInt(states), 1);
    }
    return table.build();
  }
}
