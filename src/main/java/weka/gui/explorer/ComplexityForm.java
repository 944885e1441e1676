package weka.gui.explorer;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Insets;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.table.AbstractTableModel;
import nnpid.command.AnalysisOptions;
import nnpid.command.OptionNames;
import nnpid.command.Task;
import nnpid.weka.SchemeOptions.Property;
import nnpid.weka.Specification;
import nnpid.weka.UnitSelection;
import weka.core.Attribute;
import weka.core.Instances;
import weka.core.Utils;

/**
 * The choices on the left of the panel. They are those of the command line, and what the form makes
 * of them is its options.
 */
@SuppressWarnings("serial")
final class ComplexityForm extends OptionPanel {
  private static final String OTHERS = "More options";

  /** Units whose pairs the view of them can show with their names, in a moment. */
  private static final String USUAL_PAIRS = "24";

  /** Options whose fields depend on the data. */
  private static final Set<String> OF_THE_DATA = Set.of("c", "layers", "Q");

  /** What messages call the options that have fields here, or in the view Training. */
  static final OptionNames NAMES =
      new OptionNames(
          Stream.concat(
                  properties().stream().filter(ComplexityForm::hasField).map(Property::flag),
                  Stream.of("train", "repeats", "epoch", "repeat", "limits-from"))
              .collect(toUnmodifiableSet()),
          OTHERS);

  private static final String ONE_LAYER = "all";

  private final JComboBox<String> classChoice = new WideBox<>();
  private final JCheckBox oneLayer = new JCheckBox("All attributes as one layer");
  private final JComboBox<String> pattern =
      new WideBox<>(UnitSelection.LAYER_PATTERNS.toArray(String[]::new));
  private final LayerModel layers = new LayerModel();
  private final JTable layerTable = new LayerTable(layers);
  private final JLabel layerProblem = new JLabel(" ");
  private final JTextField others = new JTextField(6);
  private final Supplier<String> quantizer;
  private Instances header;

  /**
   * An empty form.
   *
   * @param quantizer the command line of the quantizing filter
   * @param takenKeys keys of what else there is in the window
   */
  ComplexityForm(Supplier<String> quantizer, String takenKeys) {
    super(false);
    this.quantizer = quantizer;
    pattern.setEditable(true);
    addRow(property("c"), classChoice, "complexity.class").setDisplayedMnemonic('c');
    addWide(
        oneLayer,
        "complexity.oneLayer",
        "Takes all attributes but the class as the units of one layer.");
    oneLayer.setMnemonic('a');
    addRow(property("layers"), pattern, "complexity.pattern").setDisplayedMnemonic('l');
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
    AccessibleNames.name(layerTable, "Layers found").setName("complexity.layerTable");
    ComplexitySummary.leaveByTab(layerTable);
    layerTable.setToolTipText(layerPane.getToolTipText());
    addWide(layerButtons(), "complexity.layerButtons", null);
    properties().stream()
        .filter(ComplexityForm::hasField)
        .filter(property -> !OF_THE_DATA.contains(property.flag()))
        .forEach(this::addOption);
    JButton list = new JButton("...");
    AccessibleNames.name(list, "List further options").setName("complexity.listOptions");
    list.setToolTipText("Lists all further options with what they are for, to choose from.");
    list.setMargin(new Insets(0, 4, 0, 4));
    list.addActionListener(e -> listOptions());
    JPanel more = new JPanel(new BorderLayout(4, 0));
    more.add(others, BorderLayout.CENTER);
    more.add(list, BorderLayout.EAST);
    JLabel othersLabel =
        addRow(
            OTHERS,
            more,
            "complexity.moreOptions",
            tip(
                "Further options of the command line: "
                    + properties().stream()
                        .filter(property -> !hasField(property))
                        .map(property -> "-" + property.flag() + " (" + property.label() + ")")
                        .collect(joining(", "))
                    + "."));
    othersLabel.setLabelFor(others);
    othersLabel.setDisplayedMnemonic('o');
    others.setName("complexity.others");
    others.setToolTipText(othersLabel.getToolTipText());
    endRows(takenKeys + "calo");

    set("pairs", USUAL_PAIRS);

    classChoice.addActionListener(e -> findLayers());
    oneLayer.addActionListener(e -> findLayers());
    pattern.addActionListener(e -> findLayers());
  }

  /** Lets people choose among the options that have no fields here. */
  private void listOptions() {
    try {
      ComplexityMoreOptions dialog = new ComplexityMoreOptions(otherOptions());
      if (dialog.ask(this)) {
        others.setText(Utils.joinOptions(dialog.options().toArray(String[]::new)));
      }
    } catch (IllegalArgumentException e) {
      JOptionPane.showMessageDialog(this, e.getMessage(), OTHERS, JOptionPane.ERROR_MESSAGE);
    }
  }

  static boolean hasField(Property property) {
    return property.order() < AnalysisOptions.OWN_FIELD;
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
    List<String> other = otherOptions();
    if (Task.isTraining(other.toArray(String[]::new))) {
      throw new IllegalArgumentException(
          "The field \"More options\" must not ask for a training: the other fields are about the"
              + " loaded data.\nMaybe use the view Training.");
    }
    Map<String, String> values = new LinkedHashMap<>();
    values.put("c", classNumber());
    values.putAll(layerOptions());
    values.put("Q", quantizer.get());
    values.putAll(values(false));
    return options(values, other);
  }

  /**
   * The options for what is chosen that do not tell which attributes are units: those for layers of
   * a network that is trained.
   *
   * @param ofTraining the options about the training
   * @throws IllegalArgumentException if the choices do not go together; the message says how
   */
  List<String> trainingOptions(List<String> ofTraining) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("c", classNumber());
    if (Task.needsQuantizer(ofTraining)) {
      values.put("Q", quantizer.get());
    }
    values.putAll(values(false));
    values.keySet().removeAll(Task.notWithTraining());
    return options(values, Stream.concat(otherOptions().stream(), ofTraining.stream()).toList());
  }

  /**
   * The options for what is chosen that hold for files, whatever data are loaded.
   *
   * @param ofFiles the options about the files
   * @throws IllegalArgumentException if the choices do not go together; the message says how
   */
  List<String> checkpointOptions(List<String> ofFiles) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("Q", quantizer.get());
    values.putAll(values(false));
    values.keySet().removeAll(Task.notWithCheckpoints());
    return options(values, Stream.concat(ofFiles.stream(), otherOptions().stream()).toList());
  }

  private List<String> otherOptions() {
    return List.of(Specification.split("field \"More options\"", others.getText()));
  }

  private String classNumber() {
    return Integer.toString(classChoice.getSelectedIndex() + 1);
  }

  private Map<String, String> layerOptions() {
    if (oneLayer.isSelected()) {
      return Map.of("layers", ONE_LAYER);
    }
    String regex = patternText();
    if (regex.isEmpty()) {
      throw new IllegalArgumentException(
          "The pattern of the layers must not be empty.\n"
              + "Maybe check \"All attributes as one layer\".");
    }
    // Throws if the pattern is none, or finds nothing.
    layers.set(UnitSelection.layersOf(header, classChoice.getSelectedIndex(), regex));
    Map<String, String> options = new LinkedHashMap<>();
    options.put("layers", regex);
    Set<Integer> units = layers.checkedUnits();
    if (units.isEmpty()) {
      throw new IllegalArgumentException("At least one layer must be checked: none is.");
    }
    if (units.size() < header.numAttributes() - 1) {
      options.put("sources", ranges(units));
    }
    return options;
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
    Task.parse(given); // checks them
    String[] options = given.clone();
    String layersOption = Utils.getOption("layers", options);
    if (!layersOption.isEmpty() && !layersOption.equals(ONE_LAYER)) {
      pattern.setSelectedItem(layersOption);
    }
    chooseClass(options);
    Utils.getOption("Q", options);
    List<String> left = take(Stream.of(options).filter(text -> !text.isEmpty()).toList());
    others.setText(Utils.joinOptions(left.toArray(String[]::new)));
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

  @Override
  public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
    return layerTable.getRowHeight();
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
