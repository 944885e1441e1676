package weka.gui.explorer;

import java.awt.Component;
import java.awt.Dimension;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JOptionPane;
import javax.swing.JScrollPane;
import javax.swing.ScrollPaneConstants;
import nnpid.weka.SchemeOptions.Property;

/** The options that have no fields in the form, each with its text and a field to set it. */
final class ComplexityMoreOptions {
  private final OptionPanel form = new OptionPanel(false);
  private final List<String> left;

  /**
   * With fields as in the options.
   *
   * @param given those of the field in which they are typed
   */
  ComplexityMoreOptions(List<String> given) {
    for (Property property : OptionPanel.properties()) {
      if (!ComplexityForm.hasField(property)) {
        form.addOption(property);
        form.addText("-" + property.flag() + ": " + property.description());
      }
    }
    form.endRows("");
    left = form.take(given);
  }

  /** The fields. */
  OptionPanel form() {
    return form;
  }

  /** Asks; whether the options shall be as they are then. */
  boolean ask(Component parent) {
    JScrollPane pane =
        new JScrollPane(
            form,
            ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
            ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER) {
          private static final long serialVersionUID = 1L;

          /** Of all options, no more than small screens have room for. */
          @Override
          public Dimension getPreferredSize() {
            Dimension size = super.getPreferredSize();
            size.width += getVerticalScrollBar().getPreferredSize().width;
            size.height =
                Math.min(size.height, 24 * form.getFontMetrics(form.getFont()).getHeight());
            return size;
          }
        };
    return JOptionPane.showConfirmDialog(
            parent, pane, "More options", JOptionPane.OK_CANCEL_OPTION, JOptionPane.PLAIN_MESSAGE)
        == JOptionPane.OK_OPTION;
  }

  /** What the fields stand for, and what had none. */
  List<String> options() {
    List<String> options = new ArrayList<>(OptionPanel.options(form.values(true), List.of()));
    options.addAll(left);
    return options;
  }
}
