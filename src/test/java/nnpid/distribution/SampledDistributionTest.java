package nnpid.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nnpid.distribution.SampledDistribution.LeftOut;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;

class SampledDistributionTest {
  private static final SampleTable TABLE =
      new SampleTable.Builder("rows", 2)
          .add(new int[] {1, 0}, 0, 0.5)
          .add(new int[] {0, 1}, 1, 2.5)
          .add(new int[] {1, 0}, 0, 0.25)
          .add(new int[] {0, 0}, 1, 1)
          .build();

  @Test
  void rowsAreKnownByRealizationAndWeight() {
    SampledDistribution samples = TABLE.toSamples(WeightMeaning.AUTO);
    assertEquals(WeightMeaning.IMPORTANCE, samples.weightMeaning());
    assertEquals(4, samples.rowCount());
    assertArrayEquals(new int[] {0, 1, 2, 2}, samples.rowRealizations());
    assertArrayEquals(new double[] {1, 2.5, 0.25, 0.5}, samples.rowWeights());
    assertEquals(4.25 * 4.25 / (1 + 6.25 + 0.0625 + 0.25), samples.size(), 1e-12);
  }

  @Test
  void theOrderOfRowsChangesNothing() {
    SampledDistribution samples = TABLE.toSamples(WeightMeaning.AUTO);
    for (int seed = 0; seed < 5; seed++) {
      SampledDistribution shuffled = TABLE.shuffled(seed).toSamples(WeightMeaning.AUTO);
      assertArrayEquals(samples.rowRealizations(), shuffled.rowRealizations());
      assertArrayEquals(samples.rowWeights(), shuffled.rowWeights());
    }
  }

  /** As one source, {0, 1} and {0, 0} of the same target become other states, not one. */
  @Test
  void groupsKeepTheRows() {
    SampledDistribution all =
        TABLE.toSamples(WeightMeaning.AUTO).groupSources(List.of(new int[] {0, 1}));
    assertEquals(3, all.distribution().realizationCount());
    SampledDistribution first =
        TABLE.toSamples(WeightMeaning.AUTO).groupSources(List.of(new int[] {0}));
    assertEquals(2, first.distribution().realizationCount());
    double[] sums = new double[2];
    int[] realizations = first.rowRealizations();
    double[] weights = first.rowWeights();
    for (int row = 0; row < 4; row++) {
      sums[realizations[row]] += weights[row];
    }
    assertArrayEquals(first.distribution().weights(), sums, 1e-12);
    assertEquals(TABLE.toSamples(WeightMeaning.AUTO).size(), first.size(), 0);
  }

  @Test
  void wholeNumbersAreCountsUnlessToldOtherwise() {
    SampleTable counts = TABLE.withWeights(w -> Math.ceil(4 * w));
    assertEquals(17, counts.toSamples(WeightMeaning.AUTO).size(), 0);
    assertEquals(4, counts.toSamples(WeightMeaning.AUTO).rowCount());
    assertEquals(WeightMeaning.COUNTS, counts.toSamples(WeightMeaning.AUTO).weightMeaning());
    assertTrue(counts.toSamples(WeightMeaning.IMPORTANCE).size() < 4);
    SampleTable huge = TABLE.withWeights(w -> 0x1p52);
    assertEquals(WeightMeaning.IMPORTANCE, huge.toSamples(WeightMeaning.AUTO).weightMeaning());
  }

  @Test
  void countsMustBeWholeAndNotTooMany() {
    String broken =
        assertThrows(IllegalArgumentException.class, () -> TABLE.toSamples(WeightMeaning.COUNTS))
            .getMessage();
    assertTrue(broken.contains("whole numbers: one is 0.5"), broken);
    SampleTable huge = TABLE.withWeights(w -> 0x1p52);
    String many =
        assertThrows(IllegalArgumentException.class, () -> huge.toSamples(WeightMeaning.COUNTS))
            .getMessage();
    assertTrue(many.contains("at most 2^53"), many);
  }

  @Test
  void ofADistributionCountsAreSamplesAndOtherRealizationsOneEach() {
    JointDistribution counts = TABLE.withWeights(w -> 3).toDistribution();
    assertEquals(12, SampledDistribution.of(counts, WeightMeaning.AUTO).rowCount());
    JointDistribution real = TABLE.toDistribution();
    assertEquals(3, SampledDistribution.of(real, WeightMeaning.AUTO).rowCount());
    assertEquals(LeftOut.NONE, SampledDistribution.of(real, WeightMeaning.AUTO).leftOut());
  }
}
