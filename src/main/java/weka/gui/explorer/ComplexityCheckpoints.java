package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.Component;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JFileChooser;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JTextField;
import nnpid.command.CheckpointOptions;
import nnpid.weka.SchemeOptions;
import nnpid.weka.SchemeOptions.Property;
import weka.gui.WekaFileChooser;

/** The dialog in which files of checkpoints are named. What was typed stays for the next time. */
final class ComplexityCheckpoints {
  private static final String TIP =
      "A pattern such as run*/epoch_*.npz with its directory, a directory, or files separated by "
          + File.pathSeparator
          + ". Each has the layers of a checkpoint of a training; its name has the epoch.";

  private final OptionPanel form = new OptionPanel(false);
  private final JTextField files = new JTextField(36);

  /**
   * What was asked for.
   *
   * @param files as on the command line after {@code -t}
   * @param options those about the files
   */
  record Asked(String files, List<String> options) {}

  ComplexityCheckpoints() {
    JButton choose = new JButton("Choose...");
    choose.setName("complexity.chooseCheckpoints");
    choose.setToolTipText("Chooses files or directories; several with Shift or Ctrl.");
    choose.addActionListener(e -> choose());
    JPanel named = new JPanel(new BorderLayout(4, 0));
    named.add(files, BorderLayout.CENTER);
    named.add(choose, BorderLayout.EAST);
    form.addRow("Files", named, "complexity.checkpoints", OptionPanel.tip(TIP)).setLabelFor(files);
    files.setName("complexity.checkpointFiles");
    files.setToolTipText(OptionPanel.tip(TIP));
    for (String flag : List.of("c", "layers")) {
      form.addOption(OptionPanel.property(flag));
    }
    for (Property property : SchemeOptions.of(CheckpointOptions.class)) {
      form.addOption(property, new CheckpointOptions());
    }
    form.endRows("");
  }

  /** The fields, and that of the files. */
  OptionPanel form() {
    return form;
  }

  private void choose() {
    JFileChooser chooser = new WekaFileChooser();
    chooser.setMultiSelectionEnabled(true);
    chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
    if (chooser.showDialog(form, "Choose") == JFileChooser.APPROVE_OPTION) {
      files.setText(
          Stream.of(chooser.getSelectedFiles())
              .map(File::getPath)
              .collect(Collectors.joining(File.pathSeparator)));
    }
  }

  /** Asks; empty if there shall be no run. */
  Optional<Asked> ask(Component parent) {
    int answer =
        JOptionPane.showConfirmDialog(
            parent,
            form,
            "Open checkpoints",
            JOptionPane.OK_CANCEL_OPTION,
            JOptionPane.PLAIN_MESSAGE);
    return answer == JOptionPane.OK_OPTION ? Optional.of(asked()) : Optional.empty();
  }

  /** What is in the fields. */
  Asked asked() {
    List<String> options = new ArrayList<>();
    Map<String, String> values = form.values(true);
    values.forEach((flag, value) -> options.addAll(List.of("-" + flag, value)));
    return new Asked(files.getText().strip(), options);
  }
}
