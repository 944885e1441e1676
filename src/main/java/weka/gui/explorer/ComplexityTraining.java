package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.swing.BorderFactory;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import javax.swing.table.AbstractTableModel;
import nnpid.analysis.Trajectory;
import nnpid.chart.ChartStyle;
import nnpid.chart.TrajectoryChart;
import nnpid.command.OutputFile;
import nnpid.network.Epochs;
import nnpid.report.Table;
import nnpid.weka.HiddenUnits;
import nnpid.weka.NetworkClassifier;
import org.jfree.chart.JFreeChart;
import weka.classifiers.functions.QuantizedNetwork;
import weka.core.Instances;
import weka.core.Utils;
import weka.gui.GenericObjectEditor;
import weka.gui.PropertyPanel;

/**
 * The complexity of a network's layers over its training, also while it is trained; in the panel
 * with what is needed to train one.
 */
final class ComplexityTraining implements ComplexityViews.View {
  /** What the view needs of the panel it can train networks in. */
  interface Owner {
    /** Trains a network on the loaded data: options of the command line about training. */
    void train(List<String> options);

    /** Asks for files of checkpoints, and analyzes them. */
    void openCheckpoints();

    /** Puts the activations of a network for the loaded data in the place of these data. */
    void useActivations(NetworkClassifier network);
  }

  /** A network for small data sets, and enough checkpoints for a curve. */
  private static final String NETWORK = "-H 10,5,5 -L 8 -N 1000 -checkpoints log:30";

  /** The forms in which a trajectory is shown. */
  private enum Form {
    COMPLEXITY("C and accuracy"),
    DEGREES("Degrees of synergy"),
    INVARIANTS("Shannon invariants"),
    HORIZON("At a horizon"),
    TABLE("Table"),
    MEANS("Means over repeats");

    private final String title;

    Form(String title) {
      this.title = title;
    }

    private boolean isTable() {
      return this == TABLE || this == MEANS;
    }

    /** Not all trajectories have values at a horizon, or several repeats. */
    private boolean isOffered(Optional<Trajectory> trajectory) {
      return switch (this) {
        case HORIZON -> trajectory.filter(one -> !one.draws().isEmpty()).isPresent();
        case MEANS -> trajectory.filter(one -> one.mostRepeats() > 1).isPresent();
        default -> true;
      };
    }

    @Override
    public String toString() {
      return title;
    }
  }

  private final JPanel panel = new JPanel(new BorderLayout());
  private final JComboBox<Form> form = new JComboBox<>(new Form[] {Form.COMPLEXITY});
  private final JComboBox<String> repeat = new JComboBox<>();
  private final JPanel repeatChoice = new JPanel(new FlowLayout(FlowLayout.LEADING, 4, 0));
  private final JButton save = new JButton("Save network...");
  private final JButton activations = new JButton("Activations to Preprocess");
  private final JLabel note = new JLabel(" ");
  private final CardLayout cards = new CardLayout();
  private final JPanel body = new JPanel(cards);
  private final ComplexityChartPanel chart = new ComplexityChartPanel("complexity.trainingChart");
  private final Points points = new Points();
  private final ComplexitySummary.NumberTable table = new ComplexitySummary.NumberTable(points);
  private final Optional<Owner> owner;
  private final GenericObjectEditor network = new GenericObjectEditor();
  private final JTextField layers = new JTextField("all", 5);
  private final JTextField repeats = new JTextField("1", 3);
  private Trajectory shown;
  private boolean trainingGoesOn;
  private List<NetworkClassifier> networks = List.of();

  /**
   * A view of nothing yet.
   *
   * @param owner the panel to train networks in, if there is one
   */
  ComplexityTraining(Optional<Owner> owner) {
    this.owner = owner;
    JPanel top = new JPanel(new BorderLayout());
    owner.ifPresent(one -> top.add(trainer(one), BorderLayout.NORTH));
    top.add(bar(), BorderLayout.SOUTH);
    table.setName("complexity.trainingTable");
    body.add(chart, "chart");
    body.add(new JScrollPane(table), "table");
    panel.add(top, BorderLayout.NORTH);
    panel.add(body, BorderLayout.CENTER);
    panel.add(actions(), BorderLayout.SOUTH);
    showTrajectory(null);
  }

  private JPanel trainer(Owner one) {
    network.setClassType(QuantizedNetwork.class);
    QuantizedNetwork first = new QuantizedNetwork();
    try {
      first.setOptions(Utils.splitOptions(NETWORK));
    } catch (Exception e) {
      throw new IllegalStateException(e); // Weka declares Exception
    }
    network.setValue(first);
    PropertyPanel editor = new PropertyPanel(network, true);
    editor.setName("complexity.network");
    editor.setToolTipText(
        "<html>The network to train: click to edit. A number in the field Seed goes before its own seed.</html>");
    JButton train = new JButton("Train");
    train.setName("complexity.train");
    train.setToolTipText(
        "<html>Trains the network on the loaded data and analyzes its hidden layers at its"
            + " checkpoints,<br>with the measure, method and seed of the form; layers without levels"
            + " are quantized at every checkpoint<br>by the quantizer of the form. Stop keeps what"
            + " is done.</html>");
    train.addActionListener(
        e ->
            one.train(
                List.of(
                    "-train",
                    Utils.toCommandLine(network.getValue()),
                    "-layers",
                    layers.getText().strip(),
                    "-repeats",
                    repeats.getText().strip())));
    layers.setName("complexity.trainedLayers");
    layers.setToolTipText("Numbers of the hidden layers to analyze, such as 2-4, or all.");
    repeats.setName("complexity.repeats");
    repeats.setToolTipText("Number of trainings, with seeds that count up.");
    JPanel fields = new JPanel(new FlowLayout(FlowLayout.LEADING, 4, 0));
    ComplexityLayerBar.addLabeled(fields, "Hidden layers", 'y', layers);
    ComplexityLayerBar.addLabeled(fields, "Repeats", '2', repeats);
    fields.add(train);
    // It draws its text and has no size of its own.
    editor.setPreferredSize(new Dimension(100, train.getPreferredSize().height));
    JPanel frame = new JPanel(new BorderLayout());
    frame.setBorder(
        BorderFactory.createCompoundBorder(
            BorderFactory.createEmptyBorder(0, 4, 2, 4), BorderFactory.createEtchedBorder()));
    frame.add(editor, BorderLayout.CENTER);
    JPanel trainer = new JPanel(new BorderLayout());
    trainer.setBorder(BorderFactory.createTitledBorder("Network to train on the loaded data"));
    trainer.add(frame, BorderLayout.NORTH);
    trainer.add(fields, BorderLayout.SOUTH);
    return trainer;
  }

  private JPanel bar() {
    form.setName("complexity.trainingForm");
    form.setToolTipText("What is shown of the training.");
    form.addActionListener(e -> showTrajectory(shown));
    note.setName("complexity.trainingNote");
    JPanel left = new JPanel(new FlowLayout(FlowLayout.LEADING, 4, 3));
    ComplexityLayerBar.addLabeled(left, "Show", '3', form);
    JPanel bar = new JPanel(new BorderLayout());
    bar.add(left, BorderLayout.WEST);
    // Below, for beside the fields small windows have no room for a sentence.
    note.setBorder(BorderFactory.createEmptyBorder(0, 4, 3, 4));
    bar.add(note, BorderLayout.SOUTH);
    owner.ifPresent(
        one -> {
          JButton open = new JButton("Open checkpoints...");
          open.setName("complexity.openCheckpoints");
          open.setToolTipText(
              "Analyzes layers in several files, each of a checkpoint of a training, with what is"
                  + " chosen on the left.");
          open.addActionListener(e -> one.openCheckpoints());
          bar.add(open, BorderLayout.EAST);
        });
    return bar;
  }

  /** What can be done with a trained network. */
  private JPanel actions() {
    repeat.setName("complexity.trainedRepeat");
    repeat.setToolTipText("Whose network is saved or used.");
    save.setName("complexity.saveNetwork");
    save.setToolTipText(
        "Saves the trained network as a model that Weka's Classify tab and HiddenActivations"
            + " load.");
    save.addActionListener(e -> chosen().ifPresent(this::save));
    JPanel actions = new JPanel(new FlowLayout(FlowLayout.LEADING, 4, 3));
    actions.add(save);
    owner.ifPresent(
        one -> {
          activations.setName("complexity.useActivations");
          activations.setToolTipText(
              "<html>Puts the levels of the trained network's hidden units for the loaded data in"
                  + " the place of these data,<br>so that all tabs can work on them. Undo in the"
                  + " Preprocess tab brings them back.</html>");
          activations.addActionListener(e -> chosen().ifPresent(one::useActivations));
          actions.add(activations);
        });
    // Above the buttons: beside them there is no room in small windows.
    ComplexityLayerBar.addLabeled(repeatChoice, "Network of", 'f', repeat);
    JPanel both = new JPanel(new BorderLayout());
    both.add(repeatChoice, BorderLayout.NORTH);
    both.add(actions, BorderLayout.SOUTH);
    return both;
  }

  private Optional<NetworkClassifier> chosen() {
    int index = repeat.getSelectedIndex();
    return index < 0 ? Optional.empty() : Optional.of(networks.get(index));
  }

  private void save(NetworkClassifier trained) {
    ComplexityFiles.choose(panel, "Model, for Weka's Classify tab", "model", "network")
        .ifPresent(file -> new Thread(() -> write(trained, file), "complexity-save").start());
  }

  /** As the Classify tab does: the model, then the attributes it was trained on. */
  private void write(NetworkClassifier trained, Path file) {
    String message;
    try {
      Instances header = HiddenUnits.of(trained).header();
      OutputFile.of("model", "", file.toString())
          .write(
              out -> {
                ObjectOutputStream objects = new ObjectOutputStream(out);
                objects.writeObject(trained);
                objects.writeObject(header);
                objects.flush();
              });
      message = "Saved " + file + ".";
    } catch (IllegalArgumentException | IOException e) {
      message = e.getMessage();
    }
    String said = message;
    SwingUtilities.invokeLater(() -> note.setText(said));
  }

  /** Shows a training that goes on. */
  void showTraining(Trajectory soFar) {
    if (!soFar.equals(shown)) {
      setNetworks(List.of(), List.of());
      showTrajectory(soFar);
    }
  }

  @Override
  public void show(List<ComplexityResult> results) {
    Optional<ComplexityResult.Training> training =
        results.stream().map(ComplexityResult::training).flatMap(Optional::stream).findFirst();
    setNetworks(
        training.map(ComplexityResult.Training::networks).orElse(List.of()),
        training
            .filter(one -> !one.networks().isEmpty())
            .map(one -> one.trajectory().begun())
            .orElse(List.of()));
    showTrajectory(training.map(ComplexityResult.Training::trajectory).orElse(null));
  }

  /** Shows what can be done with networks; if training was stopped, some repeats may have none. */
  private void setNetworks(List<NetworkClassifier> trained, List<Integer> repeatsOfTrained) {
    networks = trained;
    repeat.removeAllItems();
    repeatsOfTrained.forEach(number -> repeat.addItem("repeat " + number));
    repeatChoice.setVisible(trained.size() > 1);
    save.setEnabled(!trained.isEmpty());
    activations.setEnabled(!trained.isEmpty());
  }

  /** Whether a network is trained, or waits to be: then there is no need to ask for one. */
  void setTrainingGoesOn(boolean goesOn) {
    if (goesOn != trainingGoesOn) {
      trainingGoesOn = goesOn;
      showTrajectory(shown);
    }
  }

  private String nothing() {
    if (trainingGoesOn) {
      return "A training goes on; select it on the left to follow it from its first checkpoint.";
    }
    return "No training is selected"
        + (owner.isPresent() ? ": press Train, or open checkpoints." : ".");
  }

  private void showTrajectory(Trajectory trajectory) {
    shown = trajectory;
    boolean known = trajectory != null && !trajectory.points().isEmpty();
    Optional<Trajectory> told = known ? Optional.of(trajectory) : Optional.empty();
    offerForms(told);
    Form chosen = (Form) form.getSelectedItem();
    note.setText(known ? describe(trajectory, chosen) : nothing());
    note.setToolTipText(known ? toolTip(trajectory) : note.getText());
    points.set(told.flatMap(one -> tableOf(one, chosen)));
    table.setToolTipText(
        chosen == Form.MEANS
            ? "A row for every epoch and layer: mean over the repeats, their standard deviation,"
                + " and the ends of the 95% interval of the mean. Click a header to sort."
            : "A row for every repeat, epoch and layer. Click a header to sort.");
    table.fitColumns();
    if (known && !chosen.isTable()) {
      chart.show(trajectory.relation() + "-" + chosen, style -> chartOf(trajectory, chosen, style));
    } else {
      chart.clear(nothing());
    }
    cards.show(body, chosen.isTable() ? "table" : "chart");
  }

  private static Optional<Table> tableOf(Trajectory trajectory, Form form) {
    return switch (form) {
      case TABLE -> Optional.of(Table.ofPoints(trajectory));
      case MEANS -> Optional.of(Table.ofMeans(trajectory));
      default -> Optional.empty();
    };
  }

  /** Those that the trajectory has, in their order; the choice stays if there still is one. */
  private void offerForms(Optional<Trajectory> trajectory) {
    Form[] offered =
        Stream.of(Form.values()).filter(one -> one.isOffered(trajectory)).toArray(Form[]::new);
    if (offered.length == form.getItemCount()
        && IntStream.range(0, offered.length).allMatch(i -> form.getItemAt(i) == offered[i])) {
      return;
    }
    Form chosen = (Form) form.getSelectedItem();
    DefaultComboBoxModel<Form> forms = new DefaultComboBoxModel<>(offered);
    forms.setSelectedItem(
        chosen.isOffered(trajectory) ? chosen : chosen.isTable() ? Form.TABLE : Form.COMPLEXITY);
    form.setModel(forms); // which, unlike the removal of the chosen one, is no choice of the user
  }

  private static JFreeChart chartOf(Trajectory trajectory, Form form, ChartStyle style) {
    TrajectoryChart drawing =
        switch (form) {
          case DEGREES -> TrajectoryChart.DEGREES_OF_SYNERGY;
          case INVARIANTS -> TrajectoryChart.SHANNON_INVARIANTS;
          case HORIZON -> TrajectoryChart.AT_HORIZON;
          default -> TrajectoryChart.COMPLEXITY;
        };
    return drawing.of(trajectory, style);
  }

  private static String describe(Trajectory trajectory, Form form) {
    int begun = trajectory.begun().size();
    String last = Epochs.text(trajectory.epochs().get(trajectory.epochs().size() - 1));
    String text =
        "%s, %d of %d repeats, up to epoch %s%s"
            .formatted(
                trajectory.relation(),
                begun,
                trajectory.repeats(),
                last,
                trajectory.complete() ? "." : ", not complete.");
    Stream<String> aboutMeans =
        trajectory
            .interval("Low and high")
            .filter(sentence -> form == Form.MEANS)
            .map(sentence -> sentence + ".")
            .stream();
    return Stream.of(aboutMeans, trajectory.notes().stream(), trajectory.warnings().stream())
        .flatMap(sentences -> sentences)
        .findFirst()
        .map(sentence -> text + " " + sentence)
        .orElse(text);
  }

  /** All that is to be said of a training; null for nothing. */
  private static String toolTip(Trajectory trajectory) {
    return ComplexityViews.toolTip(
        Stream.concat(trajectory.notes().stream(), trajectory.warnings().stream()));
  }

  @Override
  public JComponent component() {
    return panel;
  }

  /** What is shown as a table. */
  private static final class Points extends AbstractTableModel {
    private static final long serialVersionUID = 1L;

    private transient Table table = new Table("", List.of(), List.of());

    void set(Optional<Table> shown) {
      table = shown.orElse(new Table("", List.of(), List.of()));
      fireTableStructureChanged();
    }

    @Override
    public int getRowCount() {
      return table.rows().size();
    }

    @Override
    public int getColumnCount() {
      return table.columns().size();
    }

    @Override
    public String getColumnName(int column) {
      return table.columns().get(column);
    }

    @Override
    public Class<?> getColumnClass(int column) {
      return getRowCount() == 0 ? Object.class : getValueAt(0, column).getClass();
    }

    @Override
    public Object getValueAt(int row, int column) {
      return table.rows().get(row).get(column);
    }
  }
}
