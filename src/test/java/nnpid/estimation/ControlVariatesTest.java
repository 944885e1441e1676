package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlVariatesTest {
  private static final int COUNT = 64;

  @Test
  void takeAwayWhatTheyExplain() {
    Random random = new Random(1);
    double[] first = random.doubles(COUNT, -1, 1).toArray();
    double[] second = random.doubles(COUNT, -1, 1).toArray();
    double[] a = new double[COUNT];
    double[] b = new double[COUNT];
    Arrays.setAll(a, i -> 7 + 2 * first[i] - second[i]);
    Arrays.setAll(b, i -> 3 + second[i]);
    double[][] corrections = new ControlVariates(first, second).corrections(a, b);
    for (int i = 0; i < COUNT; i++) {
      assertEquals(7, a[i] - corrections[0][i], 1e-12);
      assertEquals(3, b[i] - corrections[1][i], 1e-12);
    }
  }

  /** Coefficients of a half that varies by rounding errors alone made C seven times too large. */
  @Test
  void doNothingWhereOneHalfHardlyVaries() {
    Random random = new Random(2);
    double[] first = new double[COUNT];
    double[] a = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      boolean even = (i & 1) == 0;
      first[i] = even ? 1e-16 * random.nextDouble() : random.nextDouble();
      a[i] = even ? 1e-3 * random.nextDouble() : random.nextDouble();
    }
    double[][] corrections =
        new ControlVariates(first, new double[COUNT]).corrections(a, new double[COUNT]);
    assertArrayEquals(new double[2][COUNT], corrections);
  }

  @Test
  void doNothingForFewSamples() {
    double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double[][] corrections = new ControlVariates(values, values).corrections(values, values);
    assertArrayEquals(new double[2][10], corrections);
  }
}
