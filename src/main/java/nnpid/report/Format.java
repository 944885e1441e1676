package nnpid.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;

/** Forms in which results can be written. Numbers never depend on the machine's language. */
public enum Format {
  /** Tables for people. */
  TEXT,
  /** One object, numbers at full precision. */
  JSON,
  /**
   * A table, numbers at full precision: a row per atom if atoms are listed, else per ranked subset
   * or pair of units if there are any, else per layer.
   */
  CSV;

  /** Writes the layers of a report. */
  public void write(Report report, Writer out) throws IOException {
    switch (this) {
      case TEXT -> TextReport.write(report, out);
      case JSON -> JsonReport.write(report, out);
      case CSV -> {
        if (report.atomCount() > 0) {
          Table.writeAtoms(report, out);
        } else {
          Table.of(report).writeCsv(out);
        }
      }
    }
  }

  /** Writes all points of trainings; as text their means over repeats. */
  public void write(Trajectory trajectory, Writer out) throws IOException {
    switch (this) {
      case TEXT -> TrajectoryText.write(trajectory, out);
      case JSON -> JsonReport.write(trajectory, out);
      case CSV -> Table.ofPoints(trajectory).writeCsv(out);
    }
  }

  /** The name in options. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
