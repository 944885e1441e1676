package nnpid.report;

import static nnpid.report.Course.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnpid.analysis.Correction;
import nnpid.analysis.Finding;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.decomposition.RelatedMeasures;
import nnpid.estimation.PermutationBaseline.Comparison;
import nnpid.estimation.SamplingError;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Layers in words, see {@link InWords}. */
final class LayersInWords {
  /** Layers whose C are told one by one. */
  private static final int MOST_LAYERS = 6;

  /** From here on a p-value tells nothing. */
  private static final double SIGNIFICANT = 0.05;

  /** Information that is worth a word, as a part of I(T:S). */
  private static final double TELLING = 0.01;

  /** Two values of C that differ by less may look the same as they are told. */
  private static final double SHOWN = 0.01;

  private final Report report;
  private final List<LayerResult> layers;

  /** Those that tell something, and have a C. */
  private final List<LayerResult> told;

  private final double[] complexities;

  LayersInWords(Report report) {
    this.report = report;
    this.layers = report.layers();
    this.told =
        layers.stream()
            .filter(LayerResult::hasComplexity)
            .filter(layer -> !isByChance(layer) && !isNearZero(layer))
            .toList();
    this.complexities =
        told.stream().mapToDouble(LayerResult::representationalComplexity).toArray();
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (layers.isEmpty()) {
      return sentences;
    }
    if (!told.isEmpty()) {
      sentences.add(
          Words.sentence(told.size() == 1 ? oneLayer(told.get(0)) : severalLayers(), layerNames()));
      synergy().ifPresent(sentences::add);
    }
    List<String> doubts = doubts();
    if (!doubts.isEmpty()) {
      sentences.add(Words.doubts(doubts, !told.isEmpty(), layerNames()));
    }
    return sentences;
  }

  private List<String> layerNames() {
    return layers.stream().map(LayerResult::name).toList();
  }

  private String oneLayer(LayerResult layer) {
    int units = layer.sourceCount();
    int decimals = Course.decimals(complexities, largestError(), this::sign);
    String told =
        ofSample()
            + name(layer)
            + " tells "
            + information(layer.mutualInformation(), layer.mutualInformation(), layer);
    if (layer.finding() instanceof Finding.Subsampled subsampled) {
      return told
          + String.format(
              Locale.ROOT,
              "; in random subsets of %d of its %s, %s must be read together on average",
              subsampled.subsampling().subsetSize(),
              units(layer, units),
              text(complexities[0], decimals));
    }
    return units == 1
        ? told + "; it has one " + unit(layer) + ", so C is 1 whatever that tells"
        : told
            + String.format(
                Locale.ROOT,
                "; on average %s of its %s must be read together to get at it",
                text(complexities[0], decimals),
                units(layer, units));
  }

  private String severalLayers() {
    double least = least(LayerResult::mutualInformation);
    double most = -least(layer -> -layer.mutualInformation());
    boolean all = told.size() == layers.size();
    return ofSample()
        + (all ? "the layers tell " : Words.names(namesOf(told)) + " tell ")
        + information(least, most, told.get(0))
        + ", "
        + course()
        + ": on average "
        + complexities();
  }

  /** As {@code 3.30 to 3.31 of the 3.32 bits of digit}. */
  private String information(double least, double most, LayerResult layer) {
    String from = text(least, 2);
    String to = text(most, 2);
    boolean sameTarget =
        told.stream().allMatch(one -> Math.abs(one.entropyTarget() - layer.entropyTarget()) < 1e-9);
    return (from.equals(to) ? to : from + " to " + to)
        + (sameTarget
            ? " of the " + text(layer.entropyTarget(), 2) + " bits of " + target(layer)
            : " bits of " + target(layer));
  }

  private Course courseOfLayers() {
    return Course.of(complexities, this::sign);
  }

  private String course() {
    Course course = courseOfLayers();
    String from = name(0);
    String to = name(told.size() - 1);
    String turn = name(course.turn());
    String wavering = course.steady() ? "" : ", though not at every step";
    return switch (course.kind()) {
      case FALLS -> "and this becomes easier to read from " + from + " to " + to + wavering;
      case RISES -> "and this becomes harder to read from " + from + " to " + to + wavering;
      case FALLS_THEN_RISES ->
          "and this becomes easier to read from " + from + " to " + turn + ", then harder to " + to;
      case RISES_THEN_FALLS ->
          "and this becomes harder to read from " + from + " to " + turn + ", then easier to " + to;
      case UP_AND_DOWN ->
          "and this is easiest to read from "
              + turn
              + " and hardest from "
              + name(course.highest());
      case UNCLEAR ->
          hasErrors()
              ? "and given the errors they do not clearly differ in how easy this is to read"
              : "and they do not differ in how easy this is to read";
    };
  }

  private String complexities() {
    Course course = courseOfLayers();
    int decimals = Course.decimals(complexities, largestError(), this::sign);
    String read = " " + unitsOf(told) + " must be read together";
    if (told.size() <= MOST_LAYERS) {
      return IntStream.range(0, told.size())
              .mapToObj(i -> text(complexities[i], decimals))
              .collect(Collectors.joining(", "))
          + read;
    }
    if (course.kind() == Course.Kind.UNCLEAR) {
      String lowest = text(complexities[course.turn()], decimals);
      String highest = text(complexities[course.highest()], decimals);
      return (lowest.equals(highest) ? "about " + lowest : lowest + " to " + highest) + read;
    }
    boolean ends = course.kind() != Course.Kind.UP_AND_DOWN;
    return (ends
                ? IntStream.of(0, course.turn(), told.size() - 1)
                : IntStream.of(course.turn(), course.highest()))
            .distinct()
            .mapToObj(i -> text(complexities[i], decimals) + " (" + name(i) + ")")
            .collect(Collectors.joining(", "))
        + read;
  }

  /** How much of it no single unit has; or why that must not be said. */
  private Optional<String> synergy() {
    Optional<Single> surprising =
        told.stream()
            .filter(layer -> layer.measure().hasParts() && layer.sourceCount() > 1)
            .filter(layer -> layer.backbone().sourceCount() == layer.sourceCount())
            .map(LayersInWords::single)
            .filter(one -> one.surprise() > TELLING * one.layer().mutualInformation())
            .max(Comparator.comparingDouble(Single::surprise));
    return surprising.isPresent()
        ? surprising.map(Single::sentence)
        : told.stream()
            .filter(layer -> layer.sourceCount() > 1)
            .filter(layer -> layer.backbone().sourceCount() == layer.sourceCount())
            .max(Comparator.comparingDouble(LayerResult::representationalComplexity))
            .filter(layer -> synergyOf(layer) >= 0)
            .map(
                layer ->
                    Words.share(synergyOf(layer))
                        + " of what "
                        + name(layer)
                        + " tells needs "
                        + (layer.sourceCount() == 2
                            ? "both " + units(layer)
                            : "two " + units(layer) + " or more")
                        + ".");
  }

  private static double synergyOf(LayerResult layer) {
    double whole = layer.backbone().mutualInformation();
    return (whole - layer.backbone().information(1)) / whole;
  }

  /**
   * What single units tell, which need not go with Pi_1 where redundancy can mislead.
   *
   * @param sum of all of them
   * @param best the unit that tells most
   * @param most what it tells
   */
  private record Single(LayerResult layer, double sum, String best, double most) {
    double one() {
      return layer.backbone().information(1);
    }

    /** How far Pi_1 is outside of what single units tell, from the best of them to all added up. */
    double surprise() {
      return Math.max(one() - sum, most - one());
    }

    String sentence() {
      return most > one()
          ? String.format(
              Locale.ROOT,
              "%s alone tells %s bits, more than Pi_1 = %s: other %s mislead, which counts as negative"
                  + " in Pi_1.",
              best,
              text(most, 3),
              text(one(), 3),
              units(layer))
          : String.format(
              Locale.ROOT,
              "One by one the %s of %s tell %s bits, all added up, less than Pi_1 = %s: misinformation"
                  + " they share counts only once in Pi_1.",
              units(layer),
              name(layer),
              text(sum, 3),
              text(one(), 3));
    }
  }

  private static Single single(LayerResult layer) {
    RelatedMeasures related = layer.related(); // plug-in
    return new Single(
        layer,
        related.averageDegreeOfRedundancy() * layer.mutualInformation(),
        layer.layer().sourceNames().get(related.mostTelling()),
        related.mostOfOneSource());
  }

  /** What makes it doubtful, the gravest first. */
  private List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    String target = target(layers.get(0));
    about(
        layer -> !layer.hasComplexity() && layer.bounds().isEmpty(),
        (names, which) -> tells(names, which) + " nothing about " + target + ", so C is undefined",
        doubts);
    about(
        layer -> layer.hasComplexity() && isByChance(layer),
        (names, which) ->
            tells(names, which)
                + " no more about "
                + target
                + " than about shuffled classes"
                + (which.size() > 1 ? "" : pValue(which.get(0)))
                + ", so C means nothing there",
        doubts);
    about(
        layer -> layer.hasComplexity() && isNearZero(layer) && !isByChance(layer),
        (names, which) ->
            "what "
                + tells(names, which)
                + " about "
                + target
                + " may be chance: without the bias of the sample it is not clearly above 0, and C"
                + " means nothing then",
        doubts);
    bounds(doubts);
    about(
        this::isOfSample,
        (names, which) ->
            which.size() == 1 && !Double.isNaN(backed(which.get(0)))
                ? "of C of "
                    + names
                    + " only "
                    + text(backed(which.get(0)), 2)
                    + " rests on states that other samples of the class are in, too; the rest may"
                    + " be about these samples alone"
                : which.stream().noneMatch(layer -> layer.isSupported(1))
                    ? "C of "
                        + names
                        + " says little about the network: even single units have levels that no other sample"
                        + " of the class has"
                    : "C of "
                        + names
                        + " rests in part on states that no other sample of the class is in, and that"
                        + " part says nothing about the network",
        doubts);
    about(
        layer -> isTold(layer) && layer.hasFewSamples() && !isOfSample(layer),
        (names, which) ->
            names
                + (which.size() > 1 ? " have" : " has")
                + " few samples per state, so that C changes with their number",
        doubts);
    about(
        layer -> isTold(layer) && layer.finding() instanceof Finding.Subsampled,
        (names, which) ->
            "this is a mean over subsets, not C of " + (which.size() > 1 ? "layers" : "the layer"),
        doubts);
    about(
        layer -> isTold(layer) && layer.finding() instanceof Finding.Exact && !layer.isExact(),
        (names, which) -> "C of " + names + " is an upper bound, from a search for the best units",
        doubts);
    about(
        layer -> isTold(layer) && layer.finding().isStopped(),
        (names, which) ->
            (which.size() > 1 ? "the estimates of " : "the estimate of ")
                + names
                + (which.size() > 1 ? " were" : " was")
                + " stopped early",
        doubts);
    if (!report.unfinishedLayers().isEmpty()) {
      doubts.add(
          Words.names(report.unfinishedLayers())
              + (report.unfinishedLayers().size() == 1 ? " was" : " were")
              + " not analyzed");
    }
    about(
        layer -> isTold(layer) && negative(layer).isPresent(),
        (names, which) ->
            (which.size() > 1
                    ? "some Pi_k of " + names + " are"
                    : negative(which.get(0)).orElseThrow() + " of " + names + " is")
                + " negative, where misinformation outweighs",
        doubts);
    about(
        layer -> isTold(layer) && layer.samples().suspectedCopies() > 0,
        (names, which) -> "counts look like copies of samples, and errors are larger then",
        doubts);
    about(
        layer -> isTold(layer) && samplingError(layer).isEmpty(),
        (names, which) ->
            "how much other samples would change "
                + (which.size() == told.size() ? "this" : "C of " + names)
                + " is not known",
        doubts);
    about(
        layer -> isTold(layer) && hasTooFewShuffles(layer),
        (names, which) -> "so few shuffles of the classes cannot tell whether this is chance",
        doubts);
    return doubts;
  }

  /** A clause about some layers. */
  private interface Clause {
    String of(String names, List<LayerResult> which);
  }

  private void about(Predicate<LayerResult> filter, Clause clause, List<String> doubts) {
    List<LayerResult> which = layers.stream().filter(filter).toList();
    if (!which.isEmpty()) {
      doubts.add(clause.of(Words.names(namesOf(which)), which));
    }
  }

  private static String tells(String names, List<LayerResult> which) {
    return names + (which.size() > 1 ? " tell" : " tells");
  }

  private void bounds(List<String> doubts) {
    List<LayerResult> bounded = layers.stream().filter(one -> one.bounds().isPresent()).toList();
    if (bounded.size() == 1) {
      LayerResult layer = bounded.get(0);
      Finding.Interval bounds = layer.bounds().orElseThrow();
      doubts.add(
          String.format(
              Locale.ROOT,
              "%s tells %s of the %s bits of %s, and of C only bounds are known: %s to %s%s",
              name(layer),
              text(layer.mutualInformation(), 2),
              text(layer.entropyTarget(), 2),
              target(layer),
              text(bounds.lower(), 2),
              text(bounds.upper(), 2),
              layer.finding() instanceof Finding.Grouped
                  ? ", if no information of the units is negative within a degree of the groups"
                  : ""));
    } else if (!bounded.isEmpty()) {
      doubts.add("of C of " + Words.names(namesOf(bounded)) + " only bounds are known");
    }
  }

  private static String pValue(LayerResult layer) {
    double pValue = layer.baseline().orElseThrow().mutualInformation().pValue();
    return " (p = " + text(pValue, pValue < 0.1 ? 3 : 2) + ")";
  }

  /**
   * What C is at least by supported degrees; NaN if none is, or that is no part of C: the bound is
   * without the bias of the sample, and may be above a C with it.
   */
  private static double backed(LayerResult layer) {
    double bound =
        layer.isSupported(1)
            ? layer.correction().map(Correction::lowerBound).orElse(Double.NaN)
            : Double.NaN;
    return bound < layer.representationalComplexity() - SHOWN ? bound : Double.NaN;
  }

  private boolean isTold(LayerResult layer) {
    return told.contains(layer);
  }

  private boolean isOfSample(LayerResult layer) {
    return isTold(layer) && layer.isComplexityDoubtful();
  }

  private String ofSample() {
    return told.stream().anyMatch(this::isOfSample) ? "in these samples " : "";
  }

  private static Optional<Comparison> shuffled(LayerResult layer) {
    return layer
        .baseline()
        .map(baseline -> baseline.mutualInformation())
        .filter(one -> !Double.isNaN(one.pValue()));
  }

  /** Whether shuffled classes have as much information. */
  private static boolean isByChance(LayerResult layer) {
    return shuffled(layer)
        .map(one -> one.pValue() > SIGNIFICANT && one.pValue() > leastPValue(layer) + 1e-9)
        .orElse(false);
  }

  /** Of so few shuffles even the best p-value is not small. */
  private static boolean hasTooFewShuffles(LayerResult layer) {
    return shuffled(layer).isPresent() && !isByChance(layer) && leastPValue(layer) > SIGNIFICANT;
  }

  private static double leastPValue(LayerResult layer) {
    return 1.0 / (layer.baseline().orElseThrow().permutations() + 1);
  }

  /** Whether there may be no information at all, but for the bias of the sample. */
  private static boolean isNearZero(LayerResult layer) {
    double corrected = layer.summary().correctedMutualInformation();
    double error = layer.summary().sampling().errorOfInformation();
    double factor =
        layer.samplingError().map(one -> SamplingError.intervalFactor(one.halves())).orElse(0.0);
    return corrected <= (Double.isNaN(error) ? 0 : factor * error);
  }

  /** The first degree whose information is clearly negative. */
  private static Optional<String> negative(LayerResult layer) {
    return IntStream.rangeClosed(1, layer.backbone().sourceCount())
        .filter(k -> layer.backbone().information(k) < -threshold(layer, k))
        .mapToObj(k -> "Pi_" + k)
        .findFirst();
  }

  private static double threshold(LayerResult layer, int degree) {
    double error =
        layer.finding() instanceof Finding.Estimated estimated
            ? estimated.estimate().standardErrors().get(degree - 1)
            : 0;
    return Math.max(TELLING * layer.mutualInformation(), 3 * error);
  }

  private static Optional<Double> samplingError(LayerResult layer) {
    return layer
        .samplingError()
        .map(one -> one.complexity().standardError())
        .filter(error -> !Double.isNaN(error));
  }

  /**
   * Sampling and Monte-Carlo error, as far as they are known; infinite if it has an unknown one.
   */
  private static double variance(LayerResult layer) {
    double sampling = samplingError(layer).orElse(0.0);
    double estimate = layer.isEstimated() ? layer.standardError() : 0;
    return Double.isNaN(estimate)
        ? Double.POSITIVE_INFINITY
        : sampling * sampling + estimate * estimate;
  }

  private boolean hasErrors() {
    return told.stream().anyMatch(layer -> variance(layer) > 0);
  }

  private double largestError() {
    return told.stream()
        .mapToDouble(layer -> factor(layer, layer, 1) * Math.sqrt(variance(layer)))
        .max()
        .orElse(0);
  }

  private static double factor(LayerResult a, LayerResult b, int comparisons) {
    int halves =
        Math.min(
            a.samplingError().map(SamplingError::halves).orElse(Integer.MAX_VALUE),
            b.samplingError().map(SamplingError::halves).orElse(Integer.MAX_VALUE));
    return halves == Integer.MAX_VALUE
        ? new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - 0.025 / comparisons)
        : SamplingError.intervalFactor(halves, comparisons);
  }

  /** Whether C differs clearly, with the bias of the sample and without. */
  private int sign(int first, int second, int comparisons) {
    LayerResult a = told.get(first);
    LayerResult b = told.get(second);
    double error = Math.sqrt(variance(a) + variance(b));
    double least = error == 0 ? 1e-9 : factor(a, b, comparisons) * error;
    return agreed(
        b.representationalComplexity() - a.representationalComplexity(),
        b.summary().correctedComplexity() - a.summary().correctedComplexity(),
        least);
  }

  /** The sign of two differences; 0 if they are not clear, or do not agree. */
  static int agreed(double difference, double corrected, double least) {
    boolean both =
        Double.isNaN(corrected) || (difference * corrected > 0 && Math.abs(corrected) > least);
    return both && Math.abs(difference) > least ? (int) Math.signum(difference) : 0;
  }

  private double least(Function<LayerResult, Double> figure) {
    return told.stream().mapToDouble(figure::apply).min().orElseThrow();
  }

  private String name(int index) {
    return name(told.get(index));
  }

  /** The name of a layer, if it is one. */
  private static String name(LayerResult layer) {
    return layer.name().equals("all") ? "the layer" : layer.name();
  }

  private static List<String> namesOf(List<LayerResult> layers) {
    return layers.stream().map(LayersInWords::name).toList();
  }

  private static String target(LayerResult layer) {
    String target = layer.layer().target();
    return target.equals("class") ? "the class" : target;
  }

  private static boolean hasGroups(LayerResult layer) {
    return layer.layer().sources().stream().anyMatch(source -> source.size() > 1);
  }

  private static String unit(LayerResult layer) {
    return hasGroups(layer) ? "group of units" : "unit";
  }

  private static String units(LayerResult layer) {
    return hasGroups(layer) ? "groups" : "units";
  }

  private static String units(LayerResult layer, int count) {
    return count + " " + units(layer);
  }

  private static String unitsOf(List<LayerResult> layers) {
    return layers.stream().anyMatch(LayersInWords::hasGroups) ? "sources" : "units";
  }
}
