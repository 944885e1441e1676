package nnpid.weka;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import nnpid.analysis.UnitLevels;
import nnpid.distribution.LevelRules;
import nnpid.distribution.LimitLearner;
import nnpid.distribution.LimitRule;
import nnpid.distribution.SampleOfRow;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.StateColumn;
import nnpid.distribution.UniformDraws;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.numpy.NumpyArray;
import nnpid.weka.InstancesBridge.MissingValues;
import nnpid.weka.TableFile.ColumnConsumer;
import org.jspecify.annotations.Nullable;
import weka.core.Instances;
import weka.filters.Filter;

/**
 * Layers of a table in a file. Its values are read twice, block by block: for the limits of the
 * levels, and to become levels, which is all that is kept. Not thread-safe.
 */
final class ColumnSource implements FileSource {
  private static final double MEGABYTE = 1e6;

  /** What is read into less memory is not worth a word. */
  static final double MUCH = 256 * MEGABYTE;

  /** What Java needs for a unit besides its levels, about: names, limits, facts. */
  static final int UNIT_BYTES = 2_000;

  private final TableFile table;
  private final FileState state;
  private final Instances selected;
  private final int[] places; // of the selected attributes among the columns of the table
  private final int[] classes; // by sample; negative if it has none
  private final BitSet dropped;
  private final String quantization;
  private final LevelRules rules;
  private final Function<Exception, IOException> notInFormat;
  private @Nullable CountingRows rows;
  private Optional<SampleOfRow> samples = Optional.empty(); // known once it is read
  private Optional<CommonLimits> common = Optional.empty();
  private boolean isRead;
  private Map<Integer, UnitColumn> columns = Map.of(); // by selected attribute

  private ColumnSource(
      TableFile table,
      FileState state,
      Instances selected,
      int[] places,
      int[] classes,
      BitSet dropped,
      String quantization,
      LevelRules rules,
      Function<Exception, IOException> notInFormat) {
    this.table = table;
    this.state = state;
    this.selected = selected;
    this.places = places;
    this.classes = classes;
    this.dropped = dropped;
    this.quantization = quantization;
    this.rules = rules;
    this.notInFormat = notInFormat;
  }

  /**
   * The layers of a table, if they can be had without instances.
   *
   * @param state of the file before anything of it was read
   * @param notInFormat what is told of a file that turns out to be damaged
   * @throws IllegalArgumentException if the file does not have what is selected
   * @throws Exception if a filter of Weka fails
   */
  static Optional<FileSource> of(
      TableFile table,
      FileState state,
      UnitSelection selection,
      UnitQuantizer quantizer,
      MissingValues missingValues,
      Function<Exception, IOException> notInFormat)
      throws Exception {
    Instances header = table.header();
    if (table.rowCount() == 0) {
      InstancesBridge.requireInstances(header);
    }
    Instances selected = selection.select(header);
    selected.setRelationName(header.relationName());
    int[] places =
        IntStream.range(0, selected.numAttributes())
            .map(i -> header.attribute(selected.attribute(i).name()).index())
            .toArray();
    BitSet dropped = new BitSet();
    if (missingValues == MissingValues.DROP) {
      IntStream.of(units(selected))
          .mapToObj(i -> table.missing(places[i]))
          .forEach(missing -> missing.ifPresent(dropped::or));
      Collection<int[]> layers = selection.layerUnits(selected).values();
      if (!dropped.isEmpty()
          && layers.stream().anyMatch(layer -> !Arrays.equals(layer, units(selected)))) {
        return Optional.empty(); // every layer has other limits then
      }
    }
    return quantizer
        .rules(selected)
        .map(
            rules ->
                new ColumnSource(
                    table,
                    state,
                    selected,
                    places,
                    table.classes(),
                    dropped,
                    quantizer.describe(selected),
                    rules,
                    notInFormat));
  }

  private static int[] units(Instances selected) {
    return IntStream.range(0, selected.numAttributes())
        .filter(i -> i != selected.classIndex())
        .toArray();
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
  public LevelRules rules() {
    return rules;
  }

  @Override
  public CountingRows rows() throws IOException {
    CountingRows known = rows;
    if (known == null) {
      known = new CountingRows(classes, table.weights(), dropped, selected.classAttribute().name());
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
    Instances header = arrangement.header();
    int target = header.classIndex();
    if (IntStream.of(units(header)).anyMatch(i -> header.attribute(i).isNominal())) {
      return Optional.empty(); // their values may come in another order
    }
    return Optional.of(
        new ColumnSource(
            table,
            state,
            header,
            IntStream.range(0, header.numAttributes())
                .map(i -> places[arrangement.place(i)])
                .toArray(),
            Arrays.stream(classes)
                .map(label -> label < 0 ? label : arrangement.label(target, label))
                .toArray(),
            dropped,
            quantization,
            rules,
            notInFormat));
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
          samples = table.samples();
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
    NotFinite problems = new NotFinite();
    readAll(
        UnitQuantizer.numeric(selected),
        execution,
        (attribute, values, first, count) -> {
          boolean missing = mayMiss(attribute);
          if (problems.check(attribute, values, first, count, missing)) {
            LevelColumn.learn(
                learners[attribute], values, first, count, counting, missing, weighted);
          }
        });
    problems.throwFirst();
  }

  private boolean mayMiss(int attribute) {
    return table.missing(places[attribute]).isPresent();
  }

  /**
   * Reads the levels.
   *
   * @param unseen whether the values are read for the first time
   */
  private void quantize(Map<Integer, UnitColumn> found, boolean unseen, Execution execution)
      throws IOException {
    CountingRows counting = rows();
    NotFinite problems = new NotFinite();
    readAll(
        units(selected),
        execution,
        (attribute, values, first, count) -> {
          if (!unseen
              || selected.attribute(attribute).isNominal()
              || problems.check(attribute, values, first, count, mayMiss(attribute))) {
            requireNonNull(found.get(attribute)).take(values, first, count, counting);
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
    try (table) {
      work.run();
    } catch (InterruptedIOException e) {
      throw stopped(state, e);
    } catch (IOException e) {
      throw notInFormat.apply(e);
    }
  }

  /** What the reading of a file ends with if it is stopped; the thread stays interrupted. */
  static CancellationException stopped(FileState state, InterruptedIOException e) {
    Thread.currentThread().interrupt();
    return (CancellationException)
        new CancellationException("The run was stopped while " + state.file() + " was read.")
            .initCause(e);
  }

  @Override
  public void close() throws IOException {
    table.close();
  }

  private Map<Integer, UnitColumn> columns(LimitLearner[] learners, CountingRows counting) {
    // A filter first goes through the instances that set limits, if these are not all.
    long before = counting.areAll() ? 0 : counting.count();
    return columns(
        attribute -> learners[attribute].found(),
        limits -> Optional.of(rules.limits()),
        before,
        counting);
  }

  private Map<Integer, UnitColumn> columns(CommonLimits limits, CountingRows counting) {
    return columns(
        limits::of,
        one ->
            one.low() < one.high()
                ? Optional.of(new LimitRule.Given(one.low(), one.high()))
                : Optional.empty(),
        limits.rowsBefore(),
        counting);
  }

  private Map<Integer, UnitColumn> columns(
      IntFunction<Optional<LimitRule.Limits>> limits,
      Function<LimitRule.Limits, Optional<LimitRule>> how,
      long rowsBefore,
      CountingRows counting) {
    Map<Integer, UnitColumn> result = new HashMap<>();
    UniformDraws draws = rules.draws();
    int[] numeric = UnitQuantizer.numeric(selected);
    for (int place = 0; place < numeric.length; place++) {
      Optional<LimitRule.Limits> found = limits.apply(numeric[place]);
      result.put(
          numeric[place],
          new LevelColumn(
              selected.attribute(numeric[place]).name(),
              rules,
              found,
              found.flatMap(how),
              counting.count(),
              draws.from(rowsBefore * numeric.length + place, numeric.length),
              rowsBefore));
    }
    for (int unit : units(selected)) {
      result.computeIfAbsent(
          unit, i -> new UnitColumn.Nominal(selected.attribute(i), counting.count()));
    }
    return result;
  }

  @Override
  public double memory() throws IOException {
    CountingRows counting = rows();
    int[] numeric = UnitQuantizer.numeric(selected);
    double bits = (double) numeric.length * bits(rules.levelCount());
    for (int unit : units(selected)) {
      bits += selected.attribute(unit).isNominal() ? bits(selected.attribute(unit).numValues()) : 0;
    }
    double levels = bits * counting.count() / Byte.SIZE;
    double tails =
        common.isPresent()
            ? 0
            : (double) numeric.length
                * Double.BYTES
                * LimitLearner.mostKept(rules.limits(), counting.count());
    double facts =
        (selected.numAttributes() - 1.0) * UNIT_BYTES
            + 2.0 * Double.BYTES * rules.levelCount() * numeric.length;
    // Sorted samples, classes and weights.
    double samples = 8.0 * Integer.BYTES * counting.count();
    return Math.max(levels, tails) + facts + samples + 2.0 * NumpyArray.BLOCK_BYTES;
  }

  private static int bits(int stateCount) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(stateCount - 1));
  }

  /** Says what memory it takes, if that is much. */
  private void tellMemory(CountingRows counting, Execution execution) throws IOException {
    int unitCount = selected.numAttributes() - 1;
    double needed = memory();
    double available = NumpyUnits.availableBytes(needed);
    if (needed > available) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "The levels (%d samples of %d units) must fit into memory: they need %.0f MB, Java"
                  + " has %.0f MB left.%nMaybe give it more: java -Xmx4g ..., or choose units with"
                  + " -sources.",
              counting.count(),
              unitCount,
              Math.ceil(needed / MEGABYTE),
              available / MEGABYTE));
    }
    if (needed > MUCH) {
      execution.say(
          String.format(
              Locale.ROOT,
              "Reading %s%s: the levels (%d samples of %d units) take %.0f MB of %.0f MB.",
              state.file(),
              common.isPresent() ? "" : " twice",
              counting.count(),
              unitCount,
              Math.ceil(needed / MEGABYTE),
              available / MEGABYTE));
    }
  }

  /**
   * Reads columns once.
   *
   * @param attributes which ones
   * @param consumer is told the attribute, not the column of the table
   */
  private void readAll(int[] attributes, Execution execution, ColumnConsumer consumer)
      throws IOException {
    Map<Integer, Integer> attributeOf = new HashMap<>();
    for (int attribute : attributes) {
      attributeOf.put(places[attribute], attribute);
    }
    int[] wanted = Arrays.stream(attributes).map(i -> places[i]).sorted().toArray();
    try {
      if (wanted.length > 0) {
        table.read(
            wanted,
            execution,
            (column, values, first, count) ->
                consumer.accept(requireNonNull(attributeOf.get(column)), values, first, count));
      }
    } catch (IOException | RuntimeException e) {
      if (state.hasChanged() && !(e instanceof InterruptedIOException)) {
        throw (IllegalArgumentException) state.changed().initCause(e);
      }
      throw e;
    }
    if (state.hasChanged()) {
      throw state.changed();
    }
  }

  /** The first values that are not finite. */
  private final class NotFinite {
    private long nan = Long.MAX_VALUE; // sample and attribute
    private long infinite = Long.MAX_VALUE;

    /** Whether all are finite, or may be missing. */
    boolean check(int attribute, double[] values, int first, int count, boolean mayBeMissing) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += values[i] * 0; // NaN from the first that is not finite on
      }
      return sum == 0 || note(attribute, values, first, count, mayBeMissing);
    }

    private synchronized boolean note(
        int attribute, double[] values, int first, int count, boolean mayBeMissing) {
      boolean fine = true;
      for (int i = 0; i < count; i++) {
        long place = ((long) (first + i) << Integer.SIZE) | attribute;
        if (Double.isNaN(values[i]) && !mayBeMissing) {
          nan = Math.min(nan, place);
          fine = false;
        } else if (Double.isInfinite(values[i])) {
          infinite = Math.min(infinite, place);
          fine = false;
        }
      }
      return fine;
    }

    void throwFirst() {
      if (nan != Long.MAX_VALUE) {
        throw RawRows.notANumber(
            selected.attribute((int) nan).name(), (int) (nan >>> Integer.SIZE), state.file());
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
    long missingCount = 0;
    for (int source = 0; source < sources.length; source++) {
      UnitColumn column = requireNonNull(columns.remove(attributes[source]));
      sources[source] = column.states();
      column.facts().ifPresent(levels::add);
      missingCount += column.missingCount();
    }
    return new Counted(
        SampledDistribution.ofColumns(
            sources,
            counting.countingOf(classes),
            counting.countingWeights(),
            samples.map(counting::countingOf),
            meaning,
            counting.leftOut()),
        missingCount,
        levels,
        Optional.empty());
  }
}
