package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.swing.BorderFactory;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import nnpid.analysis.LayerResult;

/** Above a view of one layer: the choice of the layer, and a note on what is shown of it. */
@SuppressWarnings("serial")
final class ComplexityLayerBar extends JPanel {
  private final JPanel fields = new JPanel(new FlowLayout(FlowLayout.LEADING, 4, 3));
  private final JComboBox<ComplexityResult.Layer> choice = new JComboBox<>();
  private final JLabel note = new JLabel(" ");
  private String noLayers = " ";

  /**
   * A bar without layers yet.
   *
   * @param name the components' names begin with it
   * @param what is shown of the chosen layer, as in {@code The layer whose atoms are shown.}
   * @param shown is called when another layer has been chosen
   */
  ComplexityLayerBar(String name, String what, Runnable shown) {
    super(new BorderLayout());
    choice.setName(name + "Layer");
    choice.setToolTipText("The layer whose " + what + " shown.");
    note.setName(name + "Note");
    addField("Layer", 'y', choice);
    note.setBorder(BorderFactory.createEmptyBorder(0, 4, 3, 4));
    add(fields, BorderLayout.CENTER);
    add(note, BorderLayout.SOUTH); // beside the fields it would be cut off in small windows
    choice.addActionListener(e -> shown.run());
  }

  /** Adds a field after the choice of the layer. */
  void addField(String text, char mnemonic, JComponent field) {
    addLabeled(fields, text, mnemonic, field);
  }

  /** Adds a box to check after the fields. */
  void addCheckBox(JCheckBox box) {
    fields.add(box);
  }

  /** Adds a field with its label. */
  static void addLabeled(JPanel panel, String text, char mnemonic, JComponent field) {
    JLabel label = new JLabel(text);
    label.setLabelFor(field);
    label.setDisplayedMnemonic(mnemonic);
    label.setToolTipText(field.getToolTipText());
    panel.add(label);
    panel.add(field);
  }

  /**
   * Offers the layers of results, and keeps what was chosen if there is a layer of that name and it
   * can be shown.
   *
   * @param isBest tells the layer to begin with, if one was not chosen before
   * @param canShow tells the second best
   */
  void offer(
      List<ComplexityResult> results,
      Predicate<LayerResult> isBest,
      Predicate<LayerResult> canShow) {
    fields.setVisible(true);
    noLayers = ComplexityViews.noLayers(results);
    List<ComplexityResult.Layer> layers = ComplexityViews.layersOf(results);
    String before = String.valueOf(choice.getSelectedItem());
    choice.setModel(new DefaultComboBoxModel<>(layers.toArray(ComplexityResult.Layer[]::new)));
    Stream.<Predicate<ComplexityResult.Layer>>of(
            layer -> layer.toString().equals(before) && canShow.test(layer.report()),
            layer -> isBest.test(layer.report()),
            layer -> canShow.test(layer.report()),
            layer -> layer.toString().equals(before))
        .flatMap(wanted -> layers.stream().filter(wanted).limit(1))
        .findFirst()
        .ifPresent(choice::setSelectedItem);
  }

  /** The chosen layer; null if there is none, which the note then says. */
  ComplexityResult.Layer layer() {
    ComplexityResult.Layer layer = (ComplexityResult.Layer) choice.getSelectedItem();
    if (layer == null) {
      say(noLayers);
    }
    return layer;
  }

  /** Sets the note. */
  void say(String text) {
    note.setText(text);
    note.setToolTipText(text.isBlank() ? null : text);
  }

  /** Nothing but a note, until layers are offered again. */
  void sayOnly(String text) {
    fields.setVisible(false);
    say(text);
  }
}
