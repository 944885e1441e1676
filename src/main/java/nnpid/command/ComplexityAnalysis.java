package nnpid.command;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import nnpid.analysis.Finding;
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
import org.jspecify.annotations.Nullable;
import weka.core.Attribute;
import weka.core.Instances;
import weka.filters.Filter;

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
   * Filters that have learned the limits of levels, by the name of the layer; those of layers
   * without numeric units are missing.
   */
  record Levels(Map<String, Filter> filters) {}

  /** Data of which layers are analyzed one after another. */
  private final class Source {
    private final Instances data;
    private Optional<Filter> learned = Optional.empty();
    private @Nullable Quantized quantized;

    Source(Instances data) {
      this.data = data;
    }

    /** The data with the levels of a layer, whose limits may have been learned from other data. */
    Quantized quantized(int[] attributes, Optional<Filter> from) throws Exception {
      BitSet counting = InstancesBridge.counting(data, attributes, missingValues);
      // Usually it is that of the layer before; not if instances with missing values are dropped.
      if (quantized == null || !quantized.counting().equals(counting) || !learned.equals(from)) {
        quantized =
            from.isPresent()
                ? UnitQuantizer.quantizeBy(from.get(), data, counting)
                : quantizer.quantize(data, counting);
        learned = from;
      }
      return quantized;
    }
  }

  /**
   * Learns the limits of levels from data, as {@link #selected} gives them.
   *
   * @throws IllegalArgumentException if data and options do not go together
   * @throws Exception if the quantizing filter fails
   */
  Levels learn(Instances selected) throws Exception {
    Source source = new Source(selected);
    Map<String, Filter> filters = new HashMap<>();
    for (Map.Entry<String, int[]> layer : selection.layerUnits(selected).entrySet()) {
      source
          .quantized(layer.getValue(), Optional.empty())
          .filter()
          .ifPresent(filter -> filters.put(layer.getKey(), filter));
    }
    return new Levels(filters);
  }

  /** What is selected of data: the units and the class. */
  Instances selected(Instances data) throws Exception {
    InstancesBridge.requireInstances(data);
    return selection.select(data);
  }

  /** The same data as another file has them: the selected ones, with the attributes of a model. */
  Instances selectedLike(Instances model, TestData data) throws Exception {
    return data.like(model, selection);
  }

  /** How numeric activations become levels, as a sentence. */
  String quantization(Instances selected) {
    return quantizer.describe(selected);
  }

  /** Analyzes data by limits of levels from themselves; they are not changed. */
  Report analyze(Instances data, Execution execution) throws Exception {
    return analyze(data, Optional.empty(), execution);
  }

  /** The same, and other data in the same way with the same limits. */
  Report analyze(Instances data, Optional<TestData> test, Execution execution) throws Exception {
    execution.checkCanceled();
    Instances selected = selected(data);
    return analyzeSelected(
        data.relationName(), selected, analysis, Optional.empty(), test, execution);
  }

  /** Analyzes what is selected of a file with a checkpoint, without atoms. */
  Report analyzeCheckpoint(
      String name, Instances selected, Optional<Levels> levels, Execution execution)
      throws Exception {
    return analyzeSelected(
        name, selected, analysis.withoutAtoms(), levels, Optional.empty(), execution);
  }

  /**
   * Analyzes what is selected of data; it is not changed.
   *
   * @param relation name of the data
   * @param levels the limits of levels, if they are not to be learned from the data
   * @param test other data, to be analyzed in the same way with the same limits
   * @throws IllegalArgumentException if data and options do not go together; the message names the
   *     attribute or option
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   * @throws Exception if the quantizing filter fails
   */
  private Report analyzeSelected(
      String relation,
      Instances selected,
      LayerAnalysis how,
      Optional<Levels> levels,
      Optional<TestData> test,
      Execution execution)
      throws Exception {
    Map<String, int[]> units = selection.layerUnits(selected);
    for (Map.Entry<String, int[]> layer : units.entrySet()) {
      how.requireAnalyzable(
          layer.getKey(), selection.groupsOf(layer.getKey(), layer.getValue().length).size());
    }
    Source source = new Source(selected);
    Optional<Source> testSource =
        test.isEmpty()
            ? Optional.empty()
            : Optional.of(new Source(test.get().like(selected, selection)));
    List<LayerResult> reports = new ArrayList<>();
    List<LayerResult> ofTest = new ArrayList<>();
    double parts = units.size() * (test.isPresent() ? 2.0 : 1.0);
    try {
      for (Map.Entry<String, int[]> layer : units.entrySet()) {
        Optional<Filter> learned =
            levels.map(Levels::filters).map(filters -> filters.get(layer.getKey()));
        Quantized quantized = source.quantized(layer.getValue(), learned);
        // What is about the names of all is said once.
        Optional<String> leftOut =
            reports.isEmpty() ? selection.leftOut(selected, units) : Optional.empty();
        int done = reports.size() + ofTest.size();
        LayerResult report =
            analyzeLayer(
                layer.getKey(),
                quantized,
                layer.getValue(),
                leftOut,
                how,
                execution.step(done / parts, (done + 1) / parts));
        reports.add(report);
        if (testSource.isPresent()) {
          ofTest.add(
              analyzeLayer(
                  Report.nameOfTest(layer.getKey()),
                  testSource.get().quantized(layer.getValue(), quantized.filter()),
                  layer.getValue(),
                  Optional.empty(),
                  inSameGroups(how, report),
                  execution.step((done + 1) / parts, (done + 2) / parts)));
        }
      }
    } catch (CancellationException e) {
      if (reports.isEmpty()) {
        throw (CancellationException)
            new CancellationException(
                    "The run was stopped before its first layer ("
                        + units.keySet().iterator().next()
                        + ") was done.")
                .initCause(e);
      }
      // What is done is kept; the interrupted status tells that there is more.
    }
    return new Report(
        relation,
        quantizer.describe(selected),
        reports,
        how.wanted().atomCount(),
        units.keySet().stream().skip(reports.size()).toList(),
        test.map(one -> new Report.Test(one.instances().relationName(), ofTest)));
  }

  /** The analysis of test data: in the groups that were found, for other groups tell other C. */
  private static LayerAnalysis inSameGroups(LayerAnalysis how, LayerResult found) {
    return found.finding() instanceof Finding.Grouped grouped
        ? how.withCoarseGraining(
            how.coarseGraining().withGrouping(grouped.groups().coarseGraining().toString()))
        : how;
  }

  private LayerResult analyzeLayer(
      String layer,
      Quantized quantized,
      int[] attributes,
      Optional<String> warning,
      LayerAnalysis how,
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
    return how.analyze(
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
