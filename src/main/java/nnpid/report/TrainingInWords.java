package nnpid.report;

import static nnpid.report.Course.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.OverRepeats;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.estimation.SamplingError;
import nnpid.network.Epochs;
import nnpid.report.Course.Kind;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** A training in words, see {@link InWords}. */
final class TrainingInWords {
  /** Layers of one course whose C are told. */
  private static final int MOST_LAYERS = 4;

  /** Where a single training has sampling errors, these are mostly from so many halves. */
  private static final int HALVES = 10;

  private final Trajectory trajectory;
  private final List<Told> told;

  TrainingInWords(Trajectory trajectory) {
    this.trajectory = trajectory;
    this.told = trajectory.layers().stream().map(this::told).flatMap(Optional::stream).toList();
  }

  /**
   * What is told of a layer.
   *
   * @param epochs those at which there is a C
   * @param values C at them, the mean over repeats
   */
  private record Told(
      String layer, List<Double> epochs, List<Double> values, Course course, int decimals) {
    String value(int index) {
      return text(values.get(index), decimals);
    }

    String atTurn(int index) {
      return value(index) + " at epoch " + Epochs.text(epochs.get(index));
    }

    int last() {
      return values.size() - 1;
    }

    String path() {
      return switch (course.kind()) {
        case FALLS_THEN_RISES, RISES_THEN_FALLS ->
            "C from " + value(0) + " over " + atTurn(course.turn()) + " to " + value(last());
        case UP_AND_DOWN -> "C " + atTurn(course.turn()) + ", " + atTurn(course.highest());
        default -> "C from " + value(0) + " to " + value(last());
      };
    }
  }

  private Optional<Told> told(String layer) {
    List<Double> epochs =
        trajectory.epochs().stream()
            .filter(epoch -> complexity(layer, epoch).isKnown())
            .filter(epoch -> !isNearZero(layer, epoch))
            .toList();
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    double[] values = epochs.stream().mapToDouble(e -> complexity(layer, e).mean()).toArray();
    Course.Comparison clear =
        (first, second, comparisons) ->
            sign(layer, epochs.get(first), epochs.get(second), comparisons);
    return Optional.of(
        new Told(
            layer,
            epochs,
            Arrays.stream(values).boxed().toList(),
            Course.of(values, clear),
            Course.decimals(values, 0, clear)));
  }

  private OverRepeats complexity(String layer, double epoch) {
    return trajectory.overRepeats(layer, epoch, TrajectoryPoint::representationalComplexity);
  }

  /**
   * Whether the mean information is none but for the bias of the sample, so that C means nothing.
   */
  private boolean isNearZero(String layer, double epoch) {
    OverRepeats corrected =
        trajectory.overRepeats(layer, epoch, point -> point.summary().correctedMutualInformation());
    return corrected.isKnown() && corrected.mean() <= 0;
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (!told.isEmpty()) {
      if (trajectory.epochs().size() == 1) {
        sentences.add(oneEpoch());
      } else {
        courses(sentences);
      }
    }
    List<String> doubts = doubts();
    if (!doubts.isEmpty()) {
      sentences.add(Words.doubts(doubts, !told.isEmpty(), trajectory.layers()));
    }
    return sentences;
  }

  private String oneEpoch() {
    List<String> values =
        told.stream().limit(MOST_LAYERS).map(one -> one.value(0) + " in " + one.layer()).toList();
    return Words.sentence(
        "at epoch " + Epochs.text(trajectory.epochs().get(0)) + " C is " + Words.and(values));
  }

  /** The course that most layers have, then the others. */
  private void courses(List<String> sentences) {
    Map<Kind, List<Told>> byKind = new EnumMap<>(Kind.class);
    told.forEach(
        one -> byKind.computeIfAbsent(one.course().kind(), kind -> new ArrayList<>()).add(one));
    List<String> clauses =
        byKind.entrySet().stream()
            .sorted((a, b) -> Integer.compare(b.getValue().size(), a.getValue().size()))
            .map(entry -> clause(entry.getKey(), entry.getValue()))
            .toList();
    List<Double> epochs = trajectory.epochs();
    String when =
        "from epoch "
            + Epochs.text(epochs.get(0))
            + " to "
            + Epochs.text(epochs.get(epochs.size() - 1))
            + ", ";
    int repeats = trajectory.begun().size();
    String who = repeats == 1 ? "" : "on average over " + Words.count(repeats) + " trainings and ";
    sentences.add(Words.sentence(who + when + "what the layers tell " + clauses.get(0)));
    if (clauses.size() > 1) {
      sentences.add(
          Words.sentence("it " + String.join("; it ", clauses.subList(1, clauses.size()))));
    }
  }

  private static String clause(Kind kind, List<Told> layers) {
    boolean steady = layers.stream().allMatch(one -> one.course().steady());
    String what =
        switch (kind) {
          case FALLS -> "becomes easier to read";
          case RISES -> "becomes harder to read";
          case FALLS_THEN_RISES -> "becomes easier to read first, then harder";
          case RISES_THEN_FALLS -> "becomes harder to read first, then easier";
          case UP_AND_DOWN -> "becomes easier and harder to read in turn";
          case UNCLEAR -> "becomes neither clearly easier nor clearly harder to read";
        };
    return what
        + (steady ? "" : ", though not at every step,")
        + " in "
        + (layers.size() <= MOST_LAYERS
            ? Words.and(layers.stream().map(one -> one.layer() + " (" + one.path() + ")").toList())
            : layers.size()
                + " layers, such as "
                + Words.and(
                    List.of(layers.get(0), layers.get(layers.size() - 1)).stream()
                        .map(one -> one.layer() + " (" + one.path() + ")")
                        .toList()));
  }

  private List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    List<String> silent =
        trajectory.layers().stream()
            .filter(layer -> told.stream().noneMatch(one -> one.layer().equals(layer)))
            .toList();
    if (!silent.isEmpty()) {
      doubts.add("C of " + Words.names(silent) + " is not known, or means nothing, at any epoch");
    }
    List<String> late =
        told.stream()
            .filter(one -> !one.epochs().get(0).equals(trajectory.epochs().get(0)))
            .map(one -> one.layer() + " before epoch " + Epochs.text(one.epochs().get(0)))
            .toList();
    if (!late.isEmpty()) {
      doubts.add(
          "C means nothing in " + Words.names(late) + ", where there is hardly any information");
    }
    List<String> few = trajectory.layersWithFewSamples();
    if (!few.isEmpty()) {
      doubts.add(
          Words.names(few)
              + (few.size() == 1 ? " has" : " have")
              + " few samples per state, so that C changes with their number");
    }
    if (!trajectory.complete()) {
      doubts.add("not all of the training is done");
    }
    if (!told.isEmpty() && trajectory.begun().size() == 1) {
      doubts.add(
          "this is one training"
              + (hasErrors() ? "" : " of these samples")
              + ", and another may go another way");
    }
    if (!trajectory.notes().isEmpty()) {
      doubts.add("see the notes, too");
    }
    return doubts;
  }

  private boolean hasErrors() {
    return trajectory.points().stream()
        .anyMatch(point -> !Double.isNaN(point.summary().sampling().errorOfComplexity()));
  }

  /** Whether C of a layer differs clearly between two epochs. */
  private int sign(String layer, double first, double second, int comparisons) {
    List<TrajectoryPoint> before = trajectory.at(layer, first);
    List<TrajectoryPoint> after = trajectory.at(layer, second);
    SummaryStatistics plain = new SummaryStatistics();
    SummaryStatistics corrected = new SummaryStatistics();
    double variance = 0;
    for (TrajectoryPoint a : before) {
      for (TrajectoryPoint b : after) {
        if (a.repeat() == b.repeat()) {
          add(plain, a, b, LayerSummary::representationalComplexity);
          add(corrected, a, b, LayerSummary::correctedComplexity);
          variance = variance(a) + variance(b);
        }
      }
    }
    int repeats = (int) plain.getN();
    if (repeats == 0) {
      return 0;
    }
    double error =
        repeats == 1 ? Math.sqrt(variance) : plain.getStandardDeviation() / Math.sqrt(repeats);
    int factorOf = repeats == 1 ? HALVES : repeats;
    double least = Math.max(1e-9, SamplingError.intervalFactor(factorOf, comparisons) * error);
    return LayersInWords.agreed(
        plain.getMean(), corrected.getN() == repeats ? corrected.getMean() : Double.NaN, least);
  }

  private static void add(
      SummaryStatistics differences,
      TrajectoryPoint before,
      TrajectoryPoint after,
      ToDoubleFunction<LayerSummary> figure) {
    double difference =
        figure.applyAsDouble(after.summary()) - figure.applyAsDouble(before.summary());
    if (!Double.isNaN(difference)) {
      differences.addValue(difference);
    }
  }

  /** Of a single training: sampling and Monte-Carlo error, as far as they are known. */
  private static double variance(TrajectoryPoint point) {
    double sampling = point.summary().sampling().errorOfComplexity();
    double estimate = point.summary().standardError();
    return square(sampling) + square(estimate);
  }

  private static double square(double error) {
    return Double.isNaN(error) ? 0 : error * error;
  }
}
