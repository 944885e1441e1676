package nnpid.testing;

import java.util.List;
import nnpid.analysis.Horizon;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerResult;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.decomposition.Values;
import nnpid.execution.Execution;

/** Small trajectories. */
public final class Trajectories {
  private Trajectories() {}

  /** XOR as layer L3 after 7 epochs; NaN for accuracies that are not known. */
  public static Trajectory ofXor(double trainAccuracy, double testAccuracy) {
    return of(point(1, 7, trainAccuracy, testAccuracy, Gates.xor()));
  }

  /** Two repeats of layer L3 that differ after 3 epochs. */
  public static Trajectory ofTwoRepeats() {
    return of(
        point(1, 0, 0.5, 0.25, Gates.xor()),
        point(1, 3, 0.75, 0.5, Gates.xor()),
        point(2, 0, 0.5, 0.25, Gates.xor()),
        point(2, 3, 1, 0.75, Gates.and()));
  }

  /**
   * XOR and AND in 80 and 40 samples as training and test data, with sampling errors and nine
   * draws.
   */
  public static Trajectory ofTrainingAndTest() {
    LayerAnalysis halved =
        LayerAnalysis.DEFAULT.withWanted(
            new LayerAnalysis.Wanted(false, 0, 0, false, Values.PLUG_IN, 4)
                .withHorizon(Horizon.parse("9")));
    return of(
        new TrajectoryPoint(
            1,
            0,
            0.7,
            0.5,
            0.25,
            samples(halved, Gates.xor(), 20),
            samples(halved, Gates.and(), 10)));
  }

  private static LayerSummary samples(LayerAnalysis analysis, SampleTable table, int times) {
    return analysis
        .analyze(
            "L3",
            table.withWeights(weight -> times * weight).toDistribution(),
            Execution.sequential())
        .summary();
  }

  private static TrajectoryPoint point(
      int repeat, double epoch, double trainAccuracy, double testAccuracy, SampleTable table) {
    LayerResult layer =
        LayerAnalysis.DEFAULT.analyze("L3", table.toDistribution(), Execution.sequential());
    return new TrajectoryPoint(
        repeat, epoch, Double.NaN, trainAccuracy, testAccuracy, layer.summary());
  }

  private static Trajectory of(TrajectoryPoint... points) {
    int repeats = points[points.length - 1].repeat();
    return new Trajectory("xor", "none", repeats, List.of(points), true, List.of());
  }
}
