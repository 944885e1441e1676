package nnpid.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.SampledDistribution.LeftOut;
import nnpid.distribution.WeightMeaning;
import org.junit.jupiter.api.Test;

class SampleFactsTest {
  private static final String FEW = "Few samples";
  private static final String COPIES = "look like weights or copies";

  /** A unit of five states and a class of three: a row for every cell. */
  private static SampleFacts cells(IntToDoubleFunction weight, WeightMeaning meaning) {
    SampledDistribution.Counter counter = new SampledDistribution.Counter(1);
    for (int cell = 0; cell < 15; cell++) {
      counter.add(new int[] {cell / 3}, cell % 3, weight.applyAsDouble(cell));
    }
    return SampleFacts.of(counter.toSamples(meaning, LeftOut.NONE));
  }

  /** A unit of five states and a class of three, independent: rows of weight 1. */
  private static SampledDistribution rows(int count, int copies, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SampledDistribution.Counter counter = new SampledDistribution.Counter(1);
    for (int i = 0; i < count; i++) {
      int[] states = {random.nextInt(5)};
      int target = random.nextInt(3);
      for (int copy = 0; copy < copies; copy++) {
        counter.add(states, target, 1);
      }
    }
    return counter.toSamples(WeightMeaning.AUTO, LeftOut.NONE);
  }

  private static boolean warns(SampleFacts facts, double information, String text) {
    return facts.warnings(information, false).stream().anyMatch(warning -> warning.contains(text));
  }

  @Test
  void biasIsTheMeanInformationOfIndependentSamples() {
    double bias = 4 * 2 / (2 * 2000 * Math.log(2)); // all cells occur
    double mean = 0;
    for (int seed = 0; seed < 200; seed++) {
      SampledDistribution samples = rows(2000, 1, seed);
      assertEquals(bias, SampleFacts.of(samples).informationBias(), 1e-12);
      mean += samples.distribution().mutualInformation() / 200;
    }
    // I has half its mean as standard deviation (chi-square, 8 degrees of freedom).
    assertEquals(bias, mean, 4 * 0.5 * bias / Math.sqrt(200));
  }

  @Test
  void biasOfMoreThanFivePercentIsToldThoughStatesAreSeenOften() {
    SampleFacts facts = cells(cell -> 20 + cell, WeightMeaning.AUTO);
    assertTrue(facts.realizationShare() < 0.1);
    assertTrue(warns(facts, facts.informationBias() / 0.051, FEW));
    assertFalse(warns(facts, facts.informationBias() / 0.049, FEW));
  }

  @Test
  void fewSamplesPerStateAreTold() {
    assertTrue(warns(cells(cell -> 9 + cell % 2, WeightMeaning.AUTO), 1e9, FEW));
    assertFalse(warns(cells(cell -> 11 + cell % 2, WeightMeaning.AUTO), 1e9, FEW));
  }

  @Test
  void whatHasBeenComparedIsNotToBeCompared() {
    SampleFacts facts = cells(cell -> 1, WeightMeaning.AUTO);
    assertTrue(facts.warnings(1, false).get(0).contains("Compare with shuffled"));
    assertFalse(facts.warnings(1, true).get(0).contains("Compare with shuffled"));
  }

  /** The size of weighted samples is that of as many equal weights as tell the same. */
  @Test
  void importanceHasTheEffectiveSize() {
    SampleFacts facts = cells(cell -> cell == 0 ? 1000 : 1, WeightMeaning.IMPORTANCE);
    assertEquals(1014.0 * 1014 / 1000014, facts.size(), 1e-9);
    assertTrue(facts.realizationShare() > 10);
    assertEquals(1014, cells(cell -> cell == 0 ? 1000 : 1, WeightMeaning.AUTO).size(), 0);
    assertEquals(15, cells(cell -> 1e200, WeightMeaning.AUTO).size(), 1e-9);
  }

  @Test
  void countsWithoutRareStatesAreSuspected() {
    assertTrue(warns(cells(cell -> 873 + 7 * cell, WeightMeaning.AUTO), 1e9, "fewer than 100"));
    assertFalse(warns(cells(cell -> 873 + 7 * cell, WeightMeaning.IMPORTANCE), 1e9, COPIES));
    assertFalse(warns(cells(cell -> cell == 3 ? 12 : 873 + cell, WeightMeaning.AUTO), 1e9, COPIES));
  }

  /** Rows of weight 1 are samples, however many: but not if each is there seven times. */
  @Test
  void copiesOfRowsAreSuspectedAndLargeSamplesAreNot() {
    assertFalse(warns(SampleFacts.of(rows(9000, 1, 1)), 1e9, COPIES));
    assertTrue(warns(SampleFacts.of(rows(300, 7, 1)), 1e9, "multiples of 7"));
  }
}
