package nnpid.report;

import static nnpid.report.Figure.byDegree;
import static nnpid.report.Figure.count;
import static nnpid.report.Figure.number;
import static nnpid.report.Figure.structure;
import static nnpid.report.Figure.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.analysis.AtHorizon;
import nnpid.analysis.Correction;
import nnpid.analysis.Finding;
import nnpid.analysis.Finding.Interval;
import nnpid.analysis.LayerResult;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.Support;
import nnpid.decomposition.Values;
import nnpid.estimation.SamplingError;
import nnpid.report.Figure.Place;
import org.jspecify.annotations.Nullable;

/** All that is told of a layer: the figures of reports, in the order of JSON. */
public final class LayerFigures {
  /** What a layer is. */
  static final List<Figure<LayerResult>> DESCRIPTION =
      List.of(
          SummaryFigures.LAYER.of(LayerResult::summary),
          text("sources", (LayerResult layer) -> String.join(" ", layer.layer().sourceNames()))
              .onlyIn(Place.TABLE),
          structure(
              "sources",
              (LayerResult layer) ->
                  layer.layer().sources().stream().map(LayerFigures::unitOrGroup).toList()),
          count("sources", LayerResult::sourceCount)
              .onlyIn(Place.LAYERS, Place.SUMMARY)
              .called("Sources", "Number of sources: units, or groups of them"),
          text("target", layer -> layer.layer().target()),
          text("measure", (LayerResult layer) -> layer.measure().id())
              .alsoIn(Place.SUMMARY)
              .called(
                  "Measure",
                  "What counts as shared by units: shared exclusions (sx), or another measure"),
          SummaryFigures.METHOD.of(LayerResult::summary),
          text("unit", (LayerResult layer) -> "bit").onlyIn(Place.JSON));

  /** What is known without the degrees of synergy, and C. */
  static final List<Figure<LayerResult>> INFORMATION =
      List.of(
          number("entropySources", LayerResult::entropySources)
              .alsoIn(Place.LAYERS)
              .called("H(S)", "Joint entropy of all units, in bits"),
          number("entropyTarget", LayerResult::entropyTarget)
              .alsoIn(Place.LAYERS, Place.SUMMARY)
              .called("H(T)", "Entropy of the class, in bits: what there is to tell about it"),
          SummaryFigures.MUTUAL_INFORMATION.of(LayerResult::summary),
          SummaryFigures.COMPLEXITY
              .of(LayerResult::summary)
              .value(
                  layer -> layer.bounds().isPresent() ? null : layer.representationalComplexity())
              .text(LayerFigures::complexity)
              .doubted((layer, degree) -> layer.isComplexityDoubtful()),
          text("note", (LayerResult layer) -> layer.note().orElse(null))
              .onlyIn(Place.JSON)
              .ifAny());

  /** The information by degree of synergy. */
  static final List<Figure<LayerResult>> DEGREES =
      List.of(
          SummaryFigures.DEGREE_OF_SYNERGY
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
  static final List<String> IN_SUMMARY =
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
          SummaryFigures.STANDARD_ERROR
              .of(LayerResult::summary)
              .value(layer -> layer.isEstimated() ? (Double) layer.standardError() : null)
              .onlyIn(Place.TABLE, Place.LAYERS, Place.SUMMARY)
              .ifAny()
              .text(LayerFigures::error),
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
          SummaryFigures.CORRECTED_COMPLEXITY
              .of(LayerResult::summary)
              .onlyIn(Place.TABLE, Place.LAYERS, Place.ORIGIN, Place.SUMMARY)
              .doubted((layer, degree) -> layer.isComplexityDoubtful()),
          number("plugInComplexity", (LayerResult layer) -> plugInComplexity(layer))
              .onlyIn(Place.ORIGIN)
              .ifAny()
              .doubted((layer, degree) -> layer.isComplexityDoubtful())
              .called("C plug-in", "C of the samples themselves"),
          SummaryFigures.CORRECTED_INFORMATION
              .of(LayerResult::summary)
              .onlyIn(Place.TABLE, Place.ORIGIN),
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
          SummaryFigures.SAMPLING_ERROR_OF_INFORMATION
              .of(LayerResult::summary)
              .onlyIn(Place.TABLE, Place.ORIGIN),
          // Undefined where the estimate's own error hides it, and then said to be.
          SummaryFigures.SAMPLING_ERROR_OF_COMPLEXITY
              .of(LayerResult::summary)
              .value(
                  layer ->
                      layer
                          .samplingError()
                          .map(error -> error.complexity().standardError())
                          .orElse(null))
              .onlyIn(Place.TABLE, Place.ORIGIN, Place.SUMMARY),
          SummaryFigures.COMPLEXITY_AT_HALF
              .of(LayerResult::summary)
              .onlyIn(Place.TABLE, Place.ORIGIN));

  /** The same at a horizon. */
  static final List<Figure<LayerResult>> HORIZON =
      List.of(
          structure("horizon", (LayerResult layer) -> horizon(layer)).ifAny(),
          SummaryFigures.DRAWS.of(LayerResult::summary).onlyIn(Place.TABLE_IF_ANY, Place.HORIZON),
          SummaryFigures.INFORMATION_WITHIN
              .of(LayerResult::summary)
              .onlyIn(Place.TABLE_IF_ANY, Place.HORIZON),
          SummaryFigures.COMPLEXITY_WITHIN
              .of(LayerResult::summary)
              .onlyIn(Place.TABLE_IF_ANY, Place.HORIZON, Place.SUMMARY),
          number(
                  "horizonStandardError",
                  (LayerResult layer) ->
                      layer
                          .atHorizon()
                          .map(one -> SummaryFigures.ifDefined(one.standardError()))
                          .orElse(null))
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
          SummaryFigures.DEGREE_WITHIN.of(LayerResult::summary).onlyIn(Place.TABLE_IF_ANY),
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
          SummaryFigures.REING_COMPLEXITY
              .of(LayerResult::summary)
              .text(LayerFigures::reingComplexity),
          number(
                  "reingComplexityStandardError",
                  (LayerResult layer) -> layer.related().reingStandardError())
              .onlyIn(Place.JSON),
          SummaryFigures.REDUNDANCY.of(LayerResult::summary),
          SummaryFigures.VULNERABILITY.of(LayerResult::summary));

  /** All figures of a layer, in the order of JSON. */
  public static final List<Figure<LayerResult>> ALL =
      Stream.of(
              DESCRIPTION,
              SummaryFigures.SAMPLES.stream()
                  .map(figure -> figure.of(LayerResult::samples))
                  .toList(),
              INFORMATION,
              DEGREES,
              ERRORS,
              ORIGIN,
              HORIZON,
              RELATED)
          .flatMap(List::stream)
          .toList();

  private LayerFigures() {}

  /** A unit is a text, a group of units a list of texts. */
  private static Object unitOrGroup(List<String> units) {
    return units.size() == 1 ? units.get(0) : units;
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
    found.put("degreeOfSynergy", degrees(backbone, Backbone::information));
    found.put("degreeOfSynergyInformative", degrees(backbone, Backbone::informative));
    found.put("degreeOfSynergyMisinformative", degrees(backbone, Backbone::misinformative));
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
    horizon.put("degreeOfSynergy", degrees(within.backbone(), Backbone::information));
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
    return layer.measure().hasParts() ? degrees(layer.backbone(), part) : null;
  }

  private static List<Double> degrees(Backbone backbone, Part part) {
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
