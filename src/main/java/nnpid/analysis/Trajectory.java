package nnpid.analysis;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import nnpid.decomposition.Values;
import nnpid.network.Epochs;

/**
 * How the representational complexity of the hidden layers develops in training: a point per
 * repeat, checkpoint and layer.
 *
 * @param relation name of the training data
 * @param network the network and how it is trained, as a command line
 * @param repeats number of trainings wanted
 * @param points by repeat, epoch and layer
 * @param complete whether all trainings came to their end
 * @param notes sentences about what went wrong, if anything did
 */
public record Trajectory(
    String relation,
    String network,
    int repeats,
    List<TrajectoryPoint> points,
    boolean complete,
    List<String> notes)
    implements Serializable {
  private static final long serialVersionUID = 4420185530917714662L;

  /** Numbers of samples that differ by less, as a share of the larger, are about the same. */
  private static final double SIMILAR = 0.05;

  /** Makes the lists immutable. */
  public Trajectory {
    points = List.copyOf(points);
    notes = List.copyOf(notes);
  }

  /** Names of the layers, in order. */
  public List<String> layers() {
    return points.stream().map(TrajectoryPoint::layer).distinct().sorted(this::compare).toList();
  }

  /** L10 comes after L9. */
  private int compare(String a, String b) {
    return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
  }

  /** The repeats of which there are points, ascending. */
  public List<Integer> begun() {
    return points.stream().map(TrajectoryPoint::repeat).distinct().sorted().toList();
  }

  /** The epochs of the checkpoints, ascending. */
  public List<Double> epochs() {
    return points.stream().map(TrajectoryPoint::epoch).distinct().sorted().toList();
  }

  /** All repeats of a layer at an epoch. */
  public List<TrajectoryPoint> at(String layer, double epoch) {
    return points.stream().filter(p -> p.epoch() == epoch && p.layer().equals(layer)).toList();
  }

  /** A quantity over the repeats of a layer at an epoch, those left out for which it is NaN. */
  public OverRepeats overRepeats(
      String layer, double epoch, ToDoubleFunction<TrajectoryPoint> quantity) {
    return OverRepeats.of(at(layer, epoch).stream().mapToDouble(quantity));
  }

  /** The greatest number of repeats of which there are points of one epoch and layer. */
  public int mostRepeats() {
    return points.stream()
        .collect(
            Collectors.groupingBy(
                point -> List.of(point.layer(), point.epoch()), Collectors.counting()))
        .values()
        .stream()
        .mapToInt(Long::intValue)
        .max()
        .orElse(0);
  }

  /**
   * What the interval over repeats is, as a sentence; empty if no epoch has more than one.
   *
   * @param noun what has it: bands, or intervals
   */
  public Optional<String> interval(String noun) {
    int most = mostRepeats();
    if (most < 2) {
      return Optional.empty();
    }
    boolean same =
        layers().stream()
            .allMatch(
                layer -> epochs().stream().allMatch(epoch -> at(layer, epoch).size() == most));
    String text =
        String.format(
            Locale.ROOT,
            "%s: 95%% interval of the mean over %s%d repeats (Student t: %.2f standard deviations"
                + " of the repeats to both sides)",
            noun,
            same ? "" : "up to ",
            most,
            OverRepeats.deviations(most));
    return Optional.of(most == 2 ? text + "; two repeats tell little about their mean" : text);
  }

  /** Whether layers were analyzed on test samples as well. */
  public boolean isTested() {
    return points.stream().anyMatch(point -> point.testSummary() != null);
  }

  /** What the values are about. */
  public Values values() {
    return points.stream()
        .findFirst()
        .map(point -> point.summary().values())
        .orElse(Values.PLUG_IN);
  }

  /** The horizon, the same everywhere but for files of different data; empty if there is none. */
  public String draws() {
    LongSummaryStatistics draws =
        points.stream()
            .mapToLong(point -> point.summary().within().draws())
            .filter(count -> count > 0)
            .summaryStatistics();
    return draws.getCount() == 0
        ? ""
        : draws.getMin() == draws.getMax()
            ? Long.toString(draws.getMin())
            : draws.getMin() + " to " + draws.getMax();
  }

  /** The layers with too few samples at some epoch. */
  public List<String> layersWithFewSamples() {
    return layers().stream()
        .filter(
            layer -> points.stream().anyMatch(p -> p.layer().equals(layer) && p.hasFewSamples()))
        .toList();
  }

  /** Sentences about what makes the numbers of a layer doubtful, and at which epochs. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    // All layers have the same samples.
    points.stream()
        .findFirst()
        .flatMap(point -> point.summary().samples().leftOutWarning())
        .ifPresent(warnings::add);
    aboutSizes().ifPresent(warnings::add);
    if (draws().contains(" to ")) {
      warnings.add(
          "Horizons differ ("
              + draws()
              + " draws), since the data do: values at them must not be compared. Maybe use"
              + " -horizon "
              + draws().replaceAll(" .*", "")
              + ".");
    }
    for (String layer : layersWithFewSamples()) {
      List<TrajectoryPoint> all = points.stream().filter(p -> p.layer().equals(layer)).toList();
      List<TrajectoryPoint> few = all.stream().filter(TrajectoryPoint::hasFewSamples).toList();
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s has few samples per realization at %s (R/m up to %.2f): its information is"
                  + " overestimated, above all that of high degrees of synergy, and C changes with"
                  + " the number of samples.",
              layer,
              few.size() == all.size() ? "all checkpoints" : epochsOf(few),
              few.stream()
                  .mapToDouble(p -> p.summary().samples().realizationShare())
                  .max()
                  .orElse(0)));
    }
    return warnings;
  }

  /** Plug-in values of training and test samples differ by their numbers alone. */
  private Optional<String> aboutSizes() {
    Optional<TrajectoryPoint> tested =
        points.stream().filter(point -> point.testSummary() != null).findFirst();
    if (tested.isEmpty() || values() == Values.CORRECTED) {
      return Optional.empty();
    }
    double train = tested.get().summary().samples().size();
    double test = tested.get().ofTest(summary -> summary.samples().size());
    boolean corrected = !Double.isNaN(tested.get().summary().correctedMutualInformation());
    return Math.abs(train - test) <= SIMILAR * Math.max(train, test)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The layers were analyzed on %.0f training samples and %.0f test samples: fewer"
                    + " samples have more information by chance alone, and another C. %s",
                train,
                test,
                corrected
                    ? "Compare the corrected values of the two, as far as the samples support them."
                    : "Maybe take test data of the same size."));
  }

  private static String epochsOf(List<TrajectoryPoint> points) {
    List<String> epochs =
        points.stream().map(TrajectoryPoint::epoch).distinct().sorted().map(Epochs::text).toList();
    return epochs.size() == 1
        ? "epoch " + epochs.get(0)
        : epochs.size()
            + " of its checkpoints, epochs "
            + epochs.get(0)
            + " to "
            + epochs.get(epochs.size() - 1);
  }
}
