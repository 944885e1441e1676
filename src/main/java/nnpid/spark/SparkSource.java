package nnpid.spark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import nnpid.analysis.UnitLevels;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.LevelRules;
import nnpid.distribution.LimitRule;
import nnpid.distribution.Quantizer;
import nnpid.distribution.Quantizer.Rounding;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.SampledDistribution.LeftOut;
import nnpid.distribution.StateColumn;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.execution.Transfer;
import nnpid.weka.ClassOfNumbers;
import nnpid.weka.InstancesBridge.MissingValues;
import nnpid.weka.LayerSource;
import nnpid.weka.UnitQuantizer;
import nnpid.weka.UnitSelection;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import weka.core.Attribute;
import weka.core.Instances;
import weka.filters.Filter;

/**
 * Layers of a table in a cluster. Rows are read three times where they are: for the classes, for
 * the limits of levels, and to be counted. Layers of few units come as counts; of wide ones all
 * levels come, or, if these are too many for the driver, those of rows drawn at random. Not
 * thread-safe.
 */
final class SparkSource implements LayerSource {
  private static final double MEGABYTE = 1e6;

  /** What a joint state takes on the driver, about, while it becomes a distribution. */
  private static final int CELL_BYTES = 300;

  private final Table table;
  private final Instances selected;
  private final UnitQuantizer quantizer;
  private final LevelRules rules;
  private final int[] attributes; // of the row's units
  private final RowPlan plan;
  private final int[] columns; // of the table, those of a row
  private final RowFacts facts;
  private final Drawing drawing;
  private final Map<Integer, Counted> counted = new HashMap<>(); // by first attribute of the layer
  private final Map<Integer, String> notes = new HashMap<>();

  private SparkSource(
      Table table,
      Instances selected,
      UnitQuantizer quantizer,
      LevelRules rules,
      int[] attributes,
      RowPlan plan,
      int[] columns,
      RowFacts facts,
      Drawing drawing) {
    this.table = table;
    this.selected = selected;
    this.quantizer = quantizer;
    this.rules = rules;
    this.attributes = attributes;
    this.plan = plan;
    this.columns = columns;
    this.facts = facts;
    this.drawing = drawing;
  }

  /** Which pass of a sample a row is would have to be known by its place in the data. */
  private static void requireOnePass(UnitSelection selection, Instances header) {
    if (selection.samples(header).isPresent()) {
      throw new IllegalArgumentException(
          "Passes of samples (-samples) are not known on Spark, whose rows have no order.\nMaybe"
              + " analyze them on one machine, or use -samples none if every row is a sample.");
    }
  }

  /**
   * The layers of a table.
   *
   * @throws IllegalArgumentException if it does not have what is selected, or this cannot be done
   *     on Spark; the message says what
   * @throws Exception if a filter of Weka fails
   */
  static SparkSource of(
      Table table,
      UnitSelection selection,
      UnitQuantizer quantizer,
      MissingValues missingValues,
      Drawing drawing)
      throws Exception {
    Instances header = header(table);
    int classIndex = selection.classIndex(header);
    requireOnePass(selection, header);
    int weightIndex = index(table, selection.weightAttribute());
    int[] counting = weightIndex < 0 ? new int[] {classIndex} : new int[] {classIndex, weightIndex};
    if (table.columns().get(classIndex).kind() == Table.Kind.OTHER) {
      throw new IllegalArgumentException(
          String.format(
              "The class \"%s\" must have numbers or at most %d names: it has not.%n"
                  + "Maybe name another class with -c.",
              header.attribute(classIndex).name(), Table.Column.MOST_NAMES));
    }
    RowFacts facts = RowFacts.of(table.rows(counting, false), weightIndex >= 0);
    requireRows(facts, header.attribute(classIndex).name(), selection.weightAttribute());
    double[] classNumbers = new double[0];
    int[] classIndices = new int[0];
    if (header.attribute(classIndex).isNumeric() && selection.nominalClass()) {
      Attribute numeric = header.attribute(classIndex);
      double[] numbers = facts.classes();
      Optional<ClassOfNumbers> classes =
          facts.tooManyClasses() ? Optional.empty() : ClassOfNumbers.of(numeric, numbers);
      if (classes.isEmpty()) {
        throw new IllegalArgumentException(
            String.format(
                "The class \"%s\" must have finite numbers, and at most %d different ones: it has"
                    + " not.%nMaybe name another class with -c.",
                numeric.name(), RowFacts.MOST_CLASSES));
      }
      ClassOfNumbers known = classes.get();
      header.replaceAttributeAt(known.attribute(), classIndex);
      classNumbers = numbers;
      classIndices = Arrays.stream(numbers).mapToInt(known::index).toArray();
    }
    Instances selected = selection.select(header);
    selected.setRelationName(table.relation());
    LevelRules rules =
        quantizer
            .rules(selected)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The quantizer (-Q) must be QuantizeActivations for all units on Spark:"
                            + " other filters must see all data at once.\nMaybe filter the data"
                            + " before."));
    if (rules.rounding() == Rounding.STOCHASTIC) {
      throw new IllegalArgumentException(
          "The rounding of the quantizer (-Q, stochastic) must be another one on Spark: it draws a"
              + " number for every row in the order of the file, which partitions do not have.\n"
              + "Maybe use center-saturating.");
    }
    if (rules.noise() > 0) {
      throw new IllegalArgumentException(
          "The noise of the quantizer (-Q, %s) must be 0 on Spark: it depends on the place of a row in the file, which partitions do not have.\nMaybe add the noise before."
              .formatted(rules.noise()));
    }
    Map<String, int[]> layers = selection.layerUnits(selected);
    int[] attributes =
        layers.values().stream().flatMapToInt(Arrays::stream).sorted().distinct().toArray();
    int[] columns =
        IntStream.concat(
                Arrays.stream(attributes).map(i -> index(table, selected.attribute(i).name())),
                Arrays.stream(counting))
            .toArray();
    RowPlan plan =
        new RowPlan(
            layers.values().stream()
                .map(units -> layer(units, attributes, missingValues))
                .toArray(RowPlan.Layer[]::new),
            Arrays.stream(attributes)
                .map(i -> selected.attribute(i).isNumeric() ? 0 : selected.attribute(i).numValues())
                .toArray(),
            rules.levelCount(),
            classNumbers,
            classIndices,
            weightIndex >= 0);
    return new SparkSource(
        table, selected, quantizer, rules, attributes, plan, columns, facts, drawing);
  }

  private static Instances header(Table table) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (Table.Column column : table.columns()) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "The names of columns must differ: two are \"" + column.name() + "\".");
      }
      attributes.add(
          switch (column.kind()) {
            case NUMBERS -> new Attribute(column.name());
            case NAMES -> new Attribute(column.name(), column.names());
            case OTHER -> new Attribute(column.name(), true);
          });
    }
    return new Instances(table.relation(), attributes, 0);
  }

  /** -1 if there is none. */
  private static int index(Table table, String name) {
    return IntStream.range(0, table.columns().size())
        .filter(i -> table.columns().get(i).name().equals(name))
        .findFirst()
        .orElse(-1);
  }

  private static void requireRows(RowFacts facts, String className, String weights) {
    if (facts.rowCount() == 0) {
      throw new IllegalArgumentException("The data must have instances: there are none.");
    }
    if (facts.badWeight() != 1) {
      throw new IllegalArgumentException(
          String.format(
              "The weights (-weights %s) must be numbers of samples on Spark: one is %s, and sums of"
                  + " others depend on the order.%nMaybe use one machine.",
              weights, facts.badWeight()));
    }
    if (facts.withoutClass() == facts.rowCount()) {
      throw new IllegalArgumentException(
          "At least one instance must have a class: \"" + className + "\" is missing in all.");
    }
    if (facts.counting() == 0) {
      throw new IllegalArgumentException(
          "At least one instance with a class must have a weight above 0: none has.");
    }
  }

  private static RowPlan.Layer layer(int[] units, int[] attributes, MissingValues missingValues) {
    return new RowPlan.Layer(
        Arrays.stream(units).map(unit -> Arrays.binarySearch(attributes, unit)).toArray(),
        missingValues == MissingValues.DROP);
  }

  @Override
  public Instances header() {
    return selected;
  }

  @Override
  public String quantization() {
    return quantizer.describe(selected);
  }

  @Override
  public Optional<String> note(int[] units) {
    return Optional.ofNullable(notes.get(units[0]));
  }

  @Override
  public boolean read(Execution execution) throws Exception {
    List<Integer> narrow = new ArrayList<>();
    List<Integer> wide = new ArrayList<>();
    int classCount = selected.classAttribute().numValues();
    for (int layer = 0; layer < plan.layers().length; layer++) {
      boolean fits = CellCode.bits(plan, plan.layers()[layer], classCount) <= CellCode.MOST_BITS;
      (fits ? narrow : wide).add(layer);
    }
    // Each pass has as many layers as their number has bits left.
    for (int from = 0; from < narrow.size(); from += 128) {
      wide.addAll(
          countCells(
              narrow.subList(from, Math.min(narrow.size(), from + 128)), execution.step(0, 0.5)));
    }
    wide.sort(null);
    if (!wide.isEmpty()) {
      readWide(wide, execution.step(0.5, 1));
    }
    return true;
  }

  /**
   * Some layers, and rows that have nothing else.
   *
   * @param layers which they are
   * @param plan what the rows are
   * @param names of the units
   * @param columns of the table
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes them
  private record Some(List<Integer> layers, RowPlan plan, List<String> names, int[] columns) {}

  private Some some(List<Integer> indices) {
    int[] units = plan.units(indices);
    return new Some(
        List.copyOf(indices),
        plan.of(indices),
        Arrays.stream(units).mapToObj(unit -> selected.attribute(attributes[unit]).name()).toList(),
        IntStream.concat(Arrays.stream(units), IntStream.range(plan.unitCount(), columns.length))
            .map(i -> columns[i])
            .toArray());
  }

  private Leveled.How how(Some some, Learned learned, boolean counted) {
    int unitCount = some.plan.unitCount();
    Quantizer[] quantizers = new Quantizer[unitCount];
    List<UnitLevels.Limits> limits = new ArrayList<>();
    for (int unit = 0; unit < unitCount; unit++) {
      String name = some.names.get(unit);
      if (learned.notFinite(unit) > 0) {
        throw new IllegalArgumentException(
            String.format(
                "Attribute \"%s\" must have finite values: %d of its values are NaN or infinite.%n"
                    + "Maybe the network diverged; check the epoch before.",
                name, learned.notFinite(unit)));
      }
      LimitRule.Limits found =
          learned.isEmpty(unit) ? new LimitRule.Limits(0, 0) : learned.limits(unit);
      limits.add(new UnitLevels.Limits(found.low(), found.high(), rules.limits()));
      quantizers[unit] = rules.quantizer(name, found);
    }
    return new Leveled.How(some.plan, quantizers, limits, counted);
  }

  /** Counts layers by their joint states; gives those back that have too many of them. */
  private List<Integer> countCells(List<Integer> indices, Execution execution) {
    Some some = some(indices);
    JavaRDD<Sample> rows = table.rows(some.columns, false);
    Leveled.How how = how(some, Learned.of(rows, some.plan, rules.limits(), facts.weight()), true);
    execution.progress(0.5);
    byte[] sent = Transfer.bytes(how);
    JavaRDD<byte[]> parts =
        rows.mapPartitions(part -> Leveled.of(part, sent)).persist(StorageLevel.MEMORY_AND_DISK());
    JavaPairRDD<Long, Long> cells =
        parts
            .flatMapToPair(part -> ((Leveled) Transfer.object(part)).cells().pairs())
            .reduceByKey(Long::sum)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      double fitting = drawing.driverBytes() / CELL_BYTES;
      Map<Integer, Long> cellCounts = cellCounts(cells, some.plan);
      List<Integer> tooMany = new ArrayList<>();
      boolean[] taken = new boolean[indices.size()];
      double sum = 0;
      for (int layer = 0; layer < taken.length; layer++) {
        long count = cellCounts.getOrDefault(layer, 0L);
        taken[layer] = sum + count <= fitting;
        if (taken[layer]) {
          sum += count;
        } else {
          tooMany.add(indices.get(layer));
        }
      }
      Leveled all = facts(parts, how);
      collect(cells, some, taken, all);
      execution.progress(1);
      return tooMany;
    } finally {
      cells.unpersist();
      parts.unpersist();
    }
  }

  private static Map<Integer, Long> cellCounts(JavaPairRDD<Long, Long> cells, RowPlan some) {
    int layerCount = some.layers().length;
    return SparkFailure.run(
        cells.context(),
        () ->
            new HashMap<>(
                cells
                    .mapToPair(cell -> new Tuple2<>(new CellCode(some).layer(cell._1()), 1L))
                    .reduceByKey(Long::sum, Math.min(layerCount, 16))
                    .collectAsMap()));
  }

  private static Leveled facts(JavaRDD<byte[]> parts, Leveled.How how) {
    byte[] sent = Transfer.bytes(how);
    byte[] all =
        SparkFailure.run(
            parts.context(),
            () ->
                parts
                    .map(
                        part ->
                            Transfer.bytes(
                                Leveled.facts(
                                    (Leveled.How) Transfer.object(sent),
                                    (Leveled) Transfer.object(part))))
                    .treeReduce(SparkSource::merged));
    return (Leveled) Transfer.object(all);
  }

  private static byte[] merged(byte[] one, byte[] other) {
    Leveled sum = (Leveled) Transfer.object(one);
    sum.mergeFacts((Leveled) Transfer.object(other));
    return Transfer.bytes(sum);
  }

  private void collect(JavaPairRDD<Long, Long> cells, Some some, boolean[] taken, Leveled all) {
    RowPlan here = some.plan;
    CellCode code = new CellCode(here);
    JavaPairRDD<Long, Long> wanted =
        cells.filter(cell -> taken[new CellCode(here).layer(cell._1())]);
    JointDistribution.Counter[] counters =
        Arrays.stream(here.layers())
            .map(layer -> new JointDistribution.Counter(layer.units().length))
            .toArray(JointDistribution.Counter[]::new);
    for (Tuple2<Long, Long> cell : SparkFailure.await(wanted.collectAsync())) {
      int layer = code.layer(cell._1());
      int[] states = new int[here.layers()[layer].units().length];
      int target = code.read(cell._1(), states);
      counters[layer].add(states, target, cell._2());
    }
    for (int layer = 0; layer < taken.length; layer++) {
      if (taken[layer]) {
        requireCounted(all, layer);
        LeftOut leftOut = new LeftOut(facts.withoutClass(), all.dropped(layer), facts.weightless());
        note(
            some,
            layer,
            SampledDistribution.ofCounts(
                counters[layer].toDistribution(), all.rowCount(layer), leftOut),
            all);
      }
    }
  }

  private static void requireCounted(Leveled all, int layer) {
    if (all.rowCount(layer) == 0) {
      throw new IllegalArgumentException(
          "At least one instance must have a class and all values: none has.\n"
              + "Maybe use -missing level, which makes missing values a level of their own.");
    }
  }

  private int firstAttribute(int layer) {
    return attributes[plan.layers()[layer].units()[0]];
  }

  private void note(Some some, int layer, SampledDistribution samples, Leveled all) {
    List<UnitLevels> levels = new ArrayList<>();
    for (int unit : some.plan.layers()[layer].units()) {
      if (some.plan.isNumeric(unit) && !all.counter(unit).isEmpty()) {
        levels.add(all.counter(unit).of(some.names.get(unit)));
      }
    }
    counted.put(
        firstAttribute(some.layers.get(layer)),
        new Counted(samples, all.missing(layer), levels, Optional.empty()));
  }

  /** What the levels of layers take on the driver: they come in parts, and are sorted. */
  private static double bytes(RowPlan some, double rowCount) {
    double bits = 0;
    for (RowPlan.Layer layer : some.layers()) {
      for (int unit : layer.units()) {
        bits += Integer.SIZE - Integer.numberOfLeadingZeros(some.missingState(unit));
      }
    }
    return rowCount * (2 * bits / Byte.SIZE + 24.0 * some.layers().length);
  }

  private void readWide(List<Integer> indices, Execution execution) {
    Some some = some(indices);
    double rowCount = facts.counting();
    double fitting = drawing.driverBytes();
    double needed = bytes(some.plan, rowCount);
    boolean all = needed <= fitting;
    double share = all ? 1 : Math.min(1, drawing.rows() / rowCount);
    if (bytes(some.plan, share * rowCount) > fitting) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The levels of %d units must fit into the driver's memory for the rows that are drawn"
                  + " (%.0f): they need %.0f MB, it has %.0f MB for them.%nMaybe give it more"
                  + " (--driver-memory 8g), choose units with -sources, or draw fewer rows (--conf"
                  + " spark.nnpid.rows=10000).",
              Arrays.stream(some.plan.layers()).mapToInt(layer -> layer.units().length).sum(),
              share * rowCount,
              bytes(some.plan, share * rowCount) / MEGABYTE,
              fitting / MEGABYTE));
    }
    execution.say(
        String.format(
            Locale.ROOT,
            all
                ? "The levels of wide layers (%2$.0f MB of %3$.0f MB) come to the driver."
                : "The levels of wide layers (%2$.0f MB) do not fit into the driver's memory (%3$.0f"
                    + " MB for them): about %1$.0f rows are drawn at random.",
            share * rowCount,
            needed / MEGABYTE,
            fitting / MEGABYTE));
    JavaRDD<Sample> rows = table.rows(some.columns, !all);
    RowFacts here = facts;
    if (!all) {
      long seed = drawing.seed();
      double drawn = share;
      int unitCount = some.plan.unitCount();
      boolean weighted = plan.weighted();
      rows = rows.filter(row -> row.isDrawn(seed, drawn));
      here =
          RowFacts.of(
              rows.map(
                  row ->
                      new Sample(
                          0, Arrays.copyOfRange(row.values(), unitCount, row.values().length))),
              weighted);
      if (here.counting() == 0) {
        throw new IllegalArgumentException(
            "Rows must be drawn of the data: of so few none was.\nMaybe draw more (--conf"
                + " spark.nnpid.rows=1000000).");
      }
    }
    Leveled.How how = how(some, Learned.of(rows, some.plan, rules.limits(), here.weight()), false);
    execution.progress(0.4);
    collect(rows, how, some, here, execution.step(0.4, 1));
    if (!all) {
      String note =
          String.format(
              Locale.ROOT,
              "The layer is too large for the memory of Spark's driver: all figures are those of %d"
                  + " of its %d rows, drawn at random (seed %d).",
              here.rowCount(),
              facts.rowCount(),
              drawing.seed());
      indices.forEach(layer -> notes.put(firstAttribute(layer), note));
    }
  }

  /** Brings the rows of wide layers, those of some partitions at a time. */
  private void collect(
      JavaRDD<Sample> rows, Leveled.How how, Some some, RowFacts here, Execution execution) {
    byte[] sent = Transfer.bytes(how);
    JavaRDD<byte[]> parts = rows.mapPartitions(part -> Leveled.of(part, sent));
    int partCount = parts.getNumPartitions();
    int atOnce = Math.max(2, parts.context().defaultParallelism());
    Leveled all = Leveled.none(how);
    List<List<Leveled.Block>> blocks =
        some.layers.stream().<List<Leveled.Block>>map(layer -> new ArrayList<>()).toList();
    for (int from = 0; from < partCount; from += atOnce) {
      execution.checkCanceled();
      int[] now = IntStream.range(from, Math.min(partCount, from + atOnce)).toArray();
      List<byte[]>[] results =
          SparkFailure.run(parts.context(), () -> parts.collectPartitions(now));
      for (List<byte[]> result : results) {
        for (byte[] part : result) {
          Leveled leveled = (Leveled) Transfer.object(part);
          all.mergeFacts(leveled);
          for (int layer = 0; layer < blocks.size(); layer++) {
            blocks.get(layer).add(leveled.block(layer));
          }
        }
      }
      execution.progress((double) Math.min(partCount, from + atOnce) / partCount);
    }
    for (int layer = 0; layer < blocks.size(); layer++) {
      requireCounted(all, layer);
      LeftOut leftOut = new LeftOut(here.withoutClass(), all.dropped(layer), here.weightless());
      note(some, layer, joined(blocks.get(layer), how.plan(), layer, leftOut), all);
    }
  }

  private static SampledDistribution joined(
      List<Leveled.Block> blocks, RowPlan plan, int layer, LeftOut leftOut) {
    int[] units = plan.layers()[layer].units();
    int rowCount = blocks.stream().mapToInt(block -> block.classes().length).sum();
    StateColumn[] columns = new StateColumn[units.length];
    for (int i = 0; i < columns.length; i++) {
      StateColumn.Builder builder =
          new StateColumn.Builder(rowCount, plan.missingState(units[i]) + 1);
      for (Leveled.Block block : blocks) {
        StateColumn column = block.columns()[i];
        for (int row = 0; row < block.classes().length; row++) {
          builder.add(column.state(row));
        }
        block.columns()[i] = null;
      }
      columns[i] = builder.build();
    }
    return SampledDistribution.ofColumns(
        columns,
        blocks.stream().flatMapToInt(block -> Arrays.stream(block.classes())).toArray(),
        plan.weighted()
            ? blocks.stream().flatMapToDouble(block -> Arrays.stream(block.weights())).toArray()
            : new double[0],
        WeightMeaning.COUNTS,
        leftOut);
  }

  @Override
  public Counted count(
      int[] units, Optional<Filter> learned, MissingValues missingValues, WeightMeaning meaning) {
    if (learned.isPresent()) {
      throw new IllegalStateException("The levels of a table have limits of their own.");
    }
    return requireNonNull(counted.remove(units[0]));
  }
}
