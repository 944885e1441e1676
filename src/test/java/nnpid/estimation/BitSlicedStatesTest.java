package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.Stream;
import nnpid.distribution.JointDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BitSlicedStatesTest {

  /** Sources, realizations, largest state: around the word size, and the largest states. */
  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(1, 1, 0),
        Arguments.of(1, 2, 1),
        Arguments.of(3, 7, 2),
        Arguments.of(5, 63, 7),
        Arguments.of(63, 64, 1),
        Arguments.of(64, 65, 4),
        Arguments.of(65, 127, 5),
        Arguments.of(10, 200, 1 << 20),
        Arguments.of(70, 129, Integer.MAX_VALUE),
        Arguments.of(130, 130, 9));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void differencesAreThoseOfTheStates(int sources, int realizations, int largest) {
    JointDistribution distribution = random(sources, realizations, largest);
    differencesAreThoseOfTheStates(distribution, new BitSlicedStates(distribution));
    differencesAreThoseOfTheStates(distribution, new BitSlicedStates(distribution, 0));
  }

  private static void differencesAreThoseOfTheStates(
      JointDistribution distribution, BitSlicedStates states) {
    int sources = distribution.sourceCount();
    long[] difference = new long[(sources + 63) / 64];
    for (int a = 0; a < distribution.realizationCount(); a++) {
      for (int b = 0; b < distribution.realizationCount(); b++) {
        states.difference(a, b, difference);
        for (int bit = 0; bit < 64 * difference.length; bit++) {
          boolean differs =
              bit < sources && distribution.sourceState(a, bit) != distribution.sourceState(b, bit);
          assertEquals(differs, isSet(difference, bit), a + " and " + b + " at " + bit);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void agreementFollowsAnyOrder(int sources, int realizations, int largest) {
    JointDistribution distribution = random(sources, realizations, largest);
    int[] order = shuffled(distribution.realizationCount());
    agreementFollows(order, distribution, new BitSlicedStates(distribution));
    agreementFollows(order, distribution, new BitSlicedStates(distribution, 0));
  }

  private static void agreementFollows(
      int[] order, JointDistribution distribution, BitSlicedStates states) {
    BitSlicedStates.Columns columns = states.columns(order);
    long[] expected = new long[(distribution.sourceCount() + 63) / 64];
    long[] difference = expected.clone();
    for (int r = 0; r < order.length; r += 7) {
      BitSlicedStates.Columns.Compared compared = columns.compared(r);
      for (int i = 0; i < order.length; i++) {
        states.difference(r, order[i], expected);
        compared.difference(i, difference);
        assertArrayEquals(expected, difference);
      }
    }
    for (int source = 0; source < distribution.sourceCount(); source++) {
      for (int r = 0; r < order.length; r++) {
        long[] start = columns.agreement(source, r, 1);
        long[] agreement = columns.agreement(source, r);
        assertEquals(start[0], agreement[0]);
        assertEquals((order.length + 63) / 64, agreement.length);
        for (int i = 0; i < order.length; i++) {
          assertEquals(
              distribution.sourceState(r, source) == distribution.sourceState(order[i], source),
              isSet(agreement, i),
              "source " + source + ", reference " + r + ", position " + i);
        }
      }
    }
  }

  private static boolean isSet(long[] bits, int index) {
    return ((bits[index / 64] >>> (index % 64)) & 1) == 1;
  }

  private static int[] shuffled(int size) {
    Random random = new Random(size);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  /** States from a few values up to the largest, so that many agree. */
  private static JointDistribution random(int sources, int realizations, int largest) {
    Random random = new Random(31L * sources + realizations);
    JointDistribution.Counter counter = new JointDistribution.Counter(sources);
    for (int r = 0; r < realizations; r++) {
      int[] states = new int[sources];
      for (int source = 0; source < sources; source++) {
        states[source] = (int) ((long) largest * random.nextInt(4) / 3);
      }
      counter.add(states, r, 1);
    }
    return counter.toDistribution();
  }
}
