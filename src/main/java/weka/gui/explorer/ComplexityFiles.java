package weka.gui.explorer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import nnpid.report.ChartStyle;
import nnpid.report.Picture;
import nnpid.report.Report;
import nnpid.report.Report.Format;
import nnpid.weka.ReportInstances;

/** The forms in which results can be saved. */
enum ComplexityFiles {
  TEXT("Text", "txt"),
  CSV("CSV, a row per layer", "csv"),
  ATOMS("CSV, a row per atom", "csv"),
  ARFF("ARFF, an instance per layer", "arff"),
  JSON("JSON, everything with all atoms", "json"),
  PNG("PNG, the chart", "png"),
  SVG("SVG, the chart", "svg");

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

  /** The path with this format's extension, if it has none. */
  Path withExtension(Path path) {
    String name = path.getFileName().toString();
    return name.contains(".") ? path : path.resolveSibling(name + "." + extension);
  }

  /** A name for the file that has no characters which file systems dislike. */
  String suggestedName(List<ComplexityResult> results) {
    String name = results.get(0).report().relation() + "-complexity";
    return name.replaceAll("[^\\p{Alnum}._-]+", "_").toLowerCase(Locale.ROOT) + "." + extension;
  }

  /** Writes results; may take long if they have millions of atoms. */
  void write(List<ComplexityResult> results, Path file) throws IOException {
    switch (this) {
      case PNG -> {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
          picture(results).writePng(out, PNG_SCALE);
        }
      }
      case SVG -> {
        try (Writer out = Files.newBufferedWriter(file)) {
          picture(results).writeSvg(out);
        }
      }
      case TEXT -> {
        String text =
            results.stream().map(ComplexityResult::text).collect(Collectors.joining("\n\n"));
        Files.writeString(file, text);
      }
      case ARFF ->
          Files.writeString(
              file,
              ReportInstances.toArff(
                  ReportInstances.of(
                      "complexity of " + results.get(0).report().relation(),
                      results.stream().map(ComplexityResult::report).toList())));
      case CSV -> write(results, file, Format.CSV, 0);
      case ATOMS -> write(results, file, Format.CSV, Report.ALL_ATOMS);
      case JSON -> write(results, file, Format.JSON, Report.ALL_ATOMS);
    }
  }

  private static Picture picture(List<ComplexityResult> results) {
    // Light whatever Weka looks like: files are for papers.
    return new Picture(ComplexityViews.chartOf(results, ChartStyle.LIGHT), WIDTH, HEIGHT);
  }

  /** Several results become one report. */
  private static void write(List<ComplexityResult> results, Path file, Format format, int atomCount)
      throws IOException {
    Report first = results.get(0).report();
    Report all =
        new Report(
            first.relation(),
            first.quantization(),
            results.stream().flatMap(result -> result.report().layers().stream()).toList(),
            atomCount);
    try (Writer out = Files.newBufferedWriter(file)) {
      all.writeTo(out, format);
    }
  }
}
