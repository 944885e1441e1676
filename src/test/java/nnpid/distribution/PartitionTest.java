package nnpid.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionTest {

  @Test
  void theCoarsestHasOneClass() {
    Partition partition = Partition.coarsest(3);
    assertEquals(1, partition.classCount());
    assertArrayEquals(new int[] {0, 0, 0}, classes(partition, 3));
  }

  @Test
  void classesAreNumberedInOrderOfAppearance() {
    Partition partition = Partition.coarsest(6).refine(Variable.of(new int[] {7, 3, 7, 9, 3, 0}));
    assertEquals(4, partition.classCount());
    assertArrayEquals(new int[] {0, 1, 0, 2, 1, 3}, classes(partition, 6));
  }

  @Test
  void refiningSplitsEveryClassByTheStates() {
    Partition partition =
        Partition.coarsest(6)
            .refine(Variable.of(new int[] {0, 0, 0, 1, 1, 1}))
            .refine(Variable.of(new int[] {5, 6, 5, 5, 6, 6}));
    assertArrayEquals(new int[] {0, 1, 0, 2, 3, 3}, classes(partition, 6));
  }

  @Test
  void refiningByAConstantChangesNothing() {
    Partition partition = Partition.coarsest(4).refine(Variable.of(new int[] {2, 1, 2, 0}));
    Partition refined = partition.refine(Variable.of(new int[] {8, 8, 8, 8}));
    assertArrayEquals(classes(partition, 4), classes(refined, 4));
    assertEquals(3, refined.classCount());
  }

  @Test
  void classWeightsAreSumsOverTheClasses() {
    Partition partition = Partition.coarsest(4).refine(Variable.of(new int[] {2, 1, 2, 0}));
    double[] weights = {1, 10, 100, 1000};
    assertArrayEquals(new double[] {101, 10, 1000}, partition.classWeights(weights), 0);
    assertArrayEquals(new double[] {101, 10, 101, 1000}, partition.classWeightOfEach(weights), 0);
  }

  /** States that look alike to a hash: multiples of large powers of two, and consecutive ones. */
  @Test
  void manyStatesAreKeptApart() {
    Random random = new Random(1);
    int count = 50_000;
    int[][] columns = {
      IntStream.range(0, count).map(r -> (r % 2048) << 20).toArray(),
      IntStream.range(0, count).map(r -> r / 3).toArray(),
      random.ints(count, 0, Integer.MAX_VALUE).toArray(),
    };
    Partition partition = Partition.coarsest(count);
    int[] expected = new int[count];
    for (int[] column : columns) {
      partition = partition.refine(Variable.of(column));
      Map<Long, Integer> classes = new HashMap<>();
      for (int r = 0; r < count; r++) {
        long pair = ((long) expected[r] << 32) | column[r];
        int next = classes.size();
        classes.putIfAbsent(pair, next);
        expected[r] = classes.get(pair);
      }
      assertEquals(classes.size(), partition.classCount());
      assertArrayEquals(expected, classes(partition, count));
    }
  }

  private static int[] classes(Partition partition, int realizationCount) {
    return IntStream.range(0, realizationCount).map(partition::classOf).toArray();
  }
}
