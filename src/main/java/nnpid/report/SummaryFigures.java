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
import nnpid.analysis.LayerSummary;
import nnpid.analysis.LayerSummary.Within;
import nnpid.analysis.SampleFacts;
import nnpid.distribution.SampledDistribution.LeftOut;
import nnpid.report.Figure.Place;
import org.jspecify.annotations.Nullable;

/** Figures of a layer that points of a training have, too: of its summary, and of its samples. */
final class SummaryFigures {
  static final Figure<LayerSummary> LAYER =
      text("layer", LayerSummary::layer)
          .alsoIn(Place.LAYERS, Place.AVERAGES, Place.SUMMARY)
          .called("Layer", "The layer, or the part of the data that is one");

  static final Figure<LayerSummary> METHOD =
      text("method", (LayerSummary summary) -> summary.method().toString())
          .alsoIn(Place.SUMMARY)
          .called(
              "Method",
              "How the Pi_k were computed: exactly (lattice, backbone), as an estimate (coverage), of"
                  + " subsets (subsampling) or groups (coarse-graining) of units");

  static final Figure<LayerSummary> MUTUAL_INFORMATION =
      number("mutualInformation", LayerSummary::mutualInformation)
          .alsoIn(Place.LAYERS, Place.SUMMARY)
          .called("I(T:S)", "Information of all units about the class, in bits: from 0 to H(T)");

  static final Figure<LayerSummary> COMPLEXITY =
      number("representationalComplexity", LayerSummary::representationalComplexity)
          .alsoIn(Place.LAYERS, Place.SUMMARY)
          .called(
              "C",
              "Representational complexity: how many units must be read together, on average, to get"
                  + " at the information, from 1 to the number of units; empty if only bounds are"
                  + " known");

  static final Figure<LayerSummary> STANDARD_ERROR =
      number("standardError", LayerSummary::standardError)
          .called(
              "+-",
              "Standard error of C as an estimate for these samples; empty where C is exact for them."
                  + " What other samples would change is another error: +- sampling");

  static final Figure<LayerSummary> CORRECTED_INFORMATION =
      number(
              "correctedMutualInformation",
              (LayerSummary summary) -> ifDefined(summary.correctedMutualInformation()))
          .ifAny()
          .called("I corr.", "I(T:S) corrected for the bias of the sample, in bits");

  static final Figure<LayerSummary> CORRECTED_COMPLEXITY =
      number(
              "correctedComplexity",
              (LayerSummary summary) -> ifDefined(summary.correctedComplexity()))
          .ifAny()
          .called(
              "C corr.",
              "C without the bias of the sample: what the samples tell of the network. If it is far"
                  + " from C, there are too few of them");

  static final Figure<LayerSummary> SAMPLING_ERROR_OF_INFORMATION =
      number(
              "samplingErrorOfMutualInformation",
              (LayerSummary summary) -> ifDefined(summary.sampling().errorOfInformation()))
          .ifAny()
          .called("+- of I", "Sampling standard error of I(T:S), from halves of the samples");

  static final Figure<LayerSummary> SAMPLING_ERROR_OF_COMPLEXITY =
      number(
              "samplingErrorOfComplexity",
              (LayerSummary summary) -> ifDefined(summary.sampling().errorOfComplexity()))
          .ifAny()
          .called(
              "+- sampling",
              "Sampling standard error of C, from halves of the samples: how much other samples of the"
                  + " same size would change it. Two layers whose C differ by less than some three of"
                  + " these do not clearly differ");

  static final Figure<LayerSummary> COMPLEXITY_AT_HALF =
      number(
              "complexityAtHalf",
              (LayerSummary summary) -> ifDefined(summary.sampling().complexityAtHalf()))
          .ifAny()
          .called("C at half", "C from half of the samples: whether it still moves");

  static final Figure<LayerSummary> DRAWS =
      count("horizonDraws", (LayerSummary summary) -> within(summary, Within::draws))
          .onlyIn(Place.TABLE_IF_ANY, Place.JSON)
          .ifAny()
          .called("L", "Draws of other samples that the values at the horizon rest on");

  static final Figure<LayerSummary> INFORMATION_WITHIN =
      number(
              "horizonMutualInformation",
              (LayerSummary summary) -> within(summary, Within::mutualInformation))
          .onlyIn(Place.TABLE_IF_ANY, Place.JSON)
          .ifAny()
          .called("I(L)", "I(T:S) of L draws, in bits");

  static final Figure<LayerSummary> COMPLEXITY_WITHIN =
      number(
              "horizonComplexity",
              (LayerSummary summary) -> within(summary, Within::representationalComplexity))
          .onlyIn(Place.TABLE_IF_ANY, Place.JSON)
          .ifAny()
          .called(
              "C(L)",
              "C of L draws: to compare with other C of L draws; what needs many units is left out"
                  + " where L is small");

  static final Figure<LayerSummary> DEGREE_WITHIN =
      byDegree(
              "horizonDegreeOfSynergy",
              (LayerSummary summary) -> within(summary, Within::degreeOfSynergy))
          .onlyIn(Place.TABLE_IF_ANY, Place.JSON)
          .ifAny()
          .called("Pi_%2$d(L)", "Pi_%2$d of L draws, in bits");

  static final Figure<LayerSummary> DEGREE_OF_SYNERGY =
      byDegree("degreeOfSynergy", LayerSummary::degreeOfSynergy)
          .alsoIn(Place.LAYERS, Place.SUMMARY)
          .called(
              "Pi_%2$d",
              "The part of I(T:S) in atoms whose smallest set has %2$d units, in bits: to get at it, at"
                  + " least so many must be read together. Under sx misinformation that units share"
                  + " counts as negative and only once, so Pi_1 can be positive though no unit tells"
                  + " anything alone");

  static final Figure<LayerSummary> REING_COMPLEXITY =
      number("reingComplexity", LayerSummary::reingComplexity)
          .alsoIn(Place.REING)
          .called("Reing complexity", "Mean of k weighted by C(k-1||k)");

  static final Figure<LayerSummary> REDUNDANCY =
      number("averageDegreeOfRedundancy", LayerSummary::averageDegreeOfRedundancy)
          .alsoIn(Place.AVERAGES, Place.SUMMARY)
          .called(
              "Redundancy",
              "Average degree of redundancy: what all units tell one by one, added up, divided by"
                  + " I(T:S). Above 1: several units tell the same; below 1: they must be read together");

  static final Figure<LayerSummary> VULNERABILITY =
      number("averageDegreeOfVulnerability", LayerSummary::averageDegreeOfVulnerability)
          .alsoIn(Place.AVERAGES, Place.SUMMARY)
          .called(
              "Vulnerability",
              "Average degree of vulnerability: what is lost without one unit, added up over the"
                  + " units, divided by I(T:S). 0: any unit can be spared");

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

  private SummaryFigures() {}

  private static Map<String, Long> reasons(LeftOut leftOut) {
    Map<String, Long> reasons = new LinkedHashMap<>();
    reasons.put("noClass", leftOut.withoutTarget());
    reasons.put("missingValues", leftOut.withMissingValues());
    reasons.put("weightZero", leftOut.weightless());
    return reasons;
  }

  static <T> @Nullable T within(LayerSummary summary, Function<Within, T> value) {
    return summary.within().isKnown() ? value.apply(summary.within()) : null;
  }

  /** Measures without parts have none. */
  static @Nullable Double ifDefined(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }
}
