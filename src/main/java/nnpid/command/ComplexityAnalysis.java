package nnpid.command;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import nnpid.analysis.Layer;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.analysis.UnitLevels;
import nnpid.distribution.SampledDistribution;
import nnpid.execution.Execution;
import nnpid.weka.InstancesBridge;
import nnpid.weka.InstancesBridge.Counted;
import nnpid.weka.InstancesBridge.MissingValues;
import nnpid.weka.UnitQuantizer;
import nnpid.weka.UnitQuantizer.Quantized;
import nnpid.weka.UnitSelection;
import weka.core.Attribute;
import weka.core.Instances;

/** The analysis of the layers that a data set of activations has. */
final class ComplexityAnalysis {
  private final UnitSelection selection;
  private final UnitQuantizer quantizer;
  private final MissingValues missingValues;
  private final LayerAnalysis analysis;
  private final Task.Listener listener;

  /**
   * An analysis as it is asked for.
   *
   * @throws IllegalArgumentException if the options do not go together
   */
  ComplexityAnalysis(AnalysisOptions options, Task.Listener listener) {
    selection = options.selection();
    UnitQuantizer filter = UnitQuantizer.of(options.getQuantizer());
    OptionalInt seed = options.getSeed();
    quantizer = seed.isPresent() ? filter.withSeed(seed.getAsInt()) : filter;
    missingValues = options.getMissingValues();
    analysis = options.layerAnalysis();
    this.listener = listener;
  }

  /**
   * Analyzes data; they are not changed.
   *
   * @throws IllegalArgumentException if data and options do not go together; the message names the
   *     attribute or option
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   * @throws Exception if the quantizing filter fails
   */
  Report analyze(Instances data, Execution execution) throws Exception {
    execution.checkCanceled();
    InstancesBridge.requireInstances(data);
    Instances selected = selection.select(data);
    Map<String, int[]> units = selection.layerUnits(selected);
    for (Map.Entry<String, int[]> layer : units.entrySet()) {
      analysis.requireAnalyzable(
          layer.getKey(), selection.groupsOf(layer.getKey(), layer.getValue().length).size());
    }
    Quantized quantized = null;
    List<LayerResult> reports = new ArrayList<>();
    for (Map.Entry<String, int[]> layer : units.entrySet()) {
      Execution step =
          execution.step(
              reports.size() / (double) units.size(), (reports.size() + 1) / (double) units.size());
      try {
        BitSet counting = InstancesBridge.counting(selected, layer.getValue(), missingValues);
        // Usually it is that of the layer before; not if instances with missing values are dropped.
        if (quantized == null || !quantized.counting().equals(counting)) {
          quantized = quantizer.quantize(selected, counting);
        }
        // What is about the names of all is said once.
        Optional<String> leftOut =
            reports.isEmpty() ? selection.leftOut(selected, units) : Optional.empty();
        reports.add(analyzeLayer(layer.getKey(), quantized, layer.getValue(), leftOut, step));
      } catch (CancellationException e) {
        if (reports.isEmpty()) {
          throw (CancellationException)
              new CancellationException(
                      "The run was stopped before its first layer ("
                          + layer.getKey()
                          + ") was done.")
                  .initCause(e);
        }
        break; // what is done is kept; the interrupted status tells that there is more
      }
    }
    return new Report(
        data.relationName(),
        quantizer.describe(selected),
        reports,
        analysis.wanted().atomCount(),
        units.keySet().stream().skip(reports.size()).toList());
  }

  private LayerResult analyzeLayer(
      String layer,
      Quantized quantized,
      int[] attributes,
      Optional<String> warning,
      Execution execution) {
    Instances data = quantized.instances();
    Counted counted =
        InstancesBridge.count(data, attributes, missingValues, analysis.weightMeaning());
    List<int[]> groupList = selection.groupsOf(layer, attributes.length);
    SampledDistribution samples =
        selection.groups().isEmpty()
            ? counted.samples()
            : counted.samples().groupSources(groupList);
    List<List<String>> names =
        groupList.stream()
            .map(
                group ->
                    Arrays.stream(group)
                        .mapToObj(unit -> data.attribute(attributes[unit]).name())
                        .toList())
            .toList();
    listener.layerBegins(layer, names);
    List<String> warnings = new ArrayList<>(warning.stream().toList());
    List<UnitLevels> units = quantized.units(attributes);
    Set<String> changing =
        units.stream().filter(unit -> !unit.isConstant()).map(UnitLevels::unit).collect(toSet());
    List<String> constant =
        IntStream.range(0, names.size())
            .filter(source -> samples.distribution().stateCount(source) == 1)
            .mapToObj(names::get)
            .filter(unitNames -> Collections.disjoint(unitNames, changing))
            .map(Layer::sourceName)
            .toList();
    if (!constant.isEmpty()) {
      warnings.add(
          UnitLevels.names("Source", constant)
              + (constant.size() == 1 ? " is" : " are")
              + " constant.");
    }
    if (counted.missingValueCount() > 0) {
      warnings.add(
          "Sources have missing values ("
              + counted.missingValueCount()
              + "): they are counted as a level of their own.");
    }
    return analysis.analyze(
        new Layer(
            layer,
            names,
            data.classAttribute().name(),
            targetStates(data.classAttribute()),
            units,
            warnings),
        samples,
        listener,
        execution);
  }

  static List<String> targetStates(Attribute target) {
    return IntStream.range(0, target.numValues()).mapToObj(target::value).toList();
  }
}
