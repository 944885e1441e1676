package nnpid.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Random;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import nnpid.analysis.LayerAnalysis.Wanted;
import nnpid.decomposition.Values;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.SubsetMerit;
import nnpid.estimation.SubsetRanking;
import nnpid.estimation.SubsetSizes;
import nnpid.execution.Engine;
import nnpid.execution.Execution;
import nnpid.execution.Job;
import nnpid.execution.Transfer;
import nnpid.report.Format;
import nnpid.testing.SampleTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Analyses whose tasks run elsewhere give the same. */
class EngineTest {
  /** Every task gets a copy of the job as another machine would, and the last ones come first. */
  private static final class Elsewhere implements Engine {
    private int tasks;

    @Override
    @SuppressWarnings("unchecked")
    public <R> void run(Job<R> job, int first, int count, ObjIntConsumer<R> results) {
      for (int i = count - 1; i >= 0; i--) {
        Job<R> copy = (Job<R>) Transfer.object(Transfer.bytes(job));
        R result = copy.run(first + i, Execution.sequential());
        results.accept((R) Transfer.object(Transfer.bytes(result)), first + i);
        tasks++;
      }
    }
  }

  private static SampledDistribution samples(int units) {
    Random random = new Random(units);
    SampleTable.Builder table = new SampleTable.Builder("layer", units);
    for (int sample = 0; sample < 400; sample++) {
      int target = random.nextInt(3);
      int[] states =
          IntStream.range(0, units)
              .map(i -> random.nextInt(4) == 0 ? random.nextInt(3) : target)
              .toArray();
      table.add(states, target, 1);
    }
    return table.build().toSamples(WeightMeaning.COUNTS);
  }

  private static String json(
      LayerAnalysis analysis, SampledDistribution samples, Execution execution) throws IOException {
    int units = samples.distribution().sourceCount();
    Layer layer =
        new Layer("L1", Layer.numberedUnits("L1", units), "class", List.of("a", "b", "c"));
    LayerResult result = analysis.analyze(layer, samples, (groups, value, step) -> {}, execution);
    // As results of layers come back from elsewhere, too.
    LayerResult copy = (LayerResult) Transfer.object(Transfer.bytes(result));
    StringWriter text = new StringWriter();
    Format.JSON.write(new Report("data", "", List.of(copy), Report.ALL_ATOMS), text);
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "lattice, 3, 28", // halves, permutations and ranked subsets
    "backbone, 4, 30",
    "coverage, 9, 62", // the same and the batches of the layer
    "subsampling, 6, 36", // the same and the draws
    "coarse-graining, 7, 30"
  })
  void aLayerIsTheSameToTheLastBit(String method, int units, int tasks) throws IOException {
    SampledDistribution samples = samples(units);
    LayerAnalysis analysis =
        LayerAnalysis.DEFAULT
            .withMethod(Method.valueOf(method.toUpperCase(java.util.Locale.ROOT).replace('-', '_')))
            .withCoverage(CoverageSettings.DEFAULT.withMaxReplicates(512).withPrecision(1e-9))
            .withWanted(
                new Wanted(false, 0, 19, false, Values.PLUG_IN, 5)
                    .withRanking(
                        new SubsetRanking.Wanted(
                            new SubsetSizes(2, 8), SubsetMerit.ACCESSIBLE, 6)));
    Elsewhere elsewhere = new Elsewhere();
    String expected = json(analysis, samples, Execution.sequential());
    assertTrue(expected.contains("permutation") && expected.contains("\"ranking\""), expected);
    assertEquals(expected, json(analysis, samples, Execution.sequential().withEngine(elsewhere)));
    assertEquals(expected, json(analysis, samples, Execution.ofThreads(3)));
    assertEquals(tasks, elsewhere.tasks);
  }
}
