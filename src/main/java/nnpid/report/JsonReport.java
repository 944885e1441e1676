package nnpid.report;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import nnpid.analysis.Finding;
import nnpid.analysis.LayerResult;
import nnpid.analysis.OverRepeats;
import nnpid.analysis.Report;
import nnpid.analysis.TargetReport;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.analysis.UnitLevels;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.ComplexityBounds;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.SourcePair;
import nnpid.decomposition.SourcePairs;
import nnpid.decomposition.Values;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.ComplexityEstimate.Bounds;
import nnpid.estimation.LargestAtoms;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.PermutationBaseline.Comparison;
import nnpid.estimation.Subsampling;
import nnpid.estimation.SubsetRanking;
import nnpid.network.Epochs;
import org.jspecify.annotations.Nullable;

/** Writes a report as one JSON object; streams, so that millions of atoms need no memory. */
final class JsonReport {
  private final JsonWriter json;

  private JsonReport(Writer out) {
    json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.PRETTY);
  }

  /** Flushes, but does not close: the writer belongs to the caller. */
  private void end(Writer out) throws IOException {
    json.flush();
    out.write('\n');
    out.flush();
  }

  static void write(Report report, Writer out) throws IOException {
    JsonReport json = new JsonReport(out);
    json.write(report);
    json.end(out);
  }

  static void write(Trajectory trajectory, Writer out) throws IOException {
    JsonReport report = new JsonReport(out);
    report.write(trajectory);
    report.end(out);
  }

  private void write(Trajectory trajectory) throws IOException {
    json.beginObject();
    write("version", Version.VALUE);
    write("relation", trajectory.relation());
    write("network", trajectory.network());
    write("repeats", trajectory.repeats());
    write("complete", trajectory.complete());
    write("notes", trajectory.notes());
    write("warnings", trajectory.warnings());
    write("inWords", InWords.of(trajectory));
    json.name("trajectory").beginArray();
    for (TrajectoryPoint point : trajectory.points()) {
      json.beginObject();
      write(PointFigures.ALL, point);
      json.endObject();
    }
    json.endArray();
    if (trajectory.mostRepeats() > 1) {
      write("interval", trajectory.interval("low and high").orElse(""));
      json.name("overRepeats").beginArray();
      for (Means means : Means.of(trajectory)) {
        write(means);
      }
      json.endArray();
    }
    json.endObject();
  }

  private void write(Means means) throws IOException {
    json.beginObject();
    write("epoch", Epochs.number(means.epoch()));
    write("layer", means.layer());
    write("repeats", means.repeats());
    for (Map.Entry<String, OverRepeats> figure : means.figures().entrySet()) {
      OverRepeats value = figure.getValue();
      json.name(figure.getKey()).beginObject();
      write("mean", value.mean());
      write("standardDeviation", value.standardDeviation());
      write("low", value.low());
      write("high", value.high());
      json.endObject();
    }
    json.endObject();
  }

  private void write(Report report) throws IOException {
    json.beginObject();
    write("version", Version.VALUE);
    write("relation", report.relation());
    write("quantization", report.quantization());
    if (report.test().isPresent()) {
      write("testRelation", report.test().get().relation());
    }
    write("inWords", InWords.of(report));
    json.name("layers").beginArray();
    for (int i = 0; i < report.layers().size(); i++) {
      json.beginObject();
      write(report.layers().get(i), report.atomCount());
      if (report.testOf(i).isPresent()) {
        json.name("test").beginObject();
        write(report.testOf(i).get(), report.atomCount());
        json.endObject();
      }
      json.endObject();
    }
    json.endArray();
    write("unfinishedLayers", report.unfinishedLayers());
    json.endObject();
  }

  private void write(LayerResult layer, int atomCount) throws IOException {
    write(LayerFigures.DESCRIPTION, layer);
    write(SummaryFigures.SAMPLES, layer.samples());
    write(LayerFigures.INFORMATION, layer);
    write(LayerFigures.DEGREES, layer);
    if (layer.finding() instanceof Finding.Estimated estimated) {
      write(estimated.estimate());
    } else if (layer.finding() instanceof Finding.Subsampled subsampled) {
      write(subsampled.subsampling(), layer.standardError());
    } else if (layer.finding() instanceof Finding.Grouped grouped) {
      write(layer, grouped.groups());
    }
    write(LayerFigures.ORIGIN, layer);
    write(LayerFigures.HORIZON, layer);
    write(LayerFigures.RELATED, layer);
    if (layer.baseline().isPresent()) {
      write(layer.baseline().get());
    }
    if (!layer.layer().units().isEmpty()) {
      writeUnits(layer.layer().units());
    }
    write("warnings", layer.warnings());
    if (!layer.targets().isEmpty()) {
      json.name("targets").beginArray();
      for (TargetReport target : layer.targets()) {
        write(target, layer, atomCount);
      }
      json.endArray();
    }
    if (layer.pairs().isPresent()) {
      writePairs(layer, layer.pairs().get());
    }
    if (layer.ranking().isPresent()) {
      writeRanking(layer, layer.ranking().get());
    }
    if (atomCount > 0 && layer.hasAtoms()) {
      if (layer.walked().isPresent()) {
        write(layer.walked().get());
      }
      writeAtoms(layer.listedAtoms(atomCount));
    }
  }

  private void writePairs(LayerResult layer, SourcePairs pairs) throws IOException {
    write("unitsInPairs", pairs.sources().size());
    json.name("pairs").beginArray();
    for (SourcePair pair : pairs.pairs()) {
      json.beginObject();
      List<Object> cells = PairCells.of(layer, pair);
      for (int cell = 1; cell < cells.size(); cell++) { // the layer is known
        if (!cells.get(cell).equals(Double.NaN)) {
          write(PairCells.COLUMNS.get(cell), cells.get(cell));
        }
      }
      json.endObject();
    }
    json.endArray();
  }

  private void writeRanking(LayerResult layer, SubsetRanking ranking) throws IOException {
    json.name("ranking").beginObject();
    write("merit", ranking.merit().toString());
    write("values", ranking.values().toString());
    write("sizes", ranking.subsets().sizes().toString());
    write("possible", wholeIfExact(ranking.subsets().possible()));
    write("sample", ranking.subsets().isSample());
    write("leftOut", ranking.leftOut());
    json.name("subsets").beginArray();
    for (SubsetRanking.Ranked one : ranking.ranked()) {
      json.beginObject();
      write("units", RankedCells.units(layer, one));
      write("merit", one.score().value());
      if (!one.score().exact()) {
        write("standardError", one.score().standardError());
      }
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  /** A whole number, which is more than a long where there are too many subsets. */
  private static Number wholeIfExact(double whole) {
    return Math.abs(whole) < 1L << 53 ? (Number) (long) whole : (Number) whole;
  }

  private void writeUnits(List<UnitLevels> units) throws IOException {
    json.name("quantizedUnits").beginArray();
    for (UnitLevels unit : units) {
      json.beginObject();
      write("unit", unit.unit());
      if (unit.limits().isPresent()) {
        write("low", unit.limits().get().low());
        write("high", unit.limits().get().high());
        write("outside", unit.outside());
      }
      write("lowest", unit.lowest());
      write("highest", unit.highest());
      write("levels", unit.levelCount());
      write("levelsUsed", unit.levelsUsed());
      json.endObject();
    }
    json.endArray();
  }

  private void write(LayerResult layer, CoarseGrainedComplexity coarse) throws IOException {
    json.name("coarseGraining").beginObject();
    write("groups", layer.layer().unitsOf(coarse.coarseGraining()));
    write("groupInformation", coarse.groupInformation());
    write("grouping", coarse.coarseGraining().toString());
    ComplexityBounds bounds = coarse.bounds();
    write("complexity", bounds.lower());
    write("lower", bounds.lower());
    write("upper", bounds.upper());
    write("lowerUnconditional", bounds.lowerUnconditional());
    write("upperUnconditional", bounds.upperUnconditional());
    write("assumptionRefuted", coarse.refutesAssumption());
    write("objective", coarse.objective().toString());
    if (coarse.search().isPresent()) {
      CoarseGrainedComplexity.Search search = coarse.search().get();
      json.name("search").beginObject();
      write("evaluations", search.evaluations());
      write("references", search.references());
      write("estimate", search.estimate());
      write("standardError", search.standardError());
      write("complete", search.complete());
      write("trace", search.trace().stream().map(s -> List.of(s.step(), s.value())).toList());
      json.endObject();
    }
    json.endObject();
  }

  private void write(ComplexityEstimate estimate) throws IOException {
    write("standardError", estimate.standardError());
    write("replicates", estimate.replicates());
    write("degreeOfSynergyStandardErrors", estimate.standardErrors());
    write("complete", estimate.complete());
    if (estimate.bounds().isPresent()) {
      Bounds bounds = estimate.bounds().get();
      json.name("bounds").beginObject();
      write("lower", bounds.lower());
      write("lowerStandardError", bounds.lowerStandardError());
      write("upper", bounds.upper());
      write("upperStandardError", bounds.upperStandardError());
      write("unresolved", bounds.unresolved());
      json.endObject();
    }
  }

  private void write(Subsampling subsampling, double standardError) throws IOException {
    write("standardError", standardError);
    write("replicates", subsampling.draws().size());
    json.name("subsampling").beginObject();
    write("subsetSize", subsampling.subsetSize());
    write("mean", subsampling.meanComplexity());
    write("standardDeviation", subsampling.standardDeviation());
    json.name("draws").beginArray();
    for (Subsampling.Draw draw : subsampling.draws()) {
      json.beginObject();
      write("sources", draw.sources().stream().map(source -> source + 1).toList());
      write("mutualInformation", draw.backbone().mutualInformation());
      write("representationalComplexity", draw.backbone().representationalComplexity());
      writeByDegree("degreeOfSynergy", draw.backbone(), draw.backbone()::information);
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private void write(PermutationBaseline baseline) throws IOException {
    json.name("permutations").beginObject();
    write("count", baseline.permutations());
    write("weightsGoWithClasses", baseline.weightsGoWithTargets());
    json.name("mutualInformation");
    write(baseline.mutualInformation());
    json.name("representationalComplexity");
    write(baseline.complexity());
    json.name("degreeOfSynergy").beginArray();
    for (Comparison comparison : baseline.degreesOfSynergy()) {
      write(comparison);
    }
    json.endArray();
    json.endObject();
  }

  private void write(Comparison comparison) throws IOException {
    json.beginObject();
    write("observed", comparison.observed());
    write("mean", comparison.mean());
    write("standardDeviation", comparison.standardDeviation());
    write("pValue", comparison.pValue());
    json.endObject();
  }

  private void write(LargestAtoms walked) throws IOException {
    json.name("atomSearch").beginObject();
    write("walks", walked.walks());
    write("met", walked.met());
    write("nameless", walked.nameless());
    json.endObject();
  }

  private void write(TargetReport target, LayerResult layer, int atomCount) throws IOException {
    json.beginObject();
    write("state", target.state());
    write("probability", target.probability());
    write(target.decomposition().backbone());
    if (target.backbones().isPresent()) {
      if (layer.values() == Values.CORRECTED) {
        json.name("plugIn").beginObject();
        write(target.backbones().get().plugIn());
        json.endObject();
      }
      json.name("corrected").beginObject();
      write(target.backbones().get().corrected());
      json.endObject();
    }
    if (atomCount > 0) {
      writeAtoms(layer.listedAtoms(target, atomCount));
    }
    json.endObject();
  }

  private void write(Backbone backbone) throws IOException {
    write("mutualInformation", backbone.mutualInformation());
    writeByDegree("degreeOfSynergy", backbone, backbone::information);
    writeByDegree("degreeOfSynergyInformative", backbone, backbone::informative);
    writeByDegree("degreeOfSynergyMisinformative", backbone, backbone::misinformative);
  }

  /** What JSON tells of something. */
  private <T> void write(List<Figure<T>> figures, T told) throws IOException {
    for (Figure<T> figure : figures) {
      Object value = figure.value().of(told);
      boolean leftOut = value == null && figure.optional();
      if (figure.places().contains(Figure.Place.JSON) && !leftOut) {
        write(figure.key(), value);
      }
    }
  }

  /** A text, number or truth, or a list or map of these; null for what is undefined or missing. */
  private void write(@Nullable Object value) throws IOException {
    if (value == null || value.equals(Double.NaN)) {
      json.nullValue();
    } else if (value instanceof Number number) {
      json.value(number);
    } else if (value instanceof Boolean truth) {
      json.value(truth);
    } else if (value instanceof List<?> list) {
      json.beginArray();
      for (Object one : list) {
        write(one);
      }
      json.endArray();
    } else if (value instanceof Map<?, ?> map) {
      json.beginObject();
      for (Map.Entry<?, ?> one : map.entrySet()) {
        json.name(one.getKey().toString());
        write(one.getValue());
      }
      json.endObject();
    } else {
      json.value(value.toString());
    }
  }

  private void write(String name, @Nullable Object value) throws IOException {
    json.name(name);
    write(value);
  }

  private void writeByDegree(String name, Backbone backbone, IntToDoubleFunction value)
      throws IOException {
    json.name(name).beginArray();
    for (int degree = 1; degree <= backbone.sourceCount(); degree++) {
      write(value.applyAsDouble(degree));
    }
    json.endArray();
  }

  private void writeAtoms(Stream<Atom> listed) throws IOException {
    json.name("atoms").beginArray();
    Iterator<Atom> atoms = listed.iterator();
    while (atoms.hasNext()) {
      json.beginObject();
      write(AtomFigures.ALL, atoms.next());
      json.endObject();
    }
    json.endArray();
  }
}
