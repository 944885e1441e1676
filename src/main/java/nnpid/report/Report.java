package nnpid.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;
import nnpid.analysis.LayerReport;
import nnpid.analysis.Trajectory;
import nnpid.decomposition.Atom;
import nnpid.decomposition.PartialInformationDecomposition;

/**
 * The results of one run: one report per layer, and how the data were prepared.
 *
 * @param relation name of the data set
 * @param quantization how numeric activations became levels, as a sentence
 * @param layers the layers in order of appearance
 * @param atomCount how many atoms are to be listed per layer, the largest first: 0 for none, {@link
 *     #ALL_ATOMS} for all in the order of the lattice
 * @param unfinishedLayers names of the layers that were not analyzed, since the run was stopped
 */
public record Report(
    String relation,
    String quantization,
    List<LayerReport> layers,
    int atomCount,
    List<String> unfinishedLayers) {
  /** Lists every atom. */
  public static final int ALL_ATOMS = Integer.MAX_VALUE;

  /** Makes the lists immutable. */
  public Report {
    layers = List.copyOf(layers);
    unfinishedLayers = List.copyOf(unfinishedLayers);
  }

  /** The results of a run that was not stopped. */
  public Report(String relation, String quantization, List<LayerReport> layers, int atomCount) {
    this(relation, quantization, layers, atomCount, List.of());
  }

  /** What is to be said of layers that were not analyzed; empty if there are none. */
  public String unfinishedNote() {
    return unfinishedLayers.isEmpty()
        ? ""
        : "The run was stopped; not analyzed: " + String.join(", ", unfinishedLayers) + ".";
  }

  /** Forms in which a report can be written. */
  public enum Format {
    /** Tables for people. */
    TEXT,
    /** One object, numbers at full precision. */
    JSON,
    /** A table, numbers at full precision: a row per atom if atoms are listed, else per layer. */
    CSV
  }

  /** The atoms to list of a decomposition. */
  static Stream<Atom> listedAtoms(PartialInformationDecomposition decomposition, int atomCount) {
    return atomCount == ALL_ATOMS
        ? decomposition.atoms()
        : decomposition.largestAtoms(atomCount).stream();
  }

  /** Writes the report; numbers never depend on the machine's language. */
  public void writeTo(Writer out, Format format) throws IOException {
    switch (format) {
      case TEXT -> TextReport.write(this, out);
      case JSON -> JsonReport.write(this, out);
      case CSV -> {
        if (atomCount > 0) {
          Table.writeAtoms(this, out);
        } else {
          Table.ofLayers(relation, List.of(this)).writeCsv(out);
        }
      }
    }
  }

  /**
   * Writes all points of trainings; as text their means and standard deviations over repeats.
   * Numbers never depend on the machine's language.
   */
  public static void write(Trajectory trajectory, Writer out, Format format) throws IOException {
    switch (format) {
      case TEXT -> TrajectoryText.write(trajectory, out);
      case JSON -> JsonReport.write(trajectory, out);
      case CSV -> Table.ofPoints(trajectory).writeCsv(out);
    }
  }
}
