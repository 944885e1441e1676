package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import nnpid.analysis.Report;
import nnpid.execution.Execution;
import nnpid.report.Format;
import org.junit.jupiter.api.Test;
import weka.core.Attribute;
import weka.core.Instances;

class ReportInstancesTest {
  private static final String DATA =
      """
      @relation gates
      @attribute A_1 {0,1}
      @attribute A_2 {0,1}
      @attribute B_1 {0,1}
      @attribute B_2 {0,1}
      @attribute B_3 {0,1}
      @attribute class {0,1}
      @data
      0,0,0,0,0,0
      0,1,0,0,1,1
      1,0,0,1,0,1
      1,1,0,1,1,0
      """;

  static Report report(String... options) {
    try {
      AnalysisOptions analysis = new AnalysisOptions();
      analysis.setOptions(options);
      return new ComplexityAnalysis(analysis, Task.Listener.NONE)
          .analyze(new Instances(new StringReader(DATA)), Execution.sequential());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The CSV is the other form of the same table. */
  @Test
  void columnsAndValuesAreThoseOfTheCsv() throws IOException {
    Report report = report("-layers", "([AB])_.*");
    StringWriter csv = new StringWriter();
    Format.CSV.write(report, csv);
    String[] lines = csv.toString().split("\n", -1);
    Instances data = ReportInstances.of("gates", List.of(report));
    List<String> names =
        java.util.Collections.list(data.enumerateAttributes()).stream()
            .map(Attribute::name)
            .toList();
    assertEquals(List.of(lines[0].split(",", -1)), names);
    assertEquals(2, data.numInstances());
    for (int row = 0; row < 2; row++) {
      String[] cells = lines[row + 1].split(",", -1);
      for (int column = 0; column < names.size(); column++) {
        if (cells[column].isEmpty()) {
          assertTrue(data.instance(row).isMissing(column), names.get(column));
        } else if (data.attribute(column).isNumeric()) {
          assertEquals(
              Double.parseDouble(cells[column]),
              data.instance(row).value(column),
              0,
              names.get(column));
        } else {
          assertEquals(cells[column], data.instance(row).stringValue(column));
        }
      }
    }
  }

  /** ARFF rounds to six digits unless told otherwise; what is read back has the same layers. */
  @Test
  void canBeWrittenAndRead() throws IOException {
    Report report = report("-layers", "([AB])_.*");
    Instances data = ReportInstances.of("gates", List.of(report, report));
    Instances read = new Instances(new StringReader(data.toString()));
    assertEquals(4, read.numInstances());
    assertEquals("B", read.instance(3).stringValue(0));
    assertEquals("A_1 A_2", read.instance(0).stringValue(1));
    assertEquals(
        report.layers().get(0).representationalComplexity(),
        read.instance(0).value(read.attribute("representationalComplexity")),
        1e-6);
  }
}
