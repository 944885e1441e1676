package weka.gui.explorer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.swing.JButton;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;
import javax.swing.SwingUtilities;
import weka.core.Instances;

/** Real data that come with the package, each for what it shows best. */
final class ComplexityExamples {
  /**
   * A file of the package's examples.
   *
   * @param file its name
   * @param title what it is
   * @param use what to try with it
   */
  record Example(String file, String title, String use) {
    /**
     * Reads the data; the last attribute is the class.
     *
     * @throws IOException if they cannot be read
     */
    Instances load() throws IOException {
      InputStream in = ComplexityExamples.class.getResourceAsStream("/nnpid/examples/" + file);
      if (in == null) {
        throw new IOException("The example " + file + " is not in the package.");
      }
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        Instances data = new Instances(reader);
        data.setClassIndex(data.numAttributes() - 1);
        return data;
      }
    }
  }

  /** All of them, from the one to begin with. */
  static final List<Example> ALL =
      List.of(
          new Example(
              "mnist_layers.arff",
              "Three layers of a network trained on MNIST",
              "Five units each; 60,000 images as a table of counts. Start, then Summary, Chart and"
                  + " Atoms: the digit becomes easier to read from layer to layer."),
          new Example(
              "tishby_layer.arff",
              "A layer of four units",
              "The 12-bit task of Shwartz-Ziv and Tishby, a row per sample. Start, then Lattice:"
                  + " what is unique, shared, or in several units together only."),
          new Example(
              "mnist_units.arff",
              "A layer of ten units, to select some",
              "3,000 images of MNIST, a row each. Select attributes: compare PidAttributeEval and"
                  + " PidSubsetEval with InfoGain, ReliefF and CFS. Here: C is estimated; the method"
                  + " coarse-graining fills the view Groups."),
          new Example(
              "tishby.arff",
              "A task to train a network on",
              "The 4,096 inputs of Shwartz-Ziv and Tishby, no activations. View Training: press"
                  + " Train, and C of the hidden layers is drawn while the network learns."),
          new Example(
              "xor.arff",
              "The smallest synergy: XOR",
              "Two units, neither of which tells anything alone. Start, then Atoms and ?: why an"
                  + " atom can be negative."));

  private ComplexityExamples() {}

  /**
   * A button that offers them.
   *
   * @param preprocess the tab that takes the data; null if there is none
   * @param problem is told what goes wrong
   */
  static JButton button(Supplier<PreprocessPanel> preprocess, Consumer<String> problem) {
    JButton button = new JButton("Examples...");
    button.setName("complexity.examplesButton");
    button.setMnemonic('e');
    button.setToolTipText(
        "Loads data that come with the package, in the place of those of the Preprocess tab.");
    JPopupMenu menu = new JPopupMenu();
    menu.setName("complexity.examples");
    for (Example example : ALL) {
      JMenuItem item = new JMenuItem(example.title() + " (" + example.file() + ")");
      item.setName("complexity.examples." + example.file());
      item.setToolTipText(ComplexityViews.toolTip(ComplexityViews.lines(example.use())));
      item.addActionListener(e -> open(example, preprocess.get(), problem));
      menu.add(item);
    }
    button.addActionListener(
        e ->
            menu.show(
                button, button.getWidth() - menu.getPreferredSize().width, button.getHeight()));
    return button;
  }

  private static void open(Example example, PreprocessPanel target, Consumer<String> problem) {
    if (target == null) {
      problem.accept("The example must have a Preprocess tab to go to: there is none.");
      return;
    }
    // Not on the event thread: what is undone is written to a file.
    Runnable loading =
        () -> {
          try {
            Instances data = example.load();
            target.addUndoPoint();
            SwingUtilities.invokeLater(() -> target.setInstances(data));
          } catch (Exception e) {
            // The undo point declares Exception.
            SwingUtilities.invokeLater(() -> problem.accept("No example: " + e.getMessage()));
          }
        };
    new Thread(loading, "complexity-example").start();
  }
}
