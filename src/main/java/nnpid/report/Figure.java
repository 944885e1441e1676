package nnpid.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.analysis.AtHorizon;
import nnpid.analysis.Correction;
import nnpid.analysis.Finding;
import nnpid.analysis.Finding.Interval;
import nnpid.analysis.LayerResult;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.LayerSummary.Within;
import nnpid.analysis.SampleFacts;
import nnpid.analysis.TrajectoryPoint;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.Support;
import nnpid.decomposition.Values;
import nnpid.distribution.SampledDistribution.LeftOut;
import nnpid.estimation.SamplingError;
import nnpid.network.Epochs;
import org.jspecify.annotations.Nullable;

/**
 * Something that is told of a layer or of a point of a training: what it is called, what it means,
 * and its value. Every form of output goes through the lists of figures of this class, so that a
 * new figure is added here and nowhere else. The class is as long as these lists.
 *
 * @param <T> what it is told of
 * @param key its name in CSV, ARFF and JSON
 * @param kind what its values are
 * @param value its value
 * @param places where it is told
 * @param heading its name for people; for values by degree of synergy a pattern of k - 1 and k
 * @param explanation what it means, for people, in the same way
 * @param optional whether it is left out where there is no value: by JSON, and by tables for people
 *     if no row has one
 * @param text the value in tables of text
 * @param doubt whether a value rests on too few samples, which tables for people mark
 */
public record Figure<T>(
    String key,
    Kind kind,
    Value<T> value,
    Set<Place> places,
    String heading,
    String explanation,
    boolean optional,
    Function<T, String> text,
    Doubt<T> doubt) {

  /** What the values of a figure are. */
  public enum Kind {
    /** A {@code String}. */
    TEXT,
    /** An {@code Integer} or {@code Long}; a {@code Double} where parts are counted, too. */
    COUNT,
    /** A {@code Double}. */
    NUMBER,
    /** A list of numbers, for degrees of synergy from 1. */
    BY_DEGREE,
    /** What else JSON can tell: a {@code Boolean}, or lists and maps. */
    STRUCTURE
  }

  /** Where figures are told. */
  public enum Place {
    /** The tables of CSV and ARFF. */
    TABLE,
    /** The tables of CSV and ARFF, but only where some row has a value. */
    TABLE_IF_ANY,
    /** The members of JSON. */
    JSON,
    /** The first table of the text. */
    LAYERS,
    /** The text's table of what samples tell about where they come from. */
    ORIGIN,
    /** The text's table of values at a horizon. */
    HORIZON,
    /** The text's table of related measures: averages over the sources. */
    AVERAGES,
    /** The text's table of related measures: those of Reing et al. */
    REING,
    /** The summary in the Explorer. */
    SUMMARY
  }

  /** Tells a value. */
  @FunctionalInterface
  public interface Value<T> {
    /** The value; null if there is none, NaN if it is undefined. */
    @Nullable Object of(T told);
  }

  /** Tells whether a value is doubtful. */
  @FunctionalInterface
  public interface Doubt<T> {
    /** Whether it is; {@code degree} is 0 for figures that are not told by degree of synergy. */
    boolean of(T told, int degree);
  }

  private static final Figure<LayerSummary> LAYER =
      text("layer", LayerSummary::layer)
          .alsoIn(Place.LAYERS, Place.AVERAGES, Place.SUMMARY)
          .called("Layer", "The layer, or the part of the data that is one");

  private static final Figure<LayerSummary> METHOD =
      text("method", (LayerSummary summary) -> summary.method().toString())
          .alsoIn(Place.SUMMARY)
          .called(
              "Method",
              "How the Pi_k were computed: exactly (lattice, backbone), as an estimate (coverage), of"
                  + " subsets (subsampling) or groups (coarse-graining) of units");

  private static final Figure<LayerSummary> MUTUAL_INFORMATION =
      number("mutualInformation", LayerSummary::mutualInformation)
          .alsoIn(Place.LAYERS, Place.SUMMARY)
          .called("I(T:S)", "Information of all units about the class, in bits: from 0 to H(T)");

  private static final Figure<LayerSummary> COMPLEXITY =
      number("representationalComplexity", LayerSummary::representationalComplexity)
          .alsoIn(Place.LAYERS, Place.SUMMARY)
          .called(
              "C",
              "Representational complexity: how many units must be read together, on average, to get"
                  + " at the information, from 1 to the number of units; empty if only bounds are"
                  + " known");

  private static final Figure<LayerSummary> STANDARD_ERROR =
      number("standardError", LayerSummary::standardError)
          .called(
              "+-",
              "Standard error of C as an estimate for these samples; empty where C is exact for them."
                  + " What other samples would change is another error: +- sampling");

  private static final Figure<LayerSummary> CORRECTED_INFORMATION =
      number(
              "correctedMutualInformation",
              (LayerSummary summary) -> ifDefined(summary.correctedMutualInformation()))
          .ifAny()
          .called("I corr.", "I(T:S) corrected for the bias of the sample, in bits");

  private static final Figure<LayerSummary> CORRECTED_COMPLEXITY =
      number(
              "correctedComplexity",
              (LayerSummary summary) -> ifDefined(summary.correctedComplexity()))
          .ifAny()
          .called(
              "C corr.",
              "C without the bias of the sample: what the samples tell of the network. If it is far"
                  + " from C, there are too few of them");

  private static final Figure<LayerSummary> SAMPLING_ERROR_OF_INFORMATION =
      number(
              "samplingErrorOfMutualInformation",
              (LayerSummary summary) -> ifDefined(summary.sampling().errorOfInformation()))
          .ifAny()
          .called("+- of I", "Sampling standard error of I(T:S), from halves of the samples");

  private static final Figure<LayerSummary> SAMPLING_ERROR_OF_COMPLEXITY =
      number(
              "samplingErrorOfComplexity",
              (LayerSummary summary) -> ifDefined(summary.sampling().errorOfComplexity()))
          .ifAny()
          .called(
              "+- sampling",
              "Sampling standard error of C, from halves of the samples: how much other samples of the"
                  + " same size would change it. Two layers whose C differ by less than some three of"
                  + " these do not clearly differ");

  private static final Figure<LayerSummary> COMPLEXITY_AT_HALF =
      number(
              "complexityAtHalf",
              (LayerSummary summary) -> ifDefined(summary.sampling().complexityAtHalf()))
          .ifAny()
          .called("C at half", "C from half of the samples: whether it still moves");

  private static final Figure<LayerSummary> DRAWS =
      count("horizonDraws", (LayerSummary summary) -> within(summary, Within::draws))
          .onlyIn(Place.TABLE_IF_ANY, Place.JSON)
          .ifAny()
          .called("L", "Draws of other samples that the values at the horizon rest on");

  private static final Figure<LayerSummary> INFORMATION_WITHIN =
      number(
              "horizonMutualInformation",
              (LayerSummary summary) -> within(summary, Within::mutualInformation))
          .onlyIn(Place.TABLE_IF_ANY, Place.JSON)
          .ifAny()
          .called("I(L)", "I(T:S) of L draws, in bits");

  private static final Figure<LayerSummary> COMPLEXITY_WITHIN =
      number(
              "horizonComplexity",
              (LayerSummary summary) -> within(summary, Within::representationalComplexity))
          .onlyIn(Place.TABLE_IF_ANY, Place.JSON)
          .ifAny()
          .called(
              "C(L)",
              "C of L draws: to compare with other C of L draws; what needs many units is left out"
                  + " where L is small");

  private static final Figure<LayerSummary> DEGREE_WITHIN =
      byDegree(
              "horizonDegreeOfSynergy",
              (LayerSummary summary) -> within(summary, Within::degreeOfSynergy))
          .onlyIn(Place.TABLE_IF_ANY, Place.JSON)
          .ifAny()
          .called("Pi_%2$d(L)", "Pi_%2$d of L draws, in bits");

  private static final Figure<LayerSummary> DEGREE_OF_SYNERGY =
      byDegree("degreeOfSynergy", LayerSummary::degreeOfSynergy)
          .alsoIn(Place.LAYERS, Place.SUMMARY)
          .called(
              "Pi_%2$d",
              "The part of I(T:S) in atoms whose smallest set has %2$d units, in bits: to get at it, at"
                  + " least so many must be read together. Under sx misinformation that units share"
                  + " counts as negative and only once, so Pi_1 can be positive though no unit tells"
                  + " anything alone");

  private static final Figure<LayerSummary> REING_COMPLEXITY =
      number("reingComplexity", LayerSummary::reingComplexity)
          .alsoIn(Place.REING)
          .called("Reing complexity", "Mean of k weighted by C(k-1||k)");

  private static final Figure<LayerSummary> REDUNDANCY =
      number("averageDegreeOfRedundancy", LayerSummary::averageDegreeOfRedundancy)
          .alsoIn(Place.AVERAGES, Place.SUMMARY)
          .called(
              "Redundancy",
              "Average degree of redundancy: what all units tell one by one, added up, divided by"
                  + " I(T:S). Above 1: several units tell the same; below 1: they must be read together");

  private static final Figure<LayerSummary> VULNERABILITY =
      number("averageDegreeOfVulnerability", LayerSummary::averageDegreeOfVulnerability)
          .alsoIn(Place.AVERAGES, Place.SUMMARY)
          .called(
              "Vulnerability",
              "Average degree of vulnerability: what is lost without one unit, added up over the"
                  + " units, divided by I(T:S). 0: any unit can be spared");

  /** What a layer is. */
  static final List<Figure<LayerResult>> DESCRIPTION =
      List.of(
          LAYER.of(LayerResult::summary),
          text("sources", (LayerResult layer) -> String.join(" ", layer.layer().sourceNames()))
              .onlyIn(Place.TABLE),
          structure(
              "sources",
              (LayerResult layer) ->
                  layer.layer().sources().stream().map(Figure::unitOrGroup).toList()),
          count("sources", LayerResult::sourceCount)
              .onlyIn(Place.LAYERS, Place.SUMMARY)
              .called("Sources", "Number of sources: units, or groups of them"),
          text("target", layer -> layer.layer().target()),
          text("measure", (LayerResult layer) -> layer.measure().id())
              .alsoIn(Place.SUMMARY)
              .called(
                  "Measure",
                  "What counts as shared by units: shared exclusions (sx), or another measure"),
          METHOD.of(LayerResult::summary),
          text("unit", (LayerResult layer) -> "bit").onlyIn(Place.JSON));

  /** How many samples the numbers rest on. */
  static final List<Figure<SampleFacts>> SAMPLES =
      List.of(
          count("instances", SampleFacts::instanceCount),
          count("instancesLeftOut", samples -> samples.leftOut().total()),
          structure("instancesLeftOutBecause", (SampleFacts samples) -> reasons(samples.leftOut())),
          number("weight", SampleFacts::weight),
          text("weightsAre", samples -> samples.weightMeaning().id()),
          number("sampleSize", SampleFacts::size),
          count("passes", SampleFacts::passCount).onlyIn(Place.JSON),
          count("realizations", SampleFacts::realizationCount)
              .alsoIn(Place.LAYERS)
              .called("R", "Number of distinct joint states of units and class"),
          number("realizationsPerInstance", SampleFacts::realizationShare)
              .alsoIn(Place.LAYERS, Place.SUMMARY)
              .called(
                  "R/m",
                  "Distinct states of units and class per sample, from 0 to 1: near 1 hardly any state was"
                      + " seen twice, and the information is overestimated")
              .text(samples -> String.format(Locale.ROOT, "%.2f", samples.realizationShare())),
          number("informationBias", SampleFacts::informationBias));

  /** What is known without the degrees of synergy, and C. */
  static final List<Figure<LayerResult>> INFORMATION =
      List.of(
          number("entropySources", LayerResult::entropySources)
              .alsoIn(Place.LAYERS)
              .called("H(S)", "Joint entropy of all units, in bits"),
          number("entropyTarget", LayerResult::entropyTarget)
              .alsoIn(Place.LAYERS, Place.SUMMARY)
              .called("H(T)", "Entropy of the class, in bits: what there is to tell about it"),
          MUTUAL_INFORMATION.of(LayerResult::summary),
          COMPLEXITY
              .of(LayerResult::summary)
              .value(
                  layer -> layer.bounds().isPresent() ? null : layer.representationalComplexity())
              .text(Figure::complexity)
              .doubted((layer, degree) -> layer.isComplexityDoubtful()),
          text("note", (LayerResult layer) -> layer.note().orElse(null))
              .onlyIn(Place.JSON)
              .ifAny());

  /** The information by degree of synergy. */
  static final List<Figure<LayerResult>> DEGREES =
      List.of(
          DEGREE_OF_SYNERGY
              .of(LayerResult::summary)
              .doubted((layer, degree) -> !layer.isSupported(degree)),
          byDegree(
                  "degreeOfSynergyInformative",
                  (LayerResult layer) -> parts(layer, Backbone::informative))
              .ifAny(),
          byDegree(
                  "degreeOfSynergyMisinformative",
                  (LayerResult layer) -> parts(layer, Backbone::misinformative))
              .ifAny(),
          structure("heuristic", (LayerResult layer) -> layer.backbone().isExact() ? null : true)
              .ifAny(),
          number("optimizationGap", (LayerResult layer) -> optimizationGap(layer))
              .onlyIn(Place.JSON)
              .ifAny());

  /** The order of the summary. That of files is another, which scripts may rely on. */
  private static final List<String> IN_SUMMARY =
      List.of(
          "layer",
          "representationalComplexity",
          "standardError",
          "lowerBound",
          "upperBound",
          "correctedComplexity",
          "samplingErrorOfComplexity",
          "mutualInformation",
          "entropyTarget",
          "realizationsPerInstance",
          "supportedDegree",
          "pValueOfInformation",
          "pValueOfComplexity",
          "horizonComplexity",
          "degreeOfSynergy",
          "sources",
          "method",
          "measure",
          "averageDegreeOfRedundancy",
          "averageDegreeOfVulnerability");

  /** How well C is known. JSON has these where it tells how C was found. */
  private static final List<Figure<LayerResult>> ERRORS =
      List.of(
          STANDARD_ERROR
              .of(LayerResult::summary)
              .value(layer -> layer.isEstimated() ? (Double) layer.standardError() : null)
              .onlyIn(Place.TABLE, Place.LAYERS, Place.SUMMARY)
              .ifAny()
              .text(Figure::error),
          number("lowerBound", (LayerResult layer) -> bound(layer, Interval::lower))
              .onlyIn(Place.TABLE, Place.SUMMARY)
              .ifAny()
              .called(
                  "C >=",
                  "Lower bound for C where C is not known; hold the mouse over the row's sign"),
          number("upperBound", (LayerResult layer) -> bound(layer, Interval::upper))
              .onlyIn(Place.TABLE, Place.SUMMARY)
              .ifAny()
              .called(
                  "C <=",
                  "Upper bound for C where C is not known; hold the mouse over the row's sign"),
          number(
                  "pValueOfInformation",
                  (LayerResult layer) ->
                      layer.baseline().map(b -> b.mutualInformation().pValue()).orElse(null))
              .onlyIn(Place.SUMMARY)
              .ifAny()
              .called(
                  "p(I)",
                  "Share of shuffles of the classes with at least this I(T:S): above 0.05 it may be chance,"
                      + " and C then means nothing"),
          number(
                  "pValueOfComplexity",
                  (LayerResult layer) ->
                      layer.baseline().map(b -> b.complexity().pValue()).orElse(null))
              .onlyIn(Place.SUMMARY)
              .ifAny()
              .called(
                  "p(C)",
                  "How unusual C would be if the classes were shuffled: a p-value of both sides"));

  /** What the samples tell about where they come from. */
  static final List<Figure<LayerResult>> ORIGIN =
      List.of(
          text("values", layer -> layer.values().toString()),
          structure(
                  "plugIn",
                  (LayerResult layer) ->
                      layer.values() == Values.PLUG_IN ? null : found(layer, Correction::plugIn))
              .ifAny(),
          structure("corrected", (LayerResult layer) -> found(layer, Correction::corrected))
              .ifAny(),
          CORRECTED_COMPLEXITY
              .of(LayerResult::summary)
              .onlyIn(Place.TABLE, Place.LAYERS, Place.ORIGIN, Place.SUMMARY)
              .doubted((layer, degree) -> layer.isComplexityDoubtful()),
          number("plugInComplexity", (LayerResult layer) -> plugInComplexity(layer))
              .onlyIn(Place.ORIGIN)
              .ifAny()
              .doubted((layer, degree) -> layer.isComplexityDoubtful())
              .called("C plug-in", "C of the samples themselves"),
          CORRECTED_INFORMATION.of(LayerResult::summary).onlyIn(Place.TABLE, Place.ORIGIN),
          structure("support", (LayerResult layer) -> support(layer, Support::byDegree)).ifAny(),
          count("supportedDegree", (LayerResult layer) -> support(layer, Support::supportedDegree))
              .alsoIn(Place.ORIGIN, Place.SUMMARY)
              .ifAny()
              .called(
                  "Supported k",
                  "So many units agree with another sample of the class, whichever they are, for"
                      + " 95% of the samples: Pi_k of larger k is about these samples only"),
          number(
                  "supportedLowerBound",
                  (LayerResult layer) ->
                      layer
                          .correction()
                          .filter(one -> !layer.isSupported(layer.sourceCount()))
                          .filter(one -> layer.isSupported(1))
                          .map(Correction::lowerBound)
                          .orElse(null))
              .alsoIn(Place.ORIGIN)
              .ifAny()
              .called("supported C >=", "Lower bound for C that rests on supported degrees only"),
          structure("samplingError", (LayerResult layer) -> samplingErrors(layer)).ifAny(),
          structure("atHalf", (LayerResult layer) -> spreads(layer, SamplingError.Spread::atHalf))
              .ifAny(),
          SAMPLING_ERROR_OF_INFORMATION.of(LayerResult::summary).onlyIn(Place.TABLE, Place.ORIGIN),
          // Undefined where the estimate's own error hides it, and then said to be.
          SAMPLING_ERROR_OF_COMPLEXITY
              .of(LayerResult::summary)
              .value(
                  layer ->
                      layer
                          .samplingError()
                          .map(error -> error.complexity().standardError())
                          .orElse(null))
              .onlyIn(Place.TABLE, Place.ORIGIN, Place.SUMMARY),
          COMPLEXITY_AT_HALF.of(LayerResult::summary).onlyIn(Place.TABLE, Place.ORIGIN));

  /** The same at a horizon. */
  static final List<Figure<LayerResult>> HORIZON =
      List.of(
          structure("horizon", (LayerResult layer) -> horizon(layer)).ifAny(),
          DRAWS.of(LayerResult::summary).onlyIn(Place.TABLE_IF_ANY, Place.HORIZON),
          INFORMATION_WITHIN.of(LayerResult::summary).onlyIn(Place.TABLE_IF_ANY, Place.HORIZON),
          COMPLEXITY_WITHIN
              .of(LayerResult::summary)
              .onlyIn(Place.TABLE_IF_ANY, Place.HORIZON, Place.SUMMARY),
          number(
                  "horizonStandardError",
                  (LayerResult layer) ->
                      layer.atHorizon().map(one -> ifDefined(one.standardError())).orElse(null))
              .onlyIn(Place.TABLE_IF_ANY, Place.HORIZON)
              .ifAny()
              .called("+-", "Standard error of C(L); empty where it is exact"),
          number(
                  "horizonMet",
                  (LayerResult layer) -> layer.atHorizon().map(AtHorizon::met).orElse(null))
              .onlyIn(Place.TABLE_IF_ANY, Place.HORIZON)
              .ifAny()
              .called(
                  "met again",
                  "Share of the samples of which L draws of their class meet the same states of all"
                      + " units again; of fewer than 0.75 there is no C(L)")
              .text(
                  layer ->
                      layer
                          .atHorizon()
                          .map(one -> String.format(Locale.ROOT, "%.3f", one.met()))
                          .orElse("")),
          DEGREE_WITHIN.of(LayerResult::summary).onlyIn(Place.TABLE_IF_ANY),
          byDegree("horizonAccessible", (LayerResult layer) -> accessibleWithin(layer))
              .onlyIn(Place.HORIZON)
              .ifAny()
              .called("V_%2$d(L)", "What %2$d units read together tell by L draws, in bits"));

  /** Measures beside C. */
  static final List<Figure<LayerResult>> RELATED =
      List.of(
          byDegree("reingDifferences", (LayerResult layer) -> layer.related().reingDifferences())
              .onlyIn(Place.JSON),
          byDegree("reingDifference", (LayerResult layer) -> layer.related().reingDifferences())
              .onlyIn(Place.TABLE, Place.REING)
              .called("C(%1$d||%2$d)", "What %2$d units tell more than %1$d, on average; in bits"),
          REING_COMPLEXITY.of(LayerResult::summary).text(Figure::reingComplexity),
          number(
                  "reingComplexityStandardError",
                  (LayerResult layer) -> layer.related().reingStandardError())
              .onlyIn(Place.JSON),
          REDUNDANCY.of(LayerResult::summary),
          VULNERABILITY.of(LayerResult::summary));

  /** All figures of a layer, in the order of JSON. */
  public static final List<Figure<LayerResult>> OF_LAYERS =
      Stream.of(
              DESCRIPTION,
              SAMPLES.stream().map(figure -> figure.of(LayerResult::samples)).toList(),
              INFORMATION,
              DEGREES,
              ERRORS,
              ORIGIN,
              HORIZON,
              RELATED)
          .flatMap(List::stream)
          .toList();

  /** What is told of the test samples at a point of a training. */
  private static final List<Figure<TrajectoryPoint>> OF_TEST_SAMPLES =
      List.of(
          ofTest("testSampleSize", number("sampleSize", summary -> summary.samples().size())),
          ofTest(
              "testRealizationsPerInstance",
              number("realizationsPerInstance", summary -> summary.samples().realizationShare())),
          ofTest("testMutualInformation", MUTUAL_INFORMATION),
          ofTest("testDegreeOfSynergy", DEGREE_OF_SYNERGY),
          ofTest("testComplexity", COMPLEXITY),
          ofTest("testStandardError", STANDARD_ERROR),
          ofTest("testCorrectedMutualInformation", CORRECTED_INFORMATION),
          ofTest("testCorrectedComplexity", CORRECTED_COMPLEXITY),
          ofTest("testSamplingErrorOfMutualInformation", SAMPLING_ERROR_OF_INFORMATION),
          ofTest("testSamplingErrorOfComplexity", SAMPLING_ERROR_OF_COMPLEXITY),
          ofTest("testHorizonMutualInformation", INFORMATION_WITHIN),
          ofTest("testHorizonComplexity", COMPLEXITY_WITHIN),
          ofTest("testHorizonDegreeOfSynergy", DEGREE_WITHIN));

  /** All figures of a point of a training, in the order of JSON. */
  static final List<Figure<TrajectoryPoint>> OF_POINTS = ofPoints();

  /** All figures of an atom. */
  static final List<Figure<Atom>> OF_ATOMS =
      List.of(
          text("antichain", (Atom atom) -> atom.antichain().toString()).called("Antichain", ""),
          count("degreeOfSynergy", (Atom atom) -> atom.antichain().degreeOfSynergy())
              .onlyIn(Place.TABLE)
              .called("Degree", "Degree of synergy"),
          number("informative", (Atom atom) -> ifDefined(atom.informative()))
              .ifAny()
              .called("Informative", Meaning.INFORMATIVE),
          number("misinformative", (Atom atom) -> ifDefined(atom.misinformative()))
              .ifAny()
              .called("Misinformative", Meaning.MISINFORMATIVE),
          number("average", Atom::average).called("Average", Meaning.AVERAGE),
          number(
                  "standardError",
                  (Atom atom) -> atom.standardError() > 0 ? atom.standardError() : null)
              .ifAny()
              .called("Standard error", "Standard error of the atom, in bits"));

  /**
   * The figures of listed atoms.
   *
   * @param estimated whether any of them has a standard error
   */
  public static List<Figure<Atom>> ofAtoms(boolean estimated) {
    return OF_ATOMS.subList(0, estimated ? OF_ATOMS.size() : OF_ATOMS.size() - 1);
  }

  private static List<Figure<TrajectoryPoint>> ofPoints() {
    // Tables of a training tell R/m, but not what it is made of.
    Set<String> onlyJson = Set.of("weight", "weightsAre", "sampleSize", "realizations");
    List<Figure<TrajectoryPoint>> figures =
        new ArrayList<>(
            List.of(
                count("repeat", TrajectoryPoint::repeat),
                count("epoch", (TrajectoryPoint point) -> Epochs.number(point.epoch())),
                LAYER.of(TrajectoryPoint::summary),
                number("loss", TrajectoryPoint::loss),
                number("trainAccuracy", TrajectoryPoint::trainAccuracy),
                number("testAccuracy", TrajectoryPoint::testAccuracy),
                METHOD.of(TrajectoryPoint::summary)));
    SAMPLES.stream()
        .map(figure -> onlyJson.contains(figure.key()) ? figure.onlyIn(Place.JSON) : figure)
        .map(figure -> figure.of((TrajectoryPoint point) -> point.summary().samples()))
        .forEach(figures::add);
    Stream.of(
            MUTUAL_INFORMATION,
            DEGREE_OF_SYNERGY,
            COMPLEXITY,
            STANDARD_ERROR,
            text("values", (LayerSummary summary) -> summary.values().toString()),
            CORRECTED_INFORMATION,
            CORRECTED_COMPLEXITY,
            SAMPLING_ERROR_OF_INFORMATION,
            SAMPLING_ERROR_OF_COMPLEXITY,
            COMPLEXITY_AT_HALF,
            DRAWS,
            INFORMATION_WITHIN,
            COMPLEXITY_WITHIN,
            DEGREE_WITHIN,
            REING_COMPLEXITY,
            REDUNDANCY,
            VULNERABILITY)
        .map(figure -> figure.of(TrajectoryPoint::summary))
        .forEach(figures::add);
    figures.addAll(OF_TEST_SAMPLES);
    return List.copyOf(figures);
  }

  /** A figure of the test samples, where there are any. */
  private static Figure<TrajectoryPoint> ofTest(String key, Figure<LayerSummary> figure) {
    return new Figure<>(
        key,
        figure.kind,
        point -> point.testSummary() == null ? null : figure.value.of(point.testSummary()),
        figure.places,
        figure.heading,
        figure.explanation,
        true,
        point -> point.testSummary() == null ? "" : figure.text.apply(point.testSummary()),
        (point, degree) -> false);
  }

  /**
   * The columns of a table, those by degree of synergy last, in one column per degree; in the
   * summary first what decides whether C means something.
   *
   * @param rows what the table is of
   * @param degrees how many degrees have a column
   */
  public static <T> List<Figure<T>> columns(
      List<Figure<T>> figures, Place place, List<T> rows, int degrees) {
    return figures.stream()
        .filter(
            figure ->
                figure.places().contains(place)
                    || (place == Place.TABLE && figure.places().contains(Place.TABLE_IF_ANY)))
        .filter(
            figure ->
                !figure.optional()
                    || (place == Place.TABLE && figure.places().contains(place))
                    || rows.stream().anyMatch(row -> figure.value().of(row) != null))
        .sorted(
            place == Place.SUMMARY
                ? Comparator.comparingInt(figure -> IN_SUMMARY.indexOf(figure.key()))
                : Comparator.comparing(figure -> figure.kind() == Kind.BY_DEGREE))
        .flatMap(
            figure ->
                figure.kind() == Kind.BY_DEGREE
                    ? IntStream.rangeClosed(1, degrees).mapToObj(figure::ofDegree)
                    : Stream.of(figure))
        .toList();
  }

  private Figure<T> ofDegree(int degree) {
    Value<T> one =
        told -> {
          List<?> all = (List<?>) value.of(told);
          return all == null || all.size() < degree ? null : all.get(degree - 1);
        };
    return new Figure<>(
        key + degree,
        Kind.NUMBER,
        one,
        places,
        String.format(Locale.ROOT, heading, degree - 1, degree),
        String.format(Locale.ROOT, explanation, degree - 1, degree),
        optional,
        textOf(one),
        (told, all) -> doubt.of(told, degree));
  }

  /** A number for people: four decimals, more than enough for bits. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "undefined";
    }
    // The pattern of String.format takes a tenth of a second for a page of a table.
    return Double.isInfinite(value)
        ? Double.toString(value)
        : BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP).toPlainString();
  }

  private static <T> Function<T, String> textOf(Value<T> value) {
    return told -> {
      Object cell = value.of(told);
      return cell == null ? "" : cell instanceof Double bits ? number(bits) : cell.toString();
    };
  }

  private static <T> Figure<T> figure(String key, Kind kind, Value<T> value) {
    return new Figure<>(
        key,
        kind,
        value,
        Set.of(Place.TABLE, Place.JSON),
        key,
        "",
        false,
        textOf(value),
        (told, degree) -> false);
  }

  private static <T> Figure<T> text(String key, Value<T> value) {
    return figure(key, Kind.TEXT, value);
  }

  private static <T> Figure<T> count(String key, Value<T> value) {
    return figure(key, Kind.COUNT, value);
  }

  private static <T> Figure<T> number(String key, Value<T> value) {
    return figure(key, Kind.NUMBER, value);
  }

  private static <T> Figure<T> byDegree(String key, Value<T> value) {
    return figure(key, Kind.BY_DEGREE, value);
  }

  private static <T> Figure<T> structure(String key, Value<T> value) {
    return figure(key, Kind.STRUCTURE, value).onlyIn(Place.JSON);
  }

  private Figure<T> alsoIn(Place... more) {
    EnumSet<Place> all = EnumSet.copyOf(places);
    all.addAll(List.of(more));
    return in(all);
  }

  private Figure<T> onlyIn(Place... only) {
    return in(Set.of(only));
  }

  private Figure<T> in(Set<Place> newPlaces) {
    return new Figure<>(
        key, kind, value, Set.copyOf(newPlaces), heading, explanation, optional, text, doubt);
  }

  private Figure<T> called(String newHeading, String newExplanation) {
    return new Figure<>(
        key, kind, value, places, newHeading, newExplanation, optional, text, doubt);
  }

  private Figure<T> ifAny() {
    return new Figure<>(key, kind, value, places, heading, explanation, true, text, doubt);
  }

  private Figure<T> value(Value<T> newValue) {
    return new Figure<>(
        key, kind, newValue, places, heading, explanation, optional, textOf(newValue), doubt);
  }

  private Figure<T> text(Function<T, String> newText) {
    return new Figure<>(key, kind, value, places, heading, explanation, optional, newText, doubt);
  }

  private Figure<T> doubted(Doubt<T> newDoubt) {
    return new Figure<>(key, kind, value, places, heading, explanation, optional, text, newDoubt);
  }

  /** Whether there is a value, and it rests on too few samples. */
  public boolean isDoubtful(T told) {
    return doubt.of(told, 0) && value.of(told) != null;
  }

  /** The same figure of something that has what it is told of. */
  private <S> Figure<S> of(Function<S, T> part) {
    return new Figure<>(
        key,
        kind,
        whole -> value.of(part.apply(whole)),
        places,
        heading,
        explanation,
        optional,
        whole -> text.apply(part.apply(whole)),
        (whole, degree) -> doubt.of(part.apply(whole), degree));
  }

  /** A unit is a text, a group of units a list of texts. */
  private static Object unitOrGroup(List<String> units) {
    return units.size() == 1 ? units.get(0) : units;
  }

  private static Map<String, Long> reasons(LeftOut leftOut) {
    Map<String, Long> reasons = new LinkedHashMap<>();
    reasons.put("noClass", leftOut.withoutTarget());
    reasons.put("missingValues", leftOut.withMissingValues());
    reasons.put("weightZero", leftOut.weightless());
    return reasons;
  }

  /** Beside corrected values. */
  private static @Nullable Double plugInComplexity(LayerResult layer) {
    return layer
        .correction()
        .filter(correction -> layer.values() == Values.CORRECTED)
        .map(correction -> correction.plugIn().representationalComplexity())
        .orElse(null);
  }

  private static <T> @Nullable T support(LayerResult layer, Function<Support, T> value) {
    return layer.correction().map(correction -> value.apply(correction.support())).orElse(null);
  }

  private static @Nullable Map<String, Object> found(
      LayerResult layer, Function<Correction, Finding> which) {
    if (layer.correction().isEmpty()) {
      return null;
    }
    Finding finding = which.apply(layer.correction().get());
    Backbone backbone = finding.backbone();
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("mutualInformation", backbone.mutualInformation());
    found.put("representationalComplexity", finding.representationalComplexity());
    if (finding.isEstimated()) {
      found.put("standardError", finding.standardError());
    }
    found.put("degreeOfSynergy", byDegree(backbone, Backbone::information));
    found.put("degreeOfSynergyInformative", byDegree(backbone, Backbone::informative));
    found.put("degreeOfSynergyMisinformative", byDegree(backbone, Backbone::misinformative));
    return found;
  }

  private static @Nullable Map<String, Object> samplingErrors(LayerResult layer) {
    Map<String, Object> errors = spreads(layer, SamplingError.Spread::standardError);
    if (errors != null) {
      int halves = layer.samplingError().orElseThrow().halves();
      errors.put("intervalFactor", SamplingError.intervalFactor(halves));
    }
    return errors;
  }

  private static @Nullable Map<String, Object> spreads(
      LayerResult layer, Function<SamplingError.Spread, Double> value) {
    if (layer.samplingError().isEmpty()) {
      return null;
    }
    SamplingError error = layer.samplingError().get();
    Map<String, Object> spreads = new LinkedHashMap<>();
    spreads.put("halves", error.halves());
    spreads.put("mutualInformation", value.apply(error.mutualInformation()));
    spreads.put("representationalComplexity", value.apply(error.complexity()));
    spreads.put("degreeOfSynergy", error.degreesOfSynergy().stream().map(value).toList());
    return spreads;
  }

  private static <T> @Nullable T within(LayerSummary summary, Function<Within, T> value) {
    return summary.within().isKnown() ? value.apply(summary.within()) : null;
  }

  private static @Nullable Map<String, Object> horizon(LayerResult layer) {
    if (layer.atHorizon().isEmpty()) {
      return null;
    }
    AtHorizon within = layer.atHorizon().get();
    Map<String, Object> horizon = new LinkedHashMap<>();
    horizon.put("draws", within.draws());
    horizon.put("met", within.met());
    horizon.put("mutualInformation", within.backbone().mutualInformation());
    horizon.put("representationalComplexity", within.complexity());
    if (within.finding().isEstimated()) {
      horizon.put("standardError", within.standardError());
    }
    horizon.put("degreeOfSynergy", byDegree(within.backbone(), Backbone::information));
    within
        .standardErrors()
        .ifPresent(errors -> horizon.put("degreeOfSynergyStandardErrors", errors));
    horizon.put("accessible", within.accessible());
    within.accessibleErrors().ifPresent(errors -> horizon.put("accessibleStandardErrors", errors));
    return horizon;
  }

  /** V_1, V_2, ... as texts, with their errors. */
  private static @Nullable List<String> accessibleWithin(LayerResult layer) {
    if (layer.atHorizon().isEmpty()) {
      return null;
    }
    AtHorizon within = layer.atHorizon().get();
    List<Double> accessible = within.accessible();
    List<Double> errors = within.accessibleErrors().orElse(List.of());
    return IntStream.range(0, accessible.size())
        .mapToObj(
            k -> {
              boolean exact = errors.isEmpty() || errors.get(k) == 0;
              return number(accessible.get(k)) + (exact ? "" : " +- " + number(errors.get(k)));
            })
        .toList();
  }

  private static @Nullable Double bound(LayerResult layer, Function<Interval, Double> bound) {
    return layer.bounds().map(bound).orElse(null);
  }

  /** Measures without parts have none. */
  private static @Nullable Double ifDefined(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  /** How far numerical optimization may have ended from the minimum. */
  private static @Nullable Double optimizationGap(LayerResult layer) {
    return layer.measure() == Measure.BROJA
        ? layer.decomposition().map(PartialInformationDecomposition::optimizationGap).orElse(null)
        : null;
  }

  private interface Part {
    double of(Backbone backbone, int degree);
  }

  private static @Nullable List<Double> parts(LayerResult layer, Part part) {
    return layer.measure().hasParts() ? byDegree(layer.backbone(), part) : null;
  }

  private static List<Double> byDegree(Backbone backbone, Part part) {
    return IntStream.rangeClosed(1, backbone.sourceCount())
        .mapToObj(degree -> part.of(backbone, degree))
        .toList();
  }

  private static String complexity(LayerResult layer) {
    return layer
        .bounds()
        .map(bounds -> String.format(Locale.ROOT, "%.2f..%.2f", bounds.lower(), bounds.upper()))
        .orElse(number(layer.representationalComplexity()));
  }

  /** An error that is not 0 is not shown as 0. */
  private static String error(LayerResult layer) {
    if (!layer.isEstimated()) {
      return layer.isExact() ? "exact" : "";
    }
    double error = layer.standardError();
    return error > 0 && error < 0.00005 ? "<0.0001" : number(error);
  }

  private static String reingComplexity(LayerResult layer) {
    double error = layer.related().reingStandardError();
    return number(layer.related().reingComplexity()) + (error > 0 ? " +- " + number(error) : "");
  }
}
