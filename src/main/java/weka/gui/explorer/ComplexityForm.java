package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.swing.BoxLayout;
import javax.swing.DefaultComboBoxModel;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.Scrollable;
import javax.swing.table.AbstractTableModel;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.Method;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.coarsegraining.GroupingObjective;
import nnpid.command.OptionNames;
import nnpid.command.Task;
import nnpid.decomposition.Measure;
import nnpid.distribution.WeightMeaning;
import nnpid.weka.UnitSelection;
import weka.core.Attribute;
import weka.core.Instances;
import weka.core.Utils;

/**
 * The choices on the left of the panel. They are those of the command line, and what the form makes
 * of them is its options.
 */
@SuppressWarnings("serial")
final class ComplexityForm extends JPanel implements Scrollable {
  /** What messages call the options that have fields here. */
  static final OptionNames NAMES =
      new OptionNames(
          Set.of(
              "c",
              "layers",
              "Q",
              "measure",
              "method",
              "precision",
              "time-limit",
              "subset-size",
              "draws",
              "groups-count",
              "grouping",
              "objective",
              "min-group-size",
              "max-group-size",
              "steps",
              "weights-are",
              "permutations",
              "seed",
              "train",
              "repeats"),
          "More options");

  /** What a text field has if nothing is chosen. */
  private static final String AUTO = "auto";

  private static final String ONE_LAYER = "all";

  private final JComboBox<String> classChoice = new WideBox<>();
  private final JCheckBox oneLayer = new JCheckBox("All attributes as one layer");
  private final JComboBox<String> pattern =
      new WideBox<>(UnitSelection.LAYER_PATTERNS.toArray(String[]::new));
  private final LayerModel layers = new LayerModel();
  private final JTable layerTable = new LayerTable(layers);
  private final JLabel layerProblem = new JLabel(" ");
  private final JComboBox<Measure> measure = new WideBox<>();
  private final JComboBox<String> method = new WideBox<>();
  private final JTextField precision = field("0.01");
  private final JTextField timeLimit = field("");
  private final JTextField subsetSize = field("5");
  private final JTextField draws = field("25");
  private final JTextField groupCount = field("");
  private final JComboBox<String> grouping =
      new WideBox<>(
          CoarseGrainingSettings.OPTIMIZE,
          CoarseGrainingSettings.SEQUENTIAL,
          CoarseGrainingSettings.RANDOM);
  private final JComboBox<GroupingObjective> objective = new WideBox<>(GroupingObjective.values());
  private final JTextField minGroupSize = field("1");
  private final JTextField maxGroupSize = field("");
  private final JTextField steps = field("1000");
  private final JComboBox<WeightMeaning> weightMeaning = new WideBox<>();
  private final JTextField permutations = field("0");
  private final JTextField seed = field("1");
  private final JTextField others = field("");
  private final List<Component> coverageRows = new ArrayList<>();
  private final List<Component> timeLimitRows = new ArrayList<>();
  private final List<Component> subsamplingRows = new ArrayList<>();
  private final List<Component> groupingRows = new ArrayList<>();
  private final Supplier<String> quantizer;
  private Instances header;
  private int row;

  /**
   * An empty form.
   *
   * @param quantizer the command line of the quantizing filter
   */
  ComplexityForm(Supplier<String> quantizer) {
    super(new GridBagLayout());
    this.quantizer = quantizer;
    Stream.of(Measure.values()).forEach(measure::addItem);
    Stream.of(Method.values()).forEach(m -> method.addItem(m.toString()));
    method.setRenderer(new Described(value -> Method.parse((String) value).description()));
    measure.setRenderer(new Described(value -> ((Measure) value).description()));
    Stream.of(WeightMeaning.values()).forEach(weightMeaning::addItem);
    weightMeaning.setRenderer(new Described(value -> ((WeightMeaning) value).description()));
    pattern.setEditable(true);
    grouping.setEditable(true);

    addRow(
        "Class",
        'c',
        classChoice,
        "complexity.class",
        "The class: the target of the information. It must be nominal.");
    addWide(
        oneLayer,
        "complexity.oneLayer",
        "Takes all attributes but the class as the units of one layer.");
    oneLayer.setMnemonic('a');
    addRow(
        "Layers",
        'l',
        pattern,
        "complexity.pattern",
        "<html>Regular expression with one capturing group for whole attribute names:<br>"
            + "units with the same captured text are a layer, e.g. (L\\d+)_.* for L1_1, L1_2, ..."
            + "<br>Choose one, or type and press Enter.</html>");
    JScrollPane layerPane =
        new JScrollPane(layerTable) {
          /** The layout takes it for all parts once there is too little room for one. */
          @Override
          public Dimension getMinimumSize() {
            return getPreferredSize();
          }
        };
    addWide(
        layerPane,
        "complexity.layers",
        "The layers found, with their numbers of units. Only those checked are analyzed.");
    layerTable.setName("complexity.layerTable");
    ComplexitySummary.leaveByTab(layerTable);
    layerTable.setToolTipText(layerPane.getToolTipText());
    addWide(layerButtons(), "complexity.layerButtons", null);
    addRow(
        "Measure",
        'm',
        measure,
        "complexity.measure",
        "What it means that units share information; sx is the paper's choice.");
    addRow(
        "Method",
        'e',
        method,
        "complexity.method",
        "<html>How the information by degree of synergy is computed.<br>auto: exact up to 6 units,"
            + " an estimate with its standard error for more.</html>");
    coverageRows.addAll(
        addRow(
            "Precision",
            'n',
            precision,
            "complexity.precision",
            "Estimates (more than 6 units) end when the standard error of C is this small."));
    groupingRows.addAll(
        addRow(
            "Group count",
            'n',
            groupCount,
            "complexity.groupCount",
            "<html>Number of groups, up to 6. Empty for 5, one for every unit if they are fewer,"
                + "<br>or as many as are given.</html>"));
    groupingRows.addAll(
        addRow(
            "Grouping",
            'v',
            grouping,
            "complexity.grouping",
            "<html>optimize: the groups with the best objective are searched for.<br>"
                + "sequential: the units in their order, in groups of equal size. random.<br>"
                + "Or type the groups: numbers of units within the layer, such as 1,2;3-5</html>"));
    groupingRows.addAll(
        addRow(
            "Objective",
            'j',
            objective,
            "complexity.objective",
            "<html>What the best groups are.<br>tightest-lower: the largest lower bound of C."
                + "<br>tightest-upper: the smallest upper bound.<br>gap: the smallest distance"
                + " between them.<br>least-synergy: the groups from which the information is"
                + " easiest to read.</html>"));
    groupingRows.addAll(
        addRow(
            "Group sizes",
            'z',
            sizes(),
            "complexity.groupSizes",
            "Least and largest number of units in a group; the latter empty for any."));
    groupingRows.addAll(
        addRow(
            "Steps",
            'q',
            steps,
            "complexity.steps",
            "<html>Accepted moves of the search for groups; it also ends after 20 times<br>as many"
                + " tried moves.</html>"));
    timeLimitRows.addAll(
        addRow(
            "Time limit",
            'i',
            timeLimit,
            "complexity.timeLimit",
            "<html>Estimates, and the search for groups, end after so many seconds per layer;<br>"
                + "empty for 300.</html>"));
    subsamplingRows.addAll(
        addRow(
            "Subset size",
            'z',
            subsetSize,
            "complexity.subsetSize",
            "Number of units in a random subset."));
    subsamplingRows.addAll(
        addRow("Draws", 'w', draws, "complexity.draws", "Number of random subsets."));
    addRow(
        "Weights are",
        '4', // all letters of the text are taken
        weightMeaning,
        "complexity.weightMeaning",
        "<html>What weights of instances mean, for permutations, R/m and warnings.<br>counts: an"
            + " instance stands for so many samples, as in a table of counts.<br>importance: it is"
            + " one sample. auto: counts if all weights are whole numbers.</html>");
    addRow(
        "Permutations",
        'r',
        permutations,
        "complexity.permutations",
        "Compares with so many shuffles of the classes, for p-values; 0 for no comparison.");
    addRow("Seed", 'd', seed, "complexity.seed", "Seed of everything random.");
    addRow(
        "More options",
        'o',
        others,
        "complexity.others",
        "<html>Further options of the command line, such as<br>-groups \"1,2;3-5\" (coarse"
            + " sources), -weights NAME, -missing drop,<br>-nominal-class (makes every value of a"
            + " numeric class a class), -pointwise target, -threads 1</html>");

    GridBagConstraints rest = new GridBagConstraints();
    rest.gridy = row;
    rest.weighty = 1;
    add(new JPanel(null), rest);

    classChoice.addActionListener(e -> findLayers());
    oneLayer.addActionListener(e -> findLayers());
    pattern.addActionListener(e -> findLayers());
    method.addActionListener(e -> showMethodOptions());
    grouping.addActionListener(e -> showMethodOptions());
    showMethodOptions();
  }

  private static JTextField field(String text) {
    return new JTextField(text, 6);
  }

  private JPanel layerButtons() {
    JPanel buttons = new JPanel(new BorderLayout(4, 0));
    JPanel both = new JPanel(new java.awt.GridLayout(1, 2, 4, 0));
    for (boolean on : new boolean[] {true, false}) {
      JButton button = new JButton(on ? "All" : "None");
      button.setToolTipText(on ? "Checks all layers." : "Unchecks all layers.");
      button.setMargin(new Insets(0, 4, 0, 4));
      button.addActionListener(e -> layers.checkAll(on));
      both.add(button);
    }
    layerProblem.setName("complexity.layerProblem");
    buttons.add(both, BorderLayout.EAST);
    buttons.add(layerProblem, BorderLayout.CENTER);
    return buttons;
  }

  /** Two fields in a row. */
  private JComponent sizes() {
    JPanel sizes = new JPanel();
    sizes.setLayout(new BoxLayout(sizes, BoxLayout.LINE_AXIS));
    minGroupSize.setColumns(3);
    maxGroupSize.setColumns(3);
    minGroupSize.setName("complexity.minGroupSize");
    minGroupSize.setToolTipText("Least number of units in a group.");
    maxGroupSize.setName("complexity.maxGroupSize");
    maxGroupSize.setToolTipText("Largest number of units in a group; empty for any.");
    JLabel to = new JLabel(" to ");
    to.setLabelFor(maxGroupSize);
    to.setToolTipText(maxGroupSize.getToolTipText());
    sizes.add(minGroupSize);
    sizes.add(to);
    sizes.add(maxGroupSize);
    return sizes;
  }

  private List<Component> addRow(
      String text, char mnemonic, JComponent field, String name, String toolTip) {
    JLabel label = new JLabel(text);
    // Of several fields the first.
    label.setLabelFor(field instanceof JPanel ? field.getComponent(0) : field);
    label.setDisplayedMnemonic(mnemonic);
    label.setToolTipText(toolTip);
    field.setToolTipText(toolTip);
    field.setName(name);
    GridBagConstraints place = new GridBagConstraints();
    place.gridy = row;
    place.anchor = GridBagConstraints.WEST;
    place.insets = new Insets(1, 4, 1, 4);
    add(label, place);
    place.gridx = 1;
    place.weightx = 1;
    place.fill = GridBagConstraints.HORIZONTAL;
    add(field, place);
    row++;
    return List.of(label, field);
  }

  private void addWide(JComponent component, String name, String toolTip) {
    component.setName(name);
    component.setToolTipText(toolTip);
    GridBagConstraints place = new GridBagConstraints();
    place.gridy = row++;
    place.gridwidth = 2;
    place.weightx = 1;
    place.fill = GridBagConstraints.HORIZONTAL;
    place.insets = new Insets(1, 4, 1, 4);
    add(component, place);
  }

  private static void show(List<Component> rows, boolean visible) {
    rows.forEach(component -> component.setVisible(visible));
  }

  private void showMethodOptions() {
    Object chosen = method.getSelectedItem();
    boolean coverage = AUTO.equals(chosen) || Method.COVERAGE.toString().equals(chosen);
    boolean groups = Method.COARSE_GRAINING.toString().equals(chosen);
    show(coverageRows, coverage);
    show(timeLimitRows, coverage || groups);
    show(subsamplingRows, Method.SUBSAMPLING.toString().equals(chosen));
    show(groupingRows, groups);
    boolean searched = CoarseGrainingSettings.OPTIMIZE.equals(text(grouping));
    objective.setEnabled(searched);
    steps.setEnabled(searched);
    revalidate();
  }

  /** Takes over new data: their attributes, class and layers. */
  void setInstances(Instances data) {
    header = null; // no search for layers meanwhile
    String before = String.valueOf(classChoice.getSelectedItem());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < data.numAttributes(); i++) {
      Attribute attribute = data.attribute(i);
      names.add("(" + Attribute.typeToStringShort(attribute) + ") " + attribute.name());
    }
    classChoice.setModel(new DefaultComboBoxModel<>(names.toArray(String[]::new)));
    int classIndex = data.classIndex() >= 0 ? data.classIndex() : names.size() - 1;
    classChoice.setSelectedIndex(names.contains(before) ? names.indexOf(before) : classIndex);
    header = new Instances(data, 0);
    adoptPattern();
    findLayers();
  }

  /** Keeps the pattern if it finds something, else takes the first preset that does, or none. */
  private void adoptPattern() {
    boolean found =
        Stream.concat(Stream.of(patternText()), UnitSelection.LAYER_PATTERNS.stream())
            .filter(this::findsLayers)
            .findFirst()
            .map(
                regex -> {
                  pattern.setSelectedItem(regex);
                  return true;
                })
            .orElse(false);
    oneLayer.setSelected(!found);
  }

  /** Whether a pattern finds layers of more than one unit. */
  private boolean findsLayers(String regex) {
    try {
      return !regex.isEmpty()
          && UnitSelection.layersOf(header, classChoice.getSelectedIndex(), regex).values().stream()
              .allMatch(units -> units.length > 1);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String patternText() {
    return text(pattern);
  }

  /** What is typed into a box, or chosen. */
  private static String text(JComboBox<String> box) {
    return String.valueOf(box.getEditor().getItem()).strip();
  }

  private void findLayers() {
    pattern.setEnabled(!oneLayer.isSelected());
    if (header == null || classChoice.getSelectedIndex() < 0) {
      return;
    }
    String problem = " ";
    Map<String, int[]> found = Map.of();
    try {
      found =
          UnitSelection.layersOf(
              header,
              classChoice.getSelectedIndex(),
              oneLayer.isSelected() ? ONE_LAYER : patternText());
    } catch (IllegalArgumentException e) {
      // Start tells the whole sentence in a dialog.
      problem = "The pattern finds no layers.";
      layerProblem.setToolTipText(NAMES.in(e.getMessage()));
    }
    layerProblem.setText(problem);
    layers.set(found);
  }

  /**
   * The options of the command line for what is chosen.
   *
   * @throws IllegalArgumentException if the choices do not go together; the message says how
   */
  List<String> options() {
    List<String> options = new ArrayList<>();
    List<String> other = otherOptions();
    if (Task.isTraining(other.toArray(String[]::new))) {
      throw new IllegalArgumentException(
          "The field \"More options\" must not ask for a training: the other fields are about the"
              + " loaded data.\nMaybe use the view Training.");
    }
    addUnless(other, options, "-c", classNumber());
    addLayers(other, options);
    addUnless(other, options, "-Q", quantizer.get());
    addMethod(other, options);
    addUnless(other, options, "-weights-are", weightMeaningText());
    addUnless(other, options, "-permutations", permutations.getText().strip());
    addUnless(other, options, "-seed", seed.getText().strip());
    options.addAll(other);
    return options;
  }

  /**
   * The options for what is chosen that do not tell which attributes are units: those for layers of
   * a network that is trained.
   *
   * @throws IllegalArgumentException if the choices do not go together; the message says how
   */
  List<String> trainingOptions() {
    List<String> options = new ArrayList<>();
    List<String> other = otherOptions();
    addUnless(other, options, "-c", classNumber());
    addMethod(other, options);
    addUnless(other, options, "-weights-are", weightMeaningText());
    addUnless(other, options, "-seed", seed.getText().strip());
    options.addAll(other);
    return options;
  }

  private String weightMeaningText() {
    return ((WeightMeaning) weightMeaning.getSelectedItem()).toString();
  }

  private List<String> otherOptions() {
    try {
      return List.of(Utils.splitOptions(others.getText()));
    } catch (Exception e) {
      // Weka declares Exception; it is about quotes.
      throw new IllegalArgumentException(
          "The field \"More options\" (" + others.getText() + ") must have its quotes closed.", e);
    }
  }

  private String classNumber() {
    return Integer.toString(classChoice.getSelectedIndex() + 1);
  }

  private void addLayers(List<String> other, List<String> options) {
    if (oneLayer.isSelected()) {
      addUnless(other, options, "-layers", ONE_LAYER);
    } else {
      String regex = patternText();
      if (regex.isEmpty()) {
        throw new IllegalArgumentException(
            "The pattern of the layers must not be empty.\n"
                + "Maybe check \"All attributes as one layer\".");
      }
      // Throws if the pattern is none, or finds nothing.
      Map<String, int[]> found =
          UnitSelection.layersOf(header, classChoice.getSelectedIndex(), regex);
      addUnless(other, options, "-layers", regex);
      layers.set(found);
      Set<Integer> units = layers.checkedUnits();
      if (units.isEmpty()) {
        throw new IllegalArgumentException("At least one layer must be checked: none is.");
      }
      if (units.size() < header.numAttributes() - 1) {
        addUnless(other, options, "-sources", ranges(units));
      }
    }
  }

  private void addMethod(List<String> other, List<String> options) {
    addUnless(other, options, "-measure", ((Measure) measure.getSelectedItem()).toString());
    addUnless(other, options, "-method", String.valueOf(method.getSelectedItem()));
    // Hidden fields may hold anything.
    if (precision.isVisible()) {
      addUnless(other, options, "-precision", precision.getText().strip());
    }
    if (timeLimit.isVisible()) {
      addUnless(other, options, "-time-limit", timeLimit.getText().strip());
    }
    if (subsetSize.isVisible()) {
      addUnless(other, options, "-subset-size", subsetSize.getText().strip());
      addUnless(other, options, "-draws", draws.getText().strip());
    }
    if (grouping.isVisible()) {
      addUnless(other, options, "-groups-count", groupCount.getText().strip());
      addUnless(other, options, "-grouping", text(grouping));
      addUnless(other, options, "-objective", String.valueOf(objective.getSelectedItem()));
      addUnless(other, options, "-min-group-size", minGroupSize.getText().strip());
      addUnless(other, options, "-max-group-size", maxGroupSize.getText().strip());
      addUnless(other, options, "-steps", steps.getText().strip());
    }
  }

  /** What is typed into the field for further options goes first; an empty field is no option. */
  private static void addUnless(
      List<String> other, List<String> options, String flag, String value) {
    if (!value.isEmpty() && !other.contains(flag)) {
      options.add(flag);
      options.add(value);
    }
  }

  /** Attribute indices, counted from 0, as a list of ranges, counted from 1. */
  static String ranges(Set<Integer> indices) {
    List<String> ranges = new ArrayList<>();
    int first = -2;
    int last = -2;
    for (int index : new TreeSet<>(indices)) {
      if (index != last + 1) {
        add(ranges, first, last);
        first = index;
      }
      last = index;
    }
    add(ranges, first, last);
    return String.join(",", ranges);
  }

  private static void add(List<String> ranges, int first, int last) {
    if (first >= 0) {
      ranges.add(first == last ? "" + (first + 1) : (first + 1) + "-" + (last + 1));
    }
  }

  /** A few words for the list of results on a run with these options. */
  static String description(List<String> options) {
    return options.get(options.indexOf("-measure") + 1)
        + ", "
        + options.get(options.indexOf("-method") + 1);
  }

  /**
   * Fills the form from options of the command line; those it has no field for go to the last
   * field. Without a pattern of layers, or with one that finds none, the data decide. The quantizer
   * is the caller's.
   *
   * @throws Exception if they are not options of the analysis
   */
  void setOptions(String[] given) throws Exception {
    String[] options = given.clone();
    Task.parse(options);
    String layersOption = Utils.getOption("layers", options);
    if (!layersOption.isEmpty() && !layersOption.equals(ONE_LAYER)) {
      pattern.setSelectedItem(layersOption);
    }
    chooseClass(options);
    measure.setSelectedItem(Measure.parse(option("measure", options, Measure.SX.toString())));
    method.setSelectedItem(option("method", options, AUTO));
    LayerAnalysis defaults = LayerAnalysis.DEFAULT;
    precision.setText(
        option("precision", options, Double.toString(defaults.coverage().precision())));
    timeLimit.setText(option("time-limit", options, ""));
    subsetSize.setText(option("subset-size", options, Integer.toString(defaults.subsets().size())));
    draws.setText(option("draws", options, Integer.toString(defaults.subsets().draws())));
    CoarseGrainingSettings groups = defaults.coarseGraining();
    groupCount.setText(option("groups-count", options, ""));
    grouping.setSelectedItem(option("grouping", options, groups.grouping()));
    objective.setSelectedItem(
        GroupingObjective.parse(option("objective", options, groups.objective().toString())));
    minGroupSize.setText(
        option("min-group-size", options, Integer.toString(groups.minGroupSize())));
    maxGroupSize.setText(option("max-group-size", options, ""));
    steps.setText(option("steps", options, Integer.toString(groups.search().stepLimit())));
    weightMeaning.setSelectedItem(
        WeightMeaning.parse(option("weights-are", options, defaults.weightMeaning().toString())));
    permutations.setText(
        option("permutations", options, Integer.toString(defaults.wanted().permutations())));
    seed.setText(option("seed", options, Long.toString(defaults.seed())));
    Utils.getOption("Q", options);
    others.setText(
        Utils.joinOptions(
            Arrays.stream(options).filter(text -> !text.isEmpty()).toArray(String[]::new)));
    if (header != null) {
      if (layersOption.equals(ONE_LAYER)) {
        oneLayer.setSelected(true);
      } else {
        adoptPattern();
      }
      findLayers();
    }
  }

  /** Takes the class out of the options if it is an attribute of the data, by number or name. */
  private void chooseClass(String[] options) throws Exception {
    int position = Utils.getOptionPos("c", options);
    if (header == null || position < 0) {
      return;
    }
    String wanted = options[position + 1];
    for (int i = 0; i < header.numAttributes(); i++) {
      if (wanted.equals(Integer.toString(i + 1)) || wanted.equals(header.attribute(i).name())) {
        classChoice.setSelectedIndex(i);
        Utils.getOption("c", options);
        return;
      }
    }
  }

  private static String option(String name, String[] options, String defaultValue)
      throws Exception {
    String value = Utils.getOption(name, options);
    return value.isEmpty() ? defaultValue : value;
  }

  /** The layout squeezes everything to the minimum once there is too little room for one part. */
  @Override
  public Dimension getMinimumSize() {
    return getPreferredSize();
  }

  @Override
  public Dimension getPreferredScrollableViewportSize() {
    return getPreferredSize();
  }

  @Override
  public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
    return layerTable.getRowHeight();
  }

  @Override
  public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
    return visible.height;
  }

  @Override
  public boolean getScrollableTracksViewportWidth() {
    return true;
  }

  @Override
  public boolean getScrollableTracksViewportHeight() {
    return false;
  }

  /** In the list with a description, in the box without. */
  private static final class Described extends DefaultListCellRenderer {
    private final transient Function<Object, String> description;

    Described(Function<Object, String> description) {
      this.description = description;
    }

    @Override
    public Component getListCellRendererComponent(
        JList<?> list, Object value, int index, boolean selected, boolean focused) {
      String name =
          value instanceof Measure one
              ? one.toString()
              : value instanceof WeightMeaning one ? one.toString() : String.valueOf(value);
      return super.getListCellRendererComponent(
          list,
          index < 0 || value == null ? name : name + " - " + description.apply(value),
          index,
          selected,
          focused);
    }
  }

  /** Its list is as wide as its texts, even if the box is not: that must not widen the form. */
  private static final class WideBox<E> extends JComboBox<E> {
    /** Width of the box in heights of its text. */
    private static final int WIDTH = 10;

    private boolean layingOut;

    @SafeVarargs
    @SuppressWarnings("varargs")
    WideBox(E... items) {
      super(items);
    }

    @Override
    public Dimension getPreferredSize() {
      int line = getFontMetrics(getFont()).getHeight();
      return new Dimension(WIDTH * line, super.getPreferredSize().height);
    }

    @Override
    public void doLayout() {
      layingOut = true;
      super.doLayout();
      layingOut = false;
    }

    @Override
    public Dimension getSize() {
      Dimension size = super.getSize();
      // Asked for by the list that pops up.
      return layingOut || !isShowing()
          ? size
          : new Dimension(Math.max(size.width, widestItem()), size.height);
    }

    private int widestItem() {
      JList<E> list = new JList<>(getModel());
      list.setFont(getFont());
      int width = 0;
      for (int i = 0; i < Math.min(200, getItemCount()); i++) {
        width =
            Math.max(
                width,
                getRenderer()
                    .getListCellRendererComponent(list, getItemAt(i), i, false, false)
                    .getPreferredSize()
                    .width);
      }
      return Math.min(width + 30, 600);
    }
  }

  /** Five layers are in view; rows are as tall as the font. */
  private static final class LayerTable extends JTable {
    LayerTable(LayerModel model) {
      super(model);
      setTableHeader(null);
      setShowGrid(false);
      setIntercellSpacing(new Dimension(4, 0));
      setFillsViewportHeight(true);
    }

    @Override
    public void updateUI() {
      super.updateUI();
      int line = getFontMetrics(getFont()).getHeight() + 2;
      setRowHeight(line);
      setPreferredScrollableViewportSize(new Dimension(160, 5 * line));
      getColumnModel().getColumn(0).setMaxWidth(line + 14);
    }
  }

  /** The layers found: checked or not, name, number of units. */
  private static final class LayerModel extends AbstractTableModel {
    private final List<String> names = new ArrayList<>();
    private final List<int[]> units = new ArrayList<>();
    private final List<Boolean> checked = new ArrayList<>();

    /** Layers that were there before stay checked or not, new ones are checked. */
    void set(Map<String, int[]> found) {
      Set<String> unchecked = new TreeSet<>();
      for (int i = 0; i < names.size(); i++) {
        if (!checked.get(i)) {
          unchecked.add(names.get(i));
        }
      }
      names.clear();
      units.clear();
      checked.clear();
      found.forEach(
          (name, indices) -> {
            names.add(name);
            units.add(indices);
            checked.add(!unchecked.contains(name));
          });
      fireTableDataChanged();
    }

    void checkAll(boolean on) {
      checked.replaceAll(before -> on);
      fireTableRowsUpdated(0, Math.max(0, names.size() - 1));
    }

    Set<Integer> checkedUnits() {
      Set<Integer> all = new TreeSet<>();
      for (int i = 0; i < names.size(); i++) {
        if (checked.get(i)) {
          Arrays.stream(units.get(i)).forEach(all::add);
        }
      }
      return all;
    }

    @Override
    public int getRowCount() {
      return names.size();
    }

    @Override
    public int getColumnCount() {
      return 3;
    }

    @Override
    public Class<?> getColumnClass(int column) {
      return column == 0 ? Boolean.class : String.class;
    }

    @Override
    public boolean isCellEditable(int rowIndex, int column) {
      return column == 0;
    }

    @Override
    public Object getValueAt(int rowIndex, int column) {
      int count = units.get(rowIndex).length;
      return switch (column) {
        case 0 -> checked.get(rowIndex);
        case 1 -> names.get(rowIndex);
        default -> count == 1 ? "1 unit" : count + " units";
      };
    }

    @Override
    public void setValueAt(Object value, int rowIndex, int column) {
      checked.set(rowIndex, (Boolean) value);
      fireTableCellUpdated(rowIndex, column);
    }
  }
}
