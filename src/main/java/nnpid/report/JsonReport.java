package nnpid.report;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import nnpid.analysis.Finding;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.analysis.SampleFacts;
import nnpid.analysis.TargetReport;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.analysis.UnitLevels;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.ComplexityBounds;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.RelatedMeasures;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.ComplexityEstimate.Bounds;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.PermutationBaseline.Comparison;
import nnpid.estimation.Subsampling;

/** Writes a report as one JSON object; streams, so that millions of atoms need no memory. */
final class JsonReport {
  private final JsonWriter json;

  private JsonReport(JsonWriter json) {
    this.json = json;
  }

  static void write(Report report, Writer out) throws IOException {
    // Not closed: the writer belongs to the caller.
    JsonWriter json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.PRETTY);
    new JsonReport(json).write(report);
    json.flush();
    out.write('\n');
    out.flush();
  }

  static void write(Trajectory trajectory, Writer out) throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.PRETTY);
    new JsonReport(json).write(trajectory);
    json.flush();
    out.write('\n');
    out.flush();
  }

  private void write(Trajectory trajectory) throws IOException {
    json.beginObject();
    json.name("version").value(Version.VALUE);
    json.name("relation").value(trajectory.relation());
    json.name("network").value(trajectory.network());
    json.name("repeats").value(trajectory.repeats());
    json.name("complete").value(trajectory.complete());
    json.name("notes").beginArray();
    for (String note : trajectory.notes()) {
      json.value(note);
    }
    json.endArray();
    json.name("warnings").beginArray();
    for (String warning : trajectory.warnings()) {
      json.value(warning);
    }
    json.endArray();
    json.name("trajectory").beginArray();
    for (TrajectoryPoint point : trajectory.points()) {
      json.beginObject();
      json.name("repeat").value(point.repeat());
      json.name("epoch").value(point.epoch());
      json.name("layer").value(point.layer());
      write("loss", point.loss());
      write("trainAccuracy", point.trainAccuracy());
      write("testAccuracy", point.testAccuracy());
      json.name("method").value(point.summary().method().toString());
      write(point.summary().samples());
      json.name("mutualInformation").value(point.summary().mutualInformation());
      write("degreeOfSynergy", point.summary().degreeOfSynergy());
      write("representationalComplexity", point.representationalComplexity());
      write("standardError", point.summary().standardError());
      write("reingComplexity", point.summary().reingComplexity());
      write("averageDegreeOfRedundancy", point.summary().averageDegreeOfRedundancy());
      write("averageDegreeOfVulnerability", point.summary().averageDegreeOfVulnerability());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private void write(Report report) throws IOException {
    json.beginObject();
    json.name("version").value(Version.VALUE);
    json.name("relation").value(report.relation());
    json.name("quantization").value(report.quantization());
    json.name("layers").beginArray();
    for (LayerResult layer : report.layers()) {
      write(layer, report.atomCount());
    }
    json.endArray();
    json.name("unfinishedLayers").beginArray();
    for (String layer : report.unfinishedLayers()) {
      json.value(layer);
    }
    json.endArray();
    json.endObject();
  }

  private void write(LayerResult layer, int atomCount) throws IOException {
    Backbone backbone = layer.backbone();
    json.beginObject();
    json.name("layer").value(layer.name());
    json.name("sources").beginArray();
    for (List<String> units : layer.layer().sources()) {
      writeSource(units);
    }
    json.endArray();
    json.name("target").value(layer.layer().target());
    json.name("measure").value(layer.measure().toString());
    json.name("method").value(layer.method().toString());
    json.name("unit").value("bit");
    write(layer.samples());
    json.name("entropySources").value(layer.entropySources());
    json.name("entropyTarget").value(layer.entropyTarget());
    json.name("mutualInformation").value(layer.mutualInformation());
    write("representationalComplexity", layer.representationalComplexity());
    if (layer.note().isPresent()) {
      json.name("note").value(layer.note().get());
    }
    writeByDegree("degreeOfSynergy", backbone, backbone::information);
    if (layer.measure().hasParts()) {
      writeByDegree("degreeOfSynergyInformative", backbone, backbone::informative);
      writeByDegree("degreeOfSynergyMisinformative", backbone, backbone::misinformative);
    }
    if (!backbone.isExact()) {
      json.name("heuristic").value(true);
    }
    if (layer.measure() == Measure.BROJA && layer.decomposition().isPresent()) {
      write("optimizationGap", layer.decomposition().get().optimizationGap());
    }
    if (layer.finding() instanceof Finding.Estimated estimated) {
      write(estimated.estimate());
    } else if (layer.finding() instanceof Finding.Subsampled subsampled) {
      write(subsampled.subsampling(), layer.standardError());
    } else if (layer.finding() instanceof Finding.Grouped grouped) {
      write(layer, grouped.groups());
    }
    write(layer.related());
    if (layer.baseline().isPresent()) {
      write(layer.baseline().get());
    }
    if (!layer.layer().units().isEmpty()) {
      writeUnits(layer.layer().units());
    }
    json.name("warnings").beginArray();
    for (String warning : layer.warnings()) {
      json.value(warning);
    }
    json.endArray();
    if (!layer.targets().isEmpty()) {
      json.name("targets").beginArray();
      for (TargetReport target : layer.targets()) {
        write(target, atomCount);
      }
      json.endArray();
    }
    if (atomCount > 0 && layer.decomposition().isPresent()) {
      writeAtoms(layer.decomposition().get(), atomCount);
    }
    json.endObject();
  }

  private void writeUnits(List<UnitLevels> units) throws IOException {
    json.name("quantizedUnits").beginArray();
    for (UnitLevels unit : units) {
      json.beginObject();
      json.name("unit").value(unit.unit());
      if (unit.limits().isPresent()) {
        write("low", unit.limits().get().low());
        write("high", unit.limits().get().high());
        write("outside", unit.outside());
      }
      write("lowest", unit.lowest());
      write("highest", unit.highest());
      json.name("levels").value(unit.levelCount());
      json.name("levelsUsed").value(unit.levelsUsed());
      json.endObject();
    }
    json.endArray();
  }

  private void write(SampleFacts samples) throws IOException {
    json.name("instances").value(samples.instanceCount());
    json.name("instancesLeftOut").value(samples.leftOut().total());
    json.name("instancesLeftOutBecause").beginObject();
    json.name("noClass").value(samples.leftOut().withoutTarget());
    json.name("missingValues").value(samples.leftOut().withMissingValues());
    json.name("weightZero").value(samples.leftOut().weightless());
    json.endObject();
    json.name("weight").value(samples.weight());
    json.name("weightsAre").value(samples.weightMeaning().toString());
    json.name("sampleSize").value(samples.size());
    json.name("realizations").value(samples.realizationCount());
    json.name("realizationsPerInstance").value(samples.realizationShare());
    json.name("informationBias").value(samples.informationBias());
  }

  private void write(LayerResult layer, CoarseGrainedComplexity coarse) throws IOException {
    json.name("coarseGraining").beginObject();
    json.name("groups").beginArray();
    for (List<Integer> group : coarse.coarseGraining().groups()) {
      json.beginArray();
      for (String unit : unitsOfGroup(layer, group)) {
        json.value(unit);
      }
      json.endArray();
    }
    json.endArray();
    write("groupInformation", coarse.groupInformation());
    json.name("grouping").value(coarse.coarseGraining().toString());
    ComplexityBounds bounds = coarse.bounds();
    write("complexity", bounds.lower());
    write("lower", bounds.lower());
    write("upper", bounds.upper());
    write("lowerUnconditional", bounds.lowerUnconditional());
    write("upperUnconditional", bounds.upperUnconditional());
    json.name("assumptionRefuted").value(coarse.refutesAssumption());
    json.name("objective").value(coarse.objective().toString());
    if (coarse.search().isPresent()) {
      CoarseGrainedComplexity.Search search = coarse.search().get();
      json.name("search").beginObject();
      json.name("evaluations").value(search.evaluations());
      json.name("references").value(search.references());
      write("estimate", search.estimate());
      write("standardError", search.standardError());
      json.name("complete").value(search.complete());
      json.name("trace").beginArray();
      for (CoarseGrainedComplexity.Step step : search.trace()) {
        json.beginArray().value(step.step()).value(step.value()).endArray();
      }
      json.endArray();
      json.endObject();
    }
    json.endObject();
  }

  private void write(ComplexityEstimate estimate) throws IOException {
    write("standardError", estimate.standardError());
    json.name("replicates").value(estimate.replicates());
    write("degreeOfSynergyStandardErrors", estimate.standardErrors());
    json.name("complete").value(estimate.complete());
    if (estimate.bounds().isPresent()) {
      Bounds bounds = estimate.bounds().get();
      json.name("bounds").beginObject();
      write("lower", bounds.lower());
      write("lowerStandardError", bounds.lowerStandardError());
      write("upper", bounds.upper());
      write("upperStandardError", bounds.upperStandardError());
      json.name("unresolved").value(bounds.unresolved());
      json.endObject();
    }
  }

  private void write(Subsampling subsampling, double standardError) throws IOException {
    write("standardError", standardError);
    json.name("replicates").value(subsampling.draws().size());
    json.name("subsampling").beginObject();
    json.name("subsetSize").value(subsampling.subsetSize());
    write("mean", subsampling.meanComplexity());
    write("standardDeviation", subsampling.standardDeviation());
    json.name("draws").beginArray();
    for (Subsampling.Draw draw : subsampling.draws()) {
      json.beginObject();
      json.name("sources").beginArray();
      for (int source : draw.sources()) {
        json.value(source + 1);
      }
      json.endArray();
      write("mutualInformation", draw.backbone().mutualInformation());
      write("representationalComplexity", draw.backbone().representationalComplexity());
      writeByDegree("degreeOfSynergy", draw.backbone(), draw.backbone()::information);
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private void write(RelatedMeasures related) throws IOException {
    write("reingDifferences", related.reingDifferences());
    write("reingComplexity", related.reingComplexity());
    write("reingComplexityStandardError", related.reingStandardError());
    write("averageDegreeOfRedundancy", related.averageDegreeOfRedundancy());
    write("averageDegreeOfVulnerability", related.averageDegreeOfVulnerability());
  }

  private void write(PermutationBaseline baseline) throws IOException {
    json.name("permutations").beginObject();
    json.name("count").value(baseline.permutations());
    json.name("weightsGoWithClasses").value(baseline.weightsGoWithTargets());
    write("mutualInformation", baseline.mutualInformation());
    write("representationalComplexity", baseline.complexity());
    json.name("degreeOfSynergy").beginArray();
    for (Comparison comparison : baseline.degreesOfSynergy()) {
      json.beginObject();
      writeMembers(comparison);
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private void write(String name, Comparison comparison) throws IOException {
    json.name(name).beginObject();
    writeMembers(comparison);
    json.endObject();
  }

  private void writeMembers(Comparison comparison) throws IOException {
    write("observed", comparison.observed());
    write("mean", comparison.mean());
    write("standardDeviation", comparison.standardDeviation());
    write("pValue", comparison.pValue());
  }

  private void write(TargetReport target, int atomCount) throws IOException {
    Backbone backbone = target.decomposition().backbone();
    json.beginObject();
    json.name("state").value(target.state());
    write("probability", target.probability());
    write("mutualInformation", backbone.mutualInformation());
    writeByDegree("degreeOfSynergy", backbone, backbone::information);
    writeByDegree("degreeOfSynergyInformative", backbone, backbone::informative);
    writeByDegree("degreeOfSynergyMisinformative", backbone, backbone::misinformative);
    if (atomCount > 0) {
      writeAtoms(target.decomposition(), atomCount);
    }
    json.endObject();
  }

  /** A number, or null for one that is undefined. */
  private void write(String name, double value) throws IOException {
    json.name(name);
    write(value);
  }

  private void write(String name, List<Double> values) throws IOException {
    json.name(name).beginArray();
    for (double value : values) {
      write(value);
    }
    json.endArray();
  }

  private void write(double value) throws IOException {
    if (Double.isNaN(value)) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }

  /** A unit is a string, a group of units an array of them. */
  private void writeSource(List<String> units) throws IOException {
    if (units.size() == 1) {
      json.value(units.get(0));
      return;
    }
    json.beginArray();
    for (String unit : units) {
      json.value(unit);
    }
    json.endArray();
  }

  private void writeByDegree(String name, Backbone backbone, IntToDoubleFunction value)
      throws IOException {
    json.name(name).beginArray();
    for (int degree = 1; degree <= backbone.sourceCount(); degree++) {
      write(value.applyAsDouble(degree));
    }
    json.endArray();
  }

  private void writeAtoms(PartialInformationDecomposition decomposition, int atomCount)
      throws IOException {
    boolean parts = decomposition.measure().hasParts();
    json.name("atoms").beginArray();
    Iterator<Atom> atoms = Report.listedAtoms(decomposition, atomCount).iterator();
    while (atoms.hasNext()) {
      Atom atom = atoms.next();
      json.beginObject();
      json.name("antichain").value(atom.antichain().toString());
      if (parts) {
        json.name("informative").value(atom.informative());
        json.name("misinformative").value(atom.misinformative());
      }
      json.name("average").value(atom.average());
      json.endObject();
    }
    json.endArray();
  }

  private static List<String> unitsOfGroup(LayerResult layer, List<Integer> group) {
    return group.stream().map(layer.layer().sourceNames()::get).toList();
  }
}
