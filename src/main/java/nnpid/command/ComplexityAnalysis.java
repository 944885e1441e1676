package nnpid.command;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.analysis.Finding;
import nnpid.analysis.Horizon;
import nnpid.analysis.Layer;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerPart;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.analysis.UnitLevels;
import nnpid.distribution.SampleOfRow;
import nnpid.distribution.SampledDistribution;
import nnpid.execution.Execution;
import nnpid.weka.Arrangement;
import nnpid.weka.FileSource;
import nnpid.weka.InstancesBridge;
import nnpid.weka.InstancesBridge.MissingValues;
import nnpid.weka.InstancesSource;
import nnpid.weka.LayerSource;
import nnpid.weka.LayerSource.Counted;
import nnpid.weka.UnitQuantizer;
import nnpid.weka.UnitSelection;
import weka.core.Attribute;
import weka.core.Instances;
import weka.filters.Filter;

/** The analysis of the layers that a data set of activations has. */
final class ComplexityAnalysis {
  /** The part of the time that a large file takes to be read, for the progress. */
  private static final double READING = 0.4;

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
    quantizer = options.quantizer();
    missingValues = options.getMissingValues();
    analysis = options.layerAnalysis();
    this.listener = listener;
  }

  /**
   * Filters that have learned the limits of levels, by the name of the layer; those of layers
   * without numeric units are missing.
   */
  record Levels(Map<String, Filter> filters) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Learns the limits of levels from data, as {@link #selected} gives them.
   *
   * @throws IllegalArgumentException if data and options do not go together
   * @throws Exception if the quantizing filter fails
   */
  Levels learn(Instances selected) throws Exception {
    InstancesSource source =
        new InstancesSource(selected.relationName(), selected, Optional.empty(), quantizer);
    Map<String, Filter> filters = new HashMap<>();
    for (Map.Entry<String, int[]> layer : selection.layerUnits(source.header()).entrySet()) {
      source
          .quantized(layer.getValue(), Optional.empty(), missingValues)
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

  /**
   * What is selected of data.
   *
   * @param instances the units and the class
   * @param samples which instances are of the same sample; empty if each is one
   */
  record Selected(Instances instances, Optional<SampleOfRow> samples) {}

  /** The same data as another file has them: the selected ones, with the attributes of a model. */
  Selected selectedLike(Instances model, TestData data) throws Exception {
    return new Selected(data.like(model, selection), selection.samples(data.instances()));
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
    return analyze(data, test, Shard.WHOLE, execution).report();
  }

  /** A part of that. */
  LayerParts analyze(Instances data, Optional<TestData> test, Shard shard, Execution execution)
      throws Exception {
    execution.checkCanceled();
    Instances selected = selected(data);
    InstancesSource source =
        new InstancesSource(data.relationName(), selected, selection.samples(data), quantizer);
    if (test.isEmpty()) {
      return analyze(source, shard, execution);
    }
    Instances like = test.get().like(selected, selection);
    InstancesSource other =
        new InstancesSource(
            test.get().instances().relationName(),
            like,
            selection.samples(test.get().instances()),
            quantizer);
    // Of both the same, or they could not be compared.
    LayerAnalysis equal =
        analysis.withHorizonOf(
            targetStates(selected.classAttribute()),
            List.of(classWeights(selected), classWeights(like)));
    return analyze(source, equal, Optional.empty(), Optional.of(other), shard, execution);
  }

  /**
   * The layers of a file whose values need not become instances; empty if they must.
   *
   * @param model what they must have too; empty if they tell that themselves
   * @param name the file, for messages
   * @param others what has the model, for messages
   */
  Optional<FileSource> withoutInstances(
      DataFiles reader, File file, Optional<Instances> model, String name, String others)
      throws Exception {
    Optional<FileSource> source =
        reader.withoutInstances(file, selection, quantizer, missingValues, Execution.sequential());
    if (source.isEmpty() || model.isEmpty()) {
      return source;
    }
    FileSource opened = source.get();
    Optional<FileSource> like = Optional.empty();
    try {
      Optional<Arrangement> arrangement =
          Arrangement.of(opened.header(), model.get(), TestData.subject("file", name), others);
      like = arrangement.isEmpty() ? source : opened.arranged(arrangement.get());
      return like;
    } finally {
      if (like.isEmpty()) {
        opened.close();
      }
    }
  }

  /**
   * The horizon of values at equal horizons: the one that is wanted, or the longest that selected
   * data have; 0 if there shall be no such values.
   */
  long horizon(Instances selected) {
    return horizon(selected.classAttribute(), classWeights(selected));
  }

  /** The same of a file, as far as it is needed. */
  long horizon(FileSource source) throws IOException {
    return horizon(source.header().classAttribute(), source.classWeights());
  }

  private long horizon(Attribute target, double[] classWeights) {
    return analysis
        .withHorizonOf(targetStates(target), List.of(classWeights))
        .wanted()
        .horizon()
        .draws()
        .orElse(0);
  }

  /**
   * Analyzes what is selected of a file with a checkpoint, without atoms.
   *
   * @param horizon that of all files; 0 for none
   * @throws IllegalArgumentException if the file has too few samples for the horizon
   */
  Report analyzeCheckpoint(
      String name, Selected selected, Optional<Levels> levels, long horizon, Execution execution)
      throws Exception {
    return analyze(
        new InstancesSource(name, selected.instances(), selected.samples(), quantizer),
        ofCheckpoint(horizon, horizon > 0 ? horizon(selected.instances()) : 0),
        levels,
        Optional.empty(),
        execution);
  }

  /** The same, where values do not become instances; the limits are those of the source. */
  Report analyzeCheckpoint(FileSource source, long horizon, Execution execution) throws Exception {
    return analyze(
        source,
        ofCheckpoint(horizon, horizon > 0 ? horizon(source) : 0),
        Optional.empty(),
        Optional.empty(),
        execution);
  }

  private LayerAnalysis ofCheckpoint(long horizon, long own) {
    LayerAnalysis how = analysis.withoutAtoms();
    if (horizon == 0) {
      return how;
    }
    if (own < horizon) {
      throw new IllegalArgumentException(
          String.format(
              "The horizon of all files (%d) must be at most %d, one less than the samples of the"
                  + " smallest class.%nMaybe use -horizon %d.",
              horizon, own, own));
    }
    return how.withWanted(how.wanted().withHorizon(Horizon.parse(Long.toString(horizon))));
  }

  /** What all samples of a class that count weigh, of every class. */
  private double[] classWeights(Instances selected) {
    double[] weights = new double[selected.numClasses()];
    int[] units =
        IntStream.range(0, selected.numAttributes())
            .filter(i -> i != selected.classIndex())
            .toArray();
    InstancesBridge.counting(selected, units, missingValues).stream()
        .mapToObj(selected::instance)
        .forEach(instance -> weights[(int) instance.classValue()] += instance.weight());
    return weights;
  }

  /**
   * Analyzes the layers of a source.
   *
   * @throws IllegalArgumentException if data and options do not go together
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   * @throws Exception if the data cannot be read, or the quantizing filter fails
   */
  Report analyze(LayerSource source, Execution execution) throws Exception {
    return analyze(source, Shard.WHOLE, execution).report();
  }

  /** A part of that. */
  LayerParts analyze(LayerSource source, Shard shard, Execution execution) throws Exception {
    return analyze(source, analysis, Optional.empty(), Optional.empty(), shard, execution);
  }

  private Report analyze(
      LayerSource source,
      LayerAnalysis how,
      Optional<Levels> levels,
      Optional<InstancesSource> test,
      Execution execution)
      throws Exception {
    return analyze(source, how, levels, test, Shard.WHOLE, execution).report();
  }

  private LayerParts analyze(
      LayerSource source,
      LayerAnalysis how,
      Optional<Levels> levels,
      Optional<InstancesSource> test,
      Shard shard,
      Execution whole)
      throws Exception {
    whole.checkCanceled();
    Map<String, int[]> units = selection.layerUnits(source.header());
    for (String layer : units.keySet()) {
      how.requireAnalyzable(layer, sourceCount(layer, units));
    }
    List<String> names = List.copyOf(units.keySet());
    // With fewer layers than runs these share the shuffles and the subsets of every layer.
    int subsets =
        how.wanted()
            .ranking()
            .map(
                ranking ->
                    names.stream()
                        .mapToInt(name -> ranking.count(sourceCount(name, units)))
                        .max()
                        .orElse(0))
            .orElse(0);
    int permutations = how.wanted().permutations();
    boolean parts =
        Math.max(permutations, subsets) > 0 && test.isEmpty() && shard.count() > names.size();
    if (parts) {
      shard.requirePieces(
          Math.max(permutations, subsets),
          subsets > permutations ? "ranked subsets" : "permutations");
    } else {
      shard.requirePieces(names.size(), "layers");
    }
    List<String> own =
        parts ? names : names.subList(shard.first(names.size()), shard.end(names.size()));
    Execution execution = source.read(whole.step(0, READING)) ? whole.step(READING, 1) : whole;
    List<LayerParts.Found> found = new ArrayList<>();
    double steps = own.size() * (test.isPresent() ? 2.0 : 1.0);
    try {
      for (String layer : own) {
        int[] attributes = requireNonNull(units.get(layer));
        Optional<Filter> learned = levels.map(Levels::filters).map(filters -> filters.get(layer));
        Counted counted = count(source, attributes, learned);
        // What is about the names of all is said once.
        Optional<String> leftOut =
            layer.equals(names.get(0))
                ? selection.leftOut(source.header(), units)
                : Optional.empty();
        double done = found.size() * steps / own.size();
        Execution step = execution.step(done / steps, (done + 1) / steps);
        List<String> noted =
            Stream.concat(leftOut.stream(), source.note(attributes).stream()).toList();
        Sampled sampled = sampled(layer, source.header(), counted, attributes, noted);
        if (parts) {
          LayerPart.Wanted part =
              new LayerPart.Wanted(
                  pieces(shard, permutations),
                  pieces(
                      shard,
                      how.wanted()
                          .ranking()
                          .map(ranking -> ranking.count(sourceCount(layer, units)))
                          .orElse(0)),
                  shard.has(names.indexOf(layer), names.size()));
          found.add(
              LayerParts.Found.of(
                  layer, how.analyze(sampled.layer, sampled.samples, part, listener, step)));
          continue;
        }
        LayerResult result = how.analyze(sampled.layer, sampled.samples, listener, step);
        found.add(LayerParts.Found.of(layer, result));
        listener.analyzed(result);
        if (test.isPresent()) {
          Sampled other =
              sampled(
                  Report.nameOfTest(layer),
                  test.get().header(),
                  count(test.get(), attributes, counted.filter()),
                  attributes,
                  List.of());
          LayerResult ofTest =
              inSameGroups(how, result)
                  .analyze(
                      other.layer,
                      other.samples,
                      listener,
                      execution.step((done + 1) / steps, (done + 2) / steps));
          found.set(found.size() - 1, LayerParts.Found.of(layer, result).withTest(ofTest));
        }
      }
    } catch (CancellationException e) {
      if (found.isEmpty() || !shard.equals(Shard.WHOLE)) {
        throw (CancellationException)
            new CancellationException(
                    "The run was stopped before its "
                        + (shard.equals(Shard.WHOLE) ? "first" : "last")
                        + " layer ("
                        + own.get(shard.equals(Shard.WHOLE) ? 0 : own.size() - 1)
                        + ") was done.")
                .initCause(e);
      }
      // What is done is kept; the interrupted status tells that there is more.
    }
    return new LayerParts(
        source.relation(),
        source.quantization(),
        how.wanted().atomCount(),
        names,
        found,
        test.map(InstancesSource::relation));
  }

  private int sourceCount(String layer, Map<String, int[]> units) {
    return selection.groupsOf(layer, requireNonNull(units.get(layer)).length).size();
  }

  private static LayerPart.Pieces pieces(Shard shard, int all) {
    return new LayerPart.Pieces(shard.first(all), shard.end(all) - shard.first(all));
  }

  /** The analysis of test data: in the groups that were found, for other groups tell other C. */
  private static LayerAnalysis inSameGroups(LayerAnalysis how, LayerResult found) {
    return found.finding() instanceof Finding.Grouped grouped
        ? how.withCoarseGraining(
            how.coarseGraining().withGrouping(grouped.groups().coarseGraining().toString()))
        : how;
  }

  private Counted count(LayerSource source, int[] attributes, Optional<Filter> learned)
      throws Exception {
    return source.count(attributes, learned, missingValues, analysis.weightMeaning());
  }

  /** A layer as its analysis begins. */
  private record Sampled(Layer layer, SampledDistribution samples) {}

  private Sampled sampled(
      String layer, Instances header, Counted counted, int[] attributes, List<String> noted) {
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
                        .mapToObj(unit -> header.attribute(attributes[unit]).name())
                        .toList())
            .toList();
    listener.layerBegins(layer, names);
    List<String> warnings = new ArrayList<>(noted);
    List<UnitLevels> units = counted.units();
    Set<String> changing =
        units.stream().filter(unit -> !unit.isConstant()).map(UnitLevels::unit).collect(toSet());
    List<String> constant =
        IntStream.range(0, names.size())
            .filter(source -> samples.distribution().isConstant(source))
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
    return new Sampled(
        new Layer(
            layer,
            names,
            header.classAttribute().name(),
            targetStates(header.classAttribute()),
            units,
            warnings),
        samples);
  }

  static List<String> targetStates(Attribute target) {
    return IntStream.range(0, target.numValues()).mapToObj(target::value).toList();
  }
}
