package nnpid.command;

import java.util.ArrayList;
import java.util.List;
import nnpid.analysis.Report;
import nnpid.report.Table;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;

/**
 * Results as a data set of Weka: an instance per row of the table, with its columns as attributes.
 *
 * <p>Texts become nominal. What is undefined is a missing value.
 */
public final class ReportInstances {
  private ReportInstances() {}

  /**
   * The layers of some reports, in order.
   *
   * @param name name of the data set
   */
  public static Instances of(String name, List<Report> reports) {
    return of(Table.ofLayers(name, reports));
  }

  /**
   * Data as ARFF, the numbers as Java writes them: read back they are what they were, and those of
   * CSV. Weka's own writer rounds, and has the digits of the machine's language.
   */
  public static String toArff(Instances data) {
    StringBuilder text = new StringBuilder(new Instances(data, 0).toString());
    for (Instance instance : data) {
      for (int i = 0; i < instance.numAttributes(); i++) {
        text.append(i == 0 ? "" : ",");
        if (!instance.isMissing(i) && instance.attribute(i).isNumeric()) {
          text.append(number(instance.value(i)));
        } else {
          text.append(instance.toString(i)); // quoted if need be, or ?
        }
      }
      if (instance.weight() != 1) {
        text.append(",{").append(number(instance.weight())).append('}');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Whole numbers without decimals, as counts are. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** A table. */
  public static Instances of(Table table) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (int column = 0; column < table.columns().size(); column++) {
      int index = column;
      List<String> texts =
          table.rows().stream()
              .map(row -> row.get(index))
              .filter(String.class::isInstance)
              .map(String.class::cast)
              .distinct()
              .toList();
      String name = table.columns().get(column);
      attributes.add(texts.isEmpty() ? new Attribute(name) : new Attribute(name, texts));
    }
    Instances data = new Instances(table.name(), attributes, table.rows().size());
    for (List<Object> row : table.rows()) {
      double[] values = new double[row.size()];
      for (int i = 0; i < values.length; i++) {
        // NaN is what Weka means by missing.
        values[i] =
            row.get(i) instanceof Number number
                ? number.doubleValue()
                : data.attribute(i).indexOfValue((String) row.get(i));
      }
      data.add(new DenseInstance(1, values));
    }
    return data;
  }
}
