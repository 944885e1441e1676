package nnpid.weka;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import nnpid.analysis.UnitLevels;
import nnpid.distribution.LimitLearner;
import nnpid.distribution.LimitRule;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.StateColumn;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.numpy.NumpyArray;
import nnpid.numpy.NumpyBlock;
import nnpid.weka.InstancesBridge.MissingValues;
import nnpid.weka.UnitQuantizer.ByAttribute.Rules;
import org.jspecify.annotations.Nullable;
import weka.core.Attribute;
import weka.core.Instances;
import weka.filters.Filter;

/**
 * Layers of a NumPy file. Its values are read twice, block by block: for the limits of the levels,
 * and to become levels, which is all that is kept. Not thread-safe.
 */
public final class NumpySource implements FileSource {
  private static final double MEGABYTE = 1e6;

  /** What is read into less memory is not worth a word. */
  private static final double MUCH = 256 * MEGABYTE;

  /** What Java needs for a unit besides its levels, about: names, limits, facts. */
  private static final int UNIT_BYTES = 2_000;

  private final File file;
  private final NumpyUnits units;
  private final Instances selected;
  private final String quantization;
  private final Rules rules;
  private final int[] classes; // by sample; negative if it has none
  private final String weightAttribute;
  private final Optional<Place> weightPlace;
  private final FileState state;
  private final Function<Exception, IOException> notInFormat;
  private final List<Place> places; // by selected attribute; that of the class is of no use
  private @Nullable CountingRows rows;
  private Optional<CommonLimits> common = Optional.empty();
  private boolean isRead;
  private Map<Integer, LevelColumn> columns = Map.of(); // by selected attribute

  /** Where the values of a unit are. */
  private record Place(int array, int unit) {}

  /** So that it is noticed if somebody writes to the file. */
  private record FileState(long length, long lastModified) {
    static FileState of(File file) {
      return new FileState(file.length(), file.lastModified());
    }
  }

  private NumpySource(
      File file,
      NumpyUnits units,
      Instances selected,
      UnitQuantizer quantizer,
      Rules rules,
      int[] classes,
      String weightAttribute,
      Map<String, Place> places,
      FileState state,
      Function<Exception, IOException> notInFormat) {
    this.file = file;
    this.units = units;
    this.selected = selected;
    this.quantization = quantizer.describe(selected);
    this.rules = rules;
    this.classes = classes;
    this.weightAttribute = weightAttribute;
    this.state = state;
    this.notInFormat = notInFormat;
    this.places = new ArrayList<>();
    for (int i = 0; i < selected.numAttributes(); i++) {
      this.places.add(places.getOrDefault(selected.attribute(i).name(), new Place(-1, -1)));
    }
    this.weightPlace = Optional.ofNullable(places.get(weightAttribute));
  }

  /** The same file with its units and labels as others have them. */
  private NumpySource(NumpySource other, Arrangement arrangement) {
    file = other.file;
    units = other.units;
    selected = arrangement.header();
    quantization = other.quantization;
    rules = other.rules;
    int target = selected.classIndex();
    classes =
        Arrays.stream(other.classes)
            .map(label -> label < 0 ? label : arrangement.label(target, label))
            .toArray();
    weightAttribute = other.weightAttribute;
    weightPlace = other.weightPlace;
    state = other.state;
    notInFormat = other.notInFormat;
    places =
        IntStream.range(0, selected.numAttributes())
            .mapToObj(i -> other.places.get(arrangement.place(i)))
            .toList();
  }

  /**
   * The layers of a file, if they can be had without instances: if the class is an array of labels,
   * and the quantizer needs nothing but rules.
   *
   * @param clean makes the names of a header those that people see
   * @param notInFormat what is told of a file that turns out to be damaged
   * @throws IOException if the file cannot be read, or is not what NumPy writes
   * @throws IllegalArgumentException if the file does not have what is selected
   * @throws Exception if a filter of Weka fails
   */
  public static Optional<FileSource> of(
      File file,
      UnitSelection selection,
      UnitQuantizer quantizer,
      UnaryOperator<Instances> clean,
      Function<Exception, IOException> notInFormat)
      throws Exception {
    FileState state = FileState.of(file);
    String target = selection.classAttribute();
    NumpyUnits units;
    try {
      units = NumpyUnits.open(file.toPath(), "", target.matches("first|last|\\d+") ? "" : target);
    } catch (IOException e) {
      throw notInFormat.apply(e);
    }
    Optional<FileSource> source = Optional.empty();
    try {
      source = of(file, units, selection, quantizer, clean, state, notInFormat);
      return source;
    } catch (IOException e) {
      throw notInFormat.apply(e);
    } finally {
      if (source.isEmpty()) {
        units.close();
      }
    }
  }

  private static Optional<FileSource> of(
      File file,
      NumpyUnits units,
      UnitSelection selection,
      UnitQuantizer quantizer,
      UnaryOperator<Instances> clean,
      FileState state,
      Function<Exception, IOException> notInFormat)
      throws Exception {
    if (units.unitCount() * UNIT_BYTES > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    Optional<NumpyArray.Labels> labels =
        units.target().isPresent()
            ? units.target().get().readLabels(NumpyUnits.availableBytes(MUCH))
            : Optional.empty();
    Instances header = clean.apply(units.header(labels, 0));
    Map<String, Place> places = new HashMap<>();
    int attribute = 0;
    for (int array = 0; array < units.layers().size(); array++) {
      for (int unit = 0; unit < units.layers().get(array).unitCount(); unit++) {
        places.put(header.attribute(attribute++).name(), new Place(array, unit));
      }
    }
    Attribute chosen = header.attribute(selection.classIndex(header));
    int[] classes = new int[units.sampleCount()];
    if (labels.isPresent() && chosen.index() == header.classIndex()) {
      int[] byLabel =
          labels.get().values().stream()
              .mapToInt(value -> chosen.indexOfValue(AttributeNames.clean(value)))
              .toArray();
      for (int sample = 0; sample < classes.length; sample++) {
        int label = labels.get().index(sample);
        classes[sample] = label < 0 ? -1 : byLabel[label];
      }
    } else if (places.containsKey(chosen.name()) && selection.nominalClass()) {
      Place place = requireNonNull(places.get(chosen.name()));
      double[] values = values(units, place, chosen.name(), file);
      Optional<ClassOfNumbers> numbers = ClassOfNumbers.of(chosen, values);
      if (numbers.isEmpty()) {
        return Optional.empty();
      }
      header.setClassIndex(-1);
      header.replaceAttributeAt(numbers.get().attribute(), chosen.index());
      Arrays.setAll(classes, sample -> numbers.get().index(values[sample]));
    } else {
      return Optional.empty();
    }
    Instances selected = selection.select(header);
    selected.setRelationName(header.relationName());
    return quantizer
        .rules(selected)
        .map(
            rules ->
                new NumpySource(
                    file,
                    units,
                    selected,
                    quantizer,
                    rules,
                    classes,
                    selection.weightAttribute(),
                    places,
                    state,
                    notInFormat));
  }

  @Override
  public String relation() {
    return selected.relationName();
  }

  @Override
  public Instances header() {
    return selected;
  }

  @Override
  public String quantization() {
    return quantization;
  }

  @Override
  public Rules rules() {
    return rules;
  }

  @Override
  public CountingRows rows() throws IOException {
    CountingRows known = rows;
    if (known == null) {
      known = new CountingRows(classes, weights(), selected.classAttribute().name());
      rows = known;
    }
    return known;
  }

  @Override
  public double[] classWeights() throws IOException {
    return rows().weightsOf(classes, selected.numClasses());
  }

  @Override
  public Optional<FileSource> arranged(Arrangement arrangement) {
    return Optional.of(new NumpySource(this, arrangement));
  }

  @Override
  public void useLimits(CommonLimits limits) {
    common = Optional.of(limits);
  }

  @Override
  public boolean read(Execution execution) throws Exception {
    if (isRead) {
      return false;
    }
    reading(
        () -> {
          CountingRows counting = rows();
          tellMemory(counting, execution);
          if (common.isPresent()) {
            quantize(columns(common.get(), counting), true, execution);
            return;
          }
          LimitLearner[] learners = new LimitLearner[selected.numAttributes()];
          Arrays.setAll(learners, i -> new LimitLearner(rules.limits(), counting.size()));
          learn(learners, counting, counting.differInWeight(), execution.step(0, 0.5));
          quantize(columns(learners, counting), false, execution.step(0.5, 1));
        });
    isRead = true;
    return true;
  }

  @Override
  public void learn(LimitLearner[] learners, boolean weighted, Execution execution)
      throws Exception {
    reading(() -> learn(learners, rows(), weighted, execution));
  }

  private void learn(
      LimitLearner[] learners, CountingRows counting, boolean weighted, Execution execution)
      throws IOException {
    Problems problems = new Problems();
    readAll(
        execution,
        (attribute, values, first, count) -> {
          if (problems.check(attribute, values, first, count)) {
            LevelColumn.learn(learners[attribute], values, first, count, counting, weighted);
          }
        });
    problems.throwFirst();
  }

  /**
   * Reads the levels.
   *
   * @param unseen whether the values are read for the first time
   */
  private void quantize(Map<Integer, LevelColumn> found, boolean unseen, Execution execution)
      throws IOException {
    CountingRows counting = rows();
    Problems problems = new Problems();
    readAll(
        execution,
        (attribute, values, first, count) -> {
          if (!unseen || problems.check(attribute, values, first, count)) {
            requireNonNull(found.get(attribute)).quantize(values, first, count, counting);
          }
        });
    problems.throwFirst();
    columns = found;
  }

  /** What reads the file. */
  private interface Reading {
    void run() throws IOException;
  }

  /** Closes the file in the end; problems name it. */
  private void reading(Reading work) throws IOException {
    try (units) {
      work.run();
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("The run was stopped while " + file + " was read.")
              .initCause(e);
    } catch (IOException e) {
      throw notInFormat.apply(e);
    }
  }

  @Override
  public void close() throws IOException {
    units.close();
  }

  private Map<Integer, LevelColumn> columns(LimitLearner[] learners, CountingRows counting) {
    // A filter draws for the instances that set limits first, if these are not all.
    long before = counting.areAll() ? 0 : (long) counting.count() * (learners.length - 1);
    return columns(
        attribute -> learners[attribute].limits(),
        limits -> Optional.of(rules.limits()),
        before,
        counting);
  }

  private Map<Integer, LevelColumn> columns(CommonLimits limits, CountingRows counting) {
    return columns(
        limits::of,
        one ->
            one.low() < one.high()
                ? Optional.of(new LimitRule.Given(one.low(), one.high()))
                : Optional.empty(),
        limits.draws(),
        counting);
  }

  private Map<Integer, LevelColumn> columns(
      IntFunction<LimitRule.Limits> limits,
      Function<LimitRule.Limits, Optional<LimitRule>> how,
      long drawsBefore,
      CountingRows counting) {
    Map<Integer, LevelColumn> result = new HashMap<>();
    UniformDraws draws = new UniformDraws(Rules.generatorSeed(rules.seed()));
    for (int i = 0; i < selected.numAttributes(); i++) {
      if (i != selected.classIndex()) {
        LimitRule.Limits found = limits.apply(i);
        result.put(
            i,
            new LevelColumn(
                selected.attribute(i).name(),
                rules,
                found,
                how.apply(found),
                counting.count(),
                draws.from(drawsBefore + result.size(), selected.numAttributes() - 1L)));
      }
    }
    return result;
  }

  @Override
  public double memory() throws IOException {
    CountingRows counting = rows();
    double numeric = selected.numAttributes() - 1.0;
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(rules.levelCount() - 1));
    double levels = numeric * counting.count() * bits / Byte.SIZE;
    double tails =
        common.isPresent()
            ? 0
            : numeric * Double.BYTES * LimitLearner.mostKept(rules.limits(), counting.count());
    double facts = numeric * (UNIT_BYTES + 2.0 * Double.BYTES * rules.levelCount());
    // Sorted samples, classes and weights.
    double samples = 8.0 * Integer.BYTES * counting.count();
    return Math.max(levels, tails) + facts + samples + 2.0 * NumpyArray.BLOCK_BYTES;
  }

  /** Says what memory it takes, if that is much. */
  private void tellMemory(CountingRows counting, Execution execution) throws IOException {
    double numeric = selected.numAttributes() - 1.0;
    double needed = memory();
    double available = NumpyUnits.availableBytes(needed);
    if (needed > available) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "The levels (%d samples of %.0f units) must fit into memory: they need %.0f MB, Java"
                  + " has %.0f MB left.%nMaybe give it more: java -Xmx4g ..., or choose units with"
                  + " -sources.",
              counting.count(),
              numeric,
              Math.ceil(needed / MEGABYTE),
              available / MEGABYTE));
    }
    if (needed > MUCH) {
      execution.say(
          String.format(
              Locale.ROOT,
              "Reading %s%s: the levels (%d samples of %.0f units) take %.0f MB of %.0f MB.",
              file,
              common.isPresent() ? "" : " twice",
              counting.count(),
              numeric,
              Math.ceil(needed / MEGABYTE),
              available / MEGABYTE));
    }
  }

  /** Takes the values of a unit in neighboring samples, on any thread, but one at a time. */
  private interface ValuesConsumer {
    void accept(int attribute, double[] values, int first, int count);
  }

  private void readAll(Execution execution, ValuesConsumer consumer) throws IOException {
    double all = (double) units.sampleCount() * (selected.numAttributes() - 1);
    double done = 0;
    for (int array = 0; array < units.layers().size(); array++) {
      NumpyArray values = units.layers().get(array);
      int[] attributes = new int[values.unitCount()];
      Arrays.fill(attributes, -1);
      int count = 0;
      for (int i = 0; i < places.size(); i++) {
        if (i != selected.classIndex() && places.get(i).array() == array) {
          attributes[places.get(i).unit()] = i;
          count++;
        }
      }
      if (count > 0) {
        double share = (double) units.sampleCount() * count / all;
        read(values, attributes, execution.step(done, Math.min(1, done + share)), consumer);
        done = Math.min(1, done + share);
      }
    }
    if (!FileState.of(file).equals(state)) {
      throw new IllegalArgumentException(
          String.format(
              "The file (%s) must stay what it is while it is read: it has changed.%n"
                  + "Maybe wait until it is written.",
              file));
    }
  }

  private static void read(
      NumpyArray array, int[] attributes, Execution execution, ValuesConsumer consumer)
      throws IOException {
    double all = (double) array.sampleCount() * array.unitCount();
    double[] done = {0};
    int parts = 2 * execution.threadCount();
    array.readBlocks(
        block -> {
          execution.forEach(
              Math.min(parts, block.unitCount()),
              part ->
                  readPart(block, part, Math.min(parts, block.unitCount()), attributes, consumer));
          done[0] += (double) block.sampleCount() * block.unitCount();
          execution.progress(done[0] / all);
        });
  }

  private static void readPart(
      NumpyBlock block, int part, int parts, int[] attributes, ValuesConsumer consumer) {
    double[] values = new double[block.sampleCount()];
    int from = (int) ((long) block.unitCount() * part / parts);
    int to = (int) ((long) block.unitCount() * (part + 1) / parts);
    for (int place = from; place < to; place++) {
      int attribute = attributes[block.unit(place)];
      if (attribute >= 0) {
        block.read(place, values);
        consumer.accept(attribute, values, block.firstSample(), block.sampleCount());
      }
    }
  }

  private double[] weights() throws IOException {
    return weightPlace.isEmpty()
        ? new double[0]
        : values(units, weightPlace.get(), weightAttribute, file);
  }

  /** All values of one unit, of which the class or the weights are made. */
  private static double[] values(NumpyUnits units, Place place, String name, File file)
      throws IOException {
    double[] all = new double[units.sampleCount()];
    double[] values = new double[units.sampleCount()];
    units
        .layers()
        .get(place.array())
        .readBlocks(
            block -> {
              for (int i = 0; i < block.unitCount(); i++) {
                if (block.unit(i) == place.unit()) {
                  block.read(i, values);
                  System.arraycopy(values, 0, all, block.firstSample(), block.sampleCount());
                }
              }
            });
    for (int sample = 0; sample < all.length; sample++) {
      if (Double.isNaN(all[sample])) {
        throw RawRows.notANumber(name, sample, file);
      }
    }
    return all;
  }

  /** The first values that are not finite. */
  private final class Problems {
    private long nan = Long.MAX_VALUE; // sample and attribute
    private long infinite = Long.MAX_VALUE;

    /** Whether all are finite. */
    boolean check(int attribute, double[] values, int first, int count) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += values[i] * 0; // NaN from the first that is not finite on
      }
      if (sum == 0) {
        return true;
      }
      note(attribute, values, first, count);
      return false;
    }

    private synchronized void note(int attribute, double[] values, int first, int count) {
      for (int i = 0; i < count; i++) {
        long place = ((long) (first + i) << Integer.SIZE) | attribute;
        if (Double.isNaN(values[i])) {
          nan = Math.min(nan, place);
        } else if (Double.isInfinite(values[i])) {
          infinite = Math.min(infinite, place);
        }
      }
    }

    void throwFirst() {
      if (nan != Long.MAX_VALUE) {
        throw RawRows.notANumber(
            selected.attribute((int) nan).name(), (int) (nan >>> Integer.SIZE), file);
      }
      if (infinite != Long.MAX_VALUE) {
        throw InstancesBridge.infinite(
            selected.attribute((int) infinite).name(), (int) (infinite >>> Integer.SIZE));
      }
    }
  }

  @Override
  public Counted count(
      int[] attributes,
      Optional<Filter> learned,
      MissingValues missingValues,
      WeightMeaning meaning) {
    if (learned.isPresent()) {
      throw new IllegalStateException("The levels of a file have limits of their own.");
    }
    CountingRows counting = requireNonNull(rows, "rows");
    List<UnitLevels> levels = new ArrayList<>();
    StateColumn[] sources = new StateColumn[attributes.length];
    for (int source = 0; source < sources.length; source++) {
      LevelColumn column = requireNonNull(columns.remove(attributes[source]));
      sources[source] = column.levels();
      levels.add(column.facts());
    }
    return new Counted(
        SampledDistribution.ofColumns(
            sources,
            counting.countingOf(classes),
            counting.countingWeights(),
            meaning,
            counting.leftOut()),
        0,
        levels,
        Optional.empty());
  }
}
