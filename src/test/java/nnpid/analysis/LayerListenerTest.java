package nnpid.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.decomposition.Values;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.CoverageSettings;
import nnpid.execution.Execution;
import nnpid.testing.SampleTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayerListenerTest {
  private static final class Followed implements LayerListener {
    final List<LayerResult> estimates = new ArrayList<>();

    @Override
    public void newBest(CoarseGraining grouping, double value, int step) {}

    @Override
    public void estimating(LayerResult soFar) {
      estimates.add(soFar);
    }
  }

  private static SampledDistribution wide() {
    SplittableRandom random = new SplittableRandom(1);
    SampleTable.Builder table = new SampleTable.Builder("wide", 8);
    for (int i = 0; i < 500; i++) {
      int[] units = random.ints(8, 0, 3).toArray();
      table.add(units, (units[0] + units[1] * units[2]) % 3, 1);
    }
    return table.build().toSamples(WeightMeaning.COUNTS);
  }

  @ParameterizedTest
  @EnumSource
  void hearsOfAnEstimateThatGetsBetterAndChangesNothing(Values values) {
    LayerAnalysis analysis =
        LayerAnalysis.DEFAULT
            .withMethod(Method.COVERAGE)
            .withWanted(new LayerAnalysis.Wanted(false, 0, 0, false, values, 0))
            .withCoverage(CoverageSettings.DEFAULT.withPrecision(0.015));
    Layer layer = new Layer("L1", Layer.numberedUnits("L1", 8), "class", List.of("0", "1", "2"));
    Followed followed = new Followed();
    LayerResult result = analysis.analyze(layer, wide(), followed, Execution.sequential());
    LayerResult alone = analysis.analyze(layer, wide(), LayerListener.NONE, Execution.sequential());
    assertEquals(alone.representationalComplexity(), result.representationalComplexity());
    assertEquals(alone.standardError(), result.standardError());
    assertTrue(followed.estimates.size() > 1, "several times");
    double error = Double.POSITIVE_INFINITY;
    for (LayerResult soFar : followed.estimates) {
      assertEquals(values, soFar.values());
      assertEquals(result.samples(), soFar.samples());
      assertEquals(result.entropySources(), soFar.entropySources());
      assertTrue(soFar.standardError() > result.standardError());
      assertEquals(result.representationalComplexity(), soFar.representationalComplexity(), 0.5);
      error = soFar.standardError();
    }
    assertTrue(error < followed.estimates.get(0).standardError(), "it gets better");
  }
}
