package weka.gui.explorer;

import java.awt.Component;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.swing.JFileChooser;
import javax.swing.JOptionPane;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.chart.ChartStyle;
import nnpid.chart.Picture;
import nnpid.command.OutputFile;
import nnpid.command.ReportInstances;
import nnpid.report.Format;
import nnpid.report.Table;
import weka.gui.ExtensionFileFilter;
import weka.gui.WekaFileChooser;

/** The forms in which results can be saved. */
enum ComplexityFiles {
  TEXT("Text", "txt"),
  CSV("CSV, a row per layer", "csv"),
  ATOMS("CSV, a row per atom", "csv"),
  ARFF("ARFF, an instance per layer", "arff"),
  JSON("JSON, everything with all atoms", "json"),
  PNG("PNG, the chart", "png"),
  SVG("SVG, the chart", "svg"),
  PAIRS("CSV, a row per pair of units", "csv"),
  MEANS("CSV, means over repeats", "csv");

  /** Size of saved charts, as wide as a column of print at 200 dots per inch. */
  private static final int WIDTH = 900;

  private static final int HEIGHT = 560;
  private static final double PNG_SCALE = 2;

  private final String description;
  private final String extension;

  ComplexityFiles(String description, String extension) {
    this.description = description;
    this.extension = extension;
  }

  String description() {
    return description;
  }

  String extension() {
    return extension;
  }

  /**
   * Asks for a file to write, and whether one that exists may be replaced.
   *
   * @param name suggested
   * @return the path, with the extension if it has none; empty if there shall be none
   */
  static Optional<Path> choose(
      Component parent, String description, String extension, String name) {
    JFileChooser chooser = new WekaFileChooser();
    chooser.setFileFilter(new ExtensionFileFilter("." + extension, description));
    chooser.setSelectedFile(new File(chooser.getCurrentDirectory(), name));
    if (chooser.showSaveDialog(parent) != JFileChooser.APPROVE_OPTION) {
      return Optional.empty();
    }
    Path chosen = chooser.getSelectedFile().toPath();
    String file = chosen.getFileName().toString();
    Path path = file.contains(".") ? chosen : chosen.resolveSibling(file + "." + extension);
    boolean refused =
        path.toFile().exists()
            && JOptionPane.showConfirmDialog(
                    parent,
                    "The file " + path.getFileName() + " exists. Replace it?",
                    "Save",
                    JOptionPane.YES_NO_OPTION)
                != JOptionPane.YES_OPTION;
    return refused ? Optional.empty() : Optional.of(path);
  }

  /** Whether some results can be saved as one: several trainings cannot. */
  static boolean canWrite(List<ComplexityResult> results) {
    return results.size() == 1
        || (!results.isEmpty() && results.stream().allMatch(r -> r.training().isEmpty()));
  }

  /** Whether there is this format of such results. */
  boolean isFor(List<ComplexityResult> results) {
    return switch (this) {
      case ATOMS -> results.stream().allMatch(r -> r.training().isEmpty());
      case PAIRS -> layers(results).stream().anyMatch(layer -> layer.pairs().isPresent());
      case MEANS ->
          results.size() == 1
              && results.get(0).trajectory().filter(one -> one.mostRepeats() > 1).isPresent();
      default -> true;
    };
  }

  /** A name for the file that has no characters which file systems dislike. */
  String suggestedName(List<ComplexityResult> results) {
    String name = results.get(0).relation() + "-complexity";
    return name.replaceAll("[^\\p{Alnum}._-]+", "_").toLowerCase(Locale.ROOT) + "." + extension;
  }

  /**
   * Writes results; may take long if they have millions of atoms. If it fails, a file that was
   * there stays.
   *
   * @throws IllegalArgumentException if there can be no such file; the message is for users, as is
   *     that of the other exception
   */
  void write(List<ComplexityResult> results, Path file) throws IOException {
    OutputFile output = OutputFile.of("result", "", file.toString());
    switch (this) {
      case PNG -> output.write(out -> picture(results).writePng(out, PNG_SCALE));
      case SVG -> output.writeText(picture(results)::writeSvg);
      case TEXT ->
          output.writeText(
              out ->
                  out.write(
                      results.stream()
                          .map(ComplexityResult::text)
                          .collect(Collectors.joining("\n\n"))));
      case ARFF ->
          output.writeText(
              out -> out.write(ReportInstances.toArff(ReportInstances.of(table(results)))));
      case CSV -> output.writeText(out -> table(results).writeCsv(out));
      case PAIRS ->
          output.writeText(
              out -> Table.ofPairs(results.get(0).relation(), layers(results)).writeCsv(out));
      case MEANS ->
          output.writeText(Table.ofMeans(results.get(0).trajectory().orElseThrow())::writeCsv);
      case ATOMS -> output.writeText(out -> write(results, out, Format.CSV, Report.ALL_ATOMS));
      case JSON -> output.writeText(out -> write(results, out, Format.JSON, Report.ALL_ATOMS));
    }
  }

  private static List<LayerResult> layers(List<ComplexityResult> results) {
    return results.stream().flatMap(result -> result.report().rows().stream()).toList();
  }

  private static Picture picture(List<ComplexityResult> results) {
    // Light whatever Weka looks like: files are for papers.
    return new Picture(ComplexityViews.chartOf(results, ChartStyle.LIGHT), WIDTH, HEIGHT);
  }

  private static Table table(List<ComplexityResult> results) {
    return results
        .get(0)
        .trajectory()
        .map(Table::ofPoints)
        .orElseGet(
            () ->
                Table.ofLayers(
                    "complexity of " + results.get(0).relation(),
                    results.stream().map(ComplexityResult::report).toList()));
  }

  /** Several results become one report. */
  private static void write(
      List<ComplexityResult> results, Writer out, Format format, int atomCount) throws IOException {
    Optional<Trajectory> trajectory = results.get(0).trajectory();
    if (trajectory.isPresent()) {
      format.write(trajectory.get(), out);
      return;
    }
    Report first = results.get(0).report();
    Report all =
        new Report(
            first.relation(),
            first.quantization(),
            results.stream().flatMap(result -> result.report().layers().stream()).toList(),
            atomCount,
            results.stream()
                .flatMap(result -> result.report().unfinishedLayers().stream())
                .toList());
    format.write(all, out);
  }
}
