package weka.gui.explorer;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.decomposition.Atom;
import nnpid.report.Format;
import nnpid.weka.NetworkClassifier;

/**
 * A report, prepared to be shown: what takes time to get is got here and not on the event thread.
 *
 * @param name how the result is called
 * @param report the report
 * @param text the report as text, with the largest atoms
 * @param atoms for every layer of the report its largest atoms, largest first; none where there are
 *     none
 * @param training what came out of a training; the report then has no layers
 */
public record ComplexityResult(
    String name, Report report, String text, List<List<Atom>> atoms, Optional<Training> training) {
  /**
   * What came out of a training.
   *
   * @param trajectory the complexity of the layers at the checkpoints
   * @param networks the trained networks, one per repeat
   */
  record Training(Trajectory trajectory, List<NetworkClassifier> networks) {}

  /** Atoms that a table shows: all for up to five sources, of six only the largest. */
  private static final int MOST_ATOMS = 10_000;

  /** Atoms per layer in the text. */
  private static final int ATOMS_IN_TEXT = 20;

  /** Prepares a report; may take a second if it has millions of atoms. */
  public static ComplexityResult of(String name, Report report) {
    String text = text(out -> Format.TEXT.write(report.withAtoms(ATOMS_IN_TEXT), out));
    List<List<Atom>> atoms =
        report.layers().stream().map(layer -> layer.listedAtoms(MOST_ATOMS).toList()).toList();
    return new ComplexityResult(name, report, text, atoms, Optional.empty());
  }

  /** Prepares what came out of a training. */
  static ComplexityResult ofTraining(
      String name, Trajectory trajectory, List<NetworkClassifier> networks) {
    return new ComplexityResult(
        name,
        new Report(trajectory.relation(), "", List.of(), 0),
        text(out -> Format.TEXT.write(trajectory, out)),
        List.of(),
        Optional.of(new Training(trajectory, networks)));
  }

  private interface Content {
    void writeTo(Writer out) throws IOException;
  }

  private static String text(Content content) {
    StringWriter text = new StringWriter();
    try {
      content.writeTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return text.toString();
  }

  Optional<Trajectory> trajectory() {
    return training.map(Training::trajectory);
  }

  String relation() {
    return report.relation();
  }

  ComplexityResult renamed(String newName) {
    return new ComplexityResult(newName, report, text, atoms, training);
  }

  /** A layer of a result, for the choice of one. */
  record Layer(ComplexityResult result, int index, boolean withResult) {
    LayerResult report() {
      return result.report().layers().get(index);
    }

    List<Atom> atoms() {
      return result.atoms().get(index);
    }

    @Override
    public String toString() {
      String layer = report().name();
      return withResult ? layer + " (" + result.name() + ")" : layer;
    }
  }
}
