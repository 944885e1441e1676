package nnpid.report;

import static nnpid.report.Figure.count;
import static nnpid.report.Figure.number;
import static nnpid.report.Figure.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.TrajectoryPoint;
import nnpid.network.Epochs;
import nnpid.report.Figure.Place;

/** All that is told of a point of a training, in the order of JSON. */
final class PointFigures {
  /** What is told of the test samples at a point of a training. */
  private static final List<Figure<TrajectoryPoint>> OF_TEST_SAMPLES =
      List.of(
          ofTest("testSampleSize", number("sampleSize", summary -> summary.samples().size())),
          ofTest(
              "testRealizationsPerInstance",
              number("realizationsPerInstance", summary -> summary.samples().realizationShare())),
          ofTest("testMutualInformation", SummaryFigures.MUTUAL_INFORMATION),
          ofTest("testDegreeOfSynergy", SummaryFigures.DEGREE_OF_SYNERGY),
          ofTest("testComplexity", SummaryFigures.COMPLEXITY),
          ofTest("testStandardError", SummaryFigures.STANDARD_ERROR),
          ofTest("testCorrectedMutualInformation", SummaryFigures.CORRECTED_INFORMATION),
          ofTest("testCorrectedComplexity", SummaryFigures.CORRECTED_COMPLEXITY),
          ofTest(
              "testSamplingErrorOfMutualInformation", SummaryFigures.SAMPLING_ERROR_OF_INFORMATION),
          ofTest("testSamplingErrorOfComplexity", SummaryFigures.SAMPLING_ERROR_OF_COMPLEXITY),
          ofTest("testHorizonMutualInformation", SummaryFigures.INFORMATION_WITHIN),
          ofTest("testHorizonComplexity", SummaryFigures.COMPLEXITY_WITHIN),
          ofTest("testHorizonDegreeOfSynergy", SummaryFigures.DEGREE_WITHIN));

  /** All figures of a point of a training, in the order of JSON. */
  static final List<Figure<TrajectoryPoint>> ALL = ofPoints();

  private PointFigures() {}

  private static List<Figure<TrajectoryPoint>> ofPoints() {
    // Tables of a training tell R/m, but not what it is made of.
    Set<String> onlyJson = Set.of("weight", "weightsAre", "sampleSize", "realizations");
    List<Figure<TrajectoryPoint>> figures =
        new ArrayList<>(
            List.of(
                count("repeat", TrajectoryPoint::repeat),
                count("epoch", (TrajectoryPoint point) -> Epochs.number(point.epoch())),
                SummaryFigures.LAYER.of(TrajectoryPoint::summary),
                number("loss", TrajectoryPoint::loss),
                number("trainAccuracy", TrajectoryPoint::trainAccuracy),
                number("testAccuracy", TrajectoryPoint::testAccuracy),
                SummaryFigures.METHOD.of(TrajectoryPoint::summary)));
    SummaryFigures.SAMPLES.stream()
        .map(figure -> onlyJson.contains(figure.key()) ? figure.onlyIn(Place.JSON) : figure)
        .map(figure -> figure.of((TrajectoryPoint point) -> point.summary().samples()))
        .forEach(figures::add);
    Stream.of(
            SummaryFigures.MUTUAL_INFORMATION,
            SummaryFigures.DEGREE_OF_SYNERGY,
            SummaryFigures.COMPLEXITY,
            SummaryFigures.STANDARD_ERROR,
            text("values", (LayerSummary summary) -> summary.values().toString()),
            SummaryFigures.CORRECTED_INFORMATION,
            SummaryFigures.CORRECTED_COMPLEXITY,
            SummaryFigures.SAMPLING_ERROR_OF_INFORMATION,
            SummaryFigures.SAMPLING_ERROR_OF_COMPLEXITY,
            SummaryFigures.COMPLEXITY_AT_HALF,
            SummaryFigures.DRAWS,
            SummaryFigures.INFORMATION_WITHIN,
            SummaryFigures.COMPLEXITY_WITHIN,
            SummaryFigures.DEGREE_WITHIN,
            SummaryFigures.REING_COMPLEXITY,
            SummaryFigures.REDUNDANCY,
            SummaryFigures.VULNERABILITY)
        .map(figure -> figure.of(TrajectoryPoint::summary))
        .forEach(figures::add);
    figures.addAll(OF_TEST_SAMPLES);
    return List.copyOf(figures);
  }

  /** A figure of the test samples, where there are any. */
  private static Figure<TrajectoryPoint> ofTest(String key, Figure<LayerSummary> figure) {
    return new Figure<>(
        key,
        figure.kind(),
        point -> point.testSummary() == null ? null : figure.value().of(point.testSummary()),
        figure.places(),
        figure.heading(),
        figure.explanation(),
        true,
        point -> point.testSummary() == null ? "" : figure.text().apply(point.testSummary()),
        (point, degree) -> false);
  }
}
