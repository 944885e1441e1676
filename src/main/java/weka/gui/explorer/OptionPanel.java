package weka.gui.explorer;

import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.swing.BorderFactory;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.Scrollable;
import nnpid.analysis.Method;
import nnpid.command.AnalysisOptions;
import nnpid.command.CommandOptions;
import nnpid.command.OptionEffects;
import nnpid.decomposition.Measure;
import nnpid.distribution.WeightMeaning;
import nnpid.weka.SchemeOptions;
import nnpid.weka.SchemeOptions.Property;

/**
 * Rows for options of an analysis: label, tip, default, choices, and for which methods a row is
 * shown, are those of the properties. What is in the fields is what would be typed.
 */
@SuppressWarnings("serial")
public class OptionPanel extends JPanel implements Scrollable {
  private static final String METHOD = "method";

  /** Keys for the case that letters and digits run out. */
  private static final String SIGNS = ",.-";

  private static final Set<String> EXACT =
      Set.of(Method.LATTICE.toString(), Method.BACKBONE.toString());

  private final boolean typed;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private int line;

  private record Row(Property property, Object fresh, JLabel label, JComponent field) {
    /** What the field has for a new analysis. */
    String usual() {
      return property.text(fresh);
    }

    List<String> methods() {
      return CommandOptions.methods(property);
    }

    /** Whether both can be seen at the same time. */
    boolean isBeside(Row other) {
      return methods().isEmpty()
          || other.methods().isEmpty()
          || !Collections.disjoint(methods(), other.methods());
    }

    void show(boolean visible) {
      label.setVisible(visible);
      field.setVisible(visible);
    }

    /** Grays the field out, and says why before all else. */
    void setObstacle(Optional<String> obstacle) {
      field.setEnabled(obstacle.isEmpty());
      label.setEnabled(obstacle.isEmpty());
      String tip =
          tip(obstacle.map(sentence -> sentence + "\n").orElse("") + property.description());
      field.setToolTipText(tip);
      label.setToolTipText(tip);
    }
  }

  /**
   * A panel without rows.
   *
   * @param typed whether anything can be typed where there are choices, such as variables
   */
  public OptionPanel(boolean typed) {
    super(new GridBagLayout());
    this.typed = typed;
  }

  /** The options of an analysis, in order. */
  public static List<Property> properties() {
    return SchemeOptions.of(AnalysisOptions.class);
  }

  /** The option of a flag. */
  public static Property property(String flag) {
    return properties().stream()
        .filter(property -> property.flag().equals(flag))
        .findFirst()
        .orElseThrow();
  }

  /** Adds a row for an option of an analysis. */
  public final void addOption(Property property) {
    addOption(property, new AnalysisOptions());
  }

  /**
   * Adds a row for any option.
   *
   * @param fresh what has the property, as new
   */
  final void addOption(Property property, Object fresh) {
    JComponent field = field(property);
    JLabel label = addRow(property, field, "complexity." + property.name());
    rows.put(property.flag(), new Row(property, fresh, label, field));
    set(property.flag(), property.text(fresh));
    if (field instanceof JComboBox<?> box) {
      box.addActionListener(e -> showRows());
    }
  }

  private JComponent field(Property property) {
    if (property.isFlag()) {
      return new JCheckBox();
    }
    List<String> choices = choices(property);
    if (choices.isEmpty()) {
      return new JTextField(6);
    }
    WideBox<String> box = new WideBox<>(choices.toArray(String[]::new));
    box.setEditable(typed || property.choices().isEmpty());
    box.setRenderer(new Described(property));
    return box;
  }

  /** Those of an enum, or the words for which something else can be typed. */
  private static List<String> choices(Property property) {
    return property.choices().isEmpty()
        ? Stream.of(property.synopsis().split("\\|", -1))
            .filter(word -> !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT)))
            .toList()
        : property.choices();
  }

  /** Adds a row whose field is made elsewhere; label and tip are those of the option. */
  public final JLabel addRow(Property property, JComponent field, String name) {
    return addRow(property.label(), field, name, tip(property.description()));
  }

  /** Adds a row that is about no option. */
  public final JLabel addRow(String text, JComponent field, String name, String toolTip) {
    JLabel label = new JLabel(text);
    label.setLabelFor(field);
    label.setToolTipText(toolTip);
    field.setToolTipText(toolTip);
    AccessibleNames.name(field, text).setName(name);
    GridBagConstraints place = new GridBagConstraints();
    place.gridy = line;
    place.anchor = GridBagConstraints.WEST;
    place.insets = new Insets(1, 4, 1, 4);
    add(label, place);
    place.gridx = 1;
    place.weightx = 1;
    place.fill = GridBagConstraints.HORIZONTAL;
    add(field, place);
    line++;
    return label;
  }

  /** Adds a text on the row above. */
  final void addText(String text) {
    JLabel label = new JLabel(tip(text));
    label.setFont(label.getFont().deriveFont(Font.PLAIN));
    label.setBorder(BorderFactory.createEmptyBorder(0, 12, 6, 0));
    addWide(label, null, null);
  }

  /** Adds a component over both columns. */
  final void addWide(JComponent component, String name, String toolTip) {
    component.setName(name);
    component.setToolTipText(toolTip);
    GridBagConstraints place = new GridBagConstraints();
    place.gridy = line++;
    place.gridwidth = 2;
    place.weightx = 1;
    place.fill = GridBagConstraints.HORIZONTAL;
    place.insets = new Insets(1, 4, 1, 4);
    add(component, place);
  }

  /**
   * Ends the panel: rows are pushed up, and get keys that no other row beside them has.
   *
   * @param takenKeys keys of what else there is in the window
   */
  public final void endRows(String takenKeys) {
    GridBagConstraints rest = new GridBagConstraints();
    rest.gridy = line;
    rest.weighty = 1;
    add(new JPanel(null), rest);
    List<Row> inOrder = new ArrayList<>(rows.values());
    inOrder.sort((a, b) -> Boolean.compare(a.methods().isEmpty(), b.methods().isEmpty()) * -1);
    for (Row row : inOrder) {
      Set<Character> taken = new HashSet<>();
      takenKeys.chars().forEach(key -> taken.add((char) key));
      inOrder.stream()
          .filter(row::isBeside)
          .forEach(
              other -> taken.add((char) Character.toLowerCase(other.label.getDisplayedMnemonic())));
      (row.label.getText().toLowerCase(Locale.ROOT)
              + "1234567890qwertzuiopasdfghjklyxcvbnm"
              + SIGNS)
          .chars()
          .filter(key -> Character.isLetterOrDigit(key) || SIGNS.indexOf(key) >= 0)
          .filter(key -> !taken.contains((char) key))
          .findFirst()
          .ifPresent(key -> row.label.setDisplayedMnemonic(Character.toUpperCase(key)));
    }
    showRows();
  }

  private void showRows() {
    String method = rows.containsKey(METHOD) ? text(METHOD) : "";
    boolean known = !method.isEmpty() && property(METHOD).choices().contains(method);
    for (Row row : rows.values()) {
      List<String> methods = row.methods();
      // Exact methods may be told what estimates need, but do not need it.
      row.show(
          methods.isEmpty() || !known || (methods.contains(method) && !EXACT.contains(method)));
      // Where variables can be typed nobody knows yet what has an effect.
      if (!typed) {
        row.setObstacle(OptionEffects.obstacle(row.property.flag(), this::textIfThere));
      }
    }
    revalidate();
  }

  private String textIfThere(String flag) {
    return rows.containsKey(flag) ? text(flag) : "";
  }

  /** What is typed or chosen in the field of an option. */
  final String text(String flag) {
    JComponent field = rows.get(flag).field;
    if (field instanceof JCheckBox box) {
      return box.isSelected() ? "-" + flag : "";
    }
    return field instanceof JComboBox<?> box ? text(box) : ((JTextField) field).getText().strip();
  }

  /** What is typed into a box, or chosen. */
  static String text(JComboBox<?> box) {
    Object item = box.isEditable() ? box.getEditor().getItem() : box.getSelectedItem();
    return String.valueOf(item).strip();
  }

  final void set(String flag, String text) {
    JComponent field = rows.get(flag).field;
    if (field instanceof JCheckBox box) {
      box.setSelected(!text.isEmpty());
    } else if (field instanceof JComboBox<?> box) {
      box.setSelectedItem(text);
    } else {
      ((JTextField) field).setText(text.replaceFirst("^(\\d+)\\.0$", "$1"));
    }
  }

  /**
   * Fills the fields from options; what is not given is as in a new analysis.
   *
   * @return the options that have no field here
   */
  public final List<String> take(List<String> options) {
    List<String> left = new ArrayList<>(options);
    for (Row row : rows.values()) {
      String flag = row.property.flag();
      int position = left.indexOf("-" + flag);
      if (position < 0) {
        set(flag, row.usual());
      } else {
        String value = left.remove(position);
        if (!row.property.isFlag() && position < left.size()) {
          value = left.remove(position);
        }
        set(flag, value);
      }
    }
    showRows();
    return left;
  }

  /**
   * The options that the fields stand for, by their flags; fields that are empty, hidden or grayed
   * out stand for none.
   *
   * @param onlyChanged whether those are left out that are as in a new analysis
   */
  public final Map<String, String> values(boolean onlyChanged) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Row row : rows.values()) {
      String flag = row.property.flag();
      String text = text(flag);
      boolean changed = !text.equals(row.usual().replaceFirst("^(\\d+)\\.0$", "$1"));
      boolean counts = row.field.isVisible() && row.field.isEnabled() && !text.isEmpty();
      if (counts && (changed || !onlyChanged)) {
        values.put(flag, text);
      }
    }
    return values;
  }

  /**
   * Options as they are typed.
   *
   * @param values by flags; those of flags without a value are ignored
   * @param others go first: an option that is among them is not taken from the values
   */
  public static List<String> options(Map<String, String> values, List<String> others) {
    List<String> options = new ArrayList<>();
    values.forEach(
        (flag, value) -> {
          if (!others.contains("-" + flag)) {
            options.add("-" + flag);
            if (!value.equals("-" + flag)) {
              options.add(value);
            }
          }
        });
    options.addAll(others);
    return options;
  }

  /** A text in lines, as a tip. */
  public static String tip(String text) {
    return ComplexityViews.toolTip(ComplexityViews.lines(text));
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
    return getFontMetrics(getFont()).getHeight();
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
    private final transient Property property;

    Described(Property property) {
      this.property = property;
    }

    @Override
    public Component getListCellRendererComponent(
        JList<?> list, Object value, int index, boolean selected, boolean focused) {
      String description = index < 0 ? "" : description(String.valueOf(value));
      return super.getListCellRendererComponent(
          list,
          description.isEmpty() ? value : value + " - " + description,
          index,
          selected,
          focused);
    }

    private String description(String text) {
      if (!property.type().isEnum()) {
        return "";
      }
      return Stream.of(property.type().getEnumConstants())
          .filter(constant -> constant.toString().equalsIgnoreCase(text))
          .map(
              constant ->
                  constant instanceof Measure measure
                      ? measure.description()
                      : constant instanceof Method method
                          ? method.description()
                          : constant instanceof WeightMeaning meaning ? meaning.description() : "")
          .findFirst()
          .orElse("");
    }
  }

  /** Its list is as wide as its texts, even if the box is not: that must not widen the panel. */
  static final class WideBox<E> extends JComboBox<E> {
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
      int height = getFontMetrics(getFont()).getHeight();
      return new Dimension(WIDTH * height, super.getPreferredSize().height);
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
}
