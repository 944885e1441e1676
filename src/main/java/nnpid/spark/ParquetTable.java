package nnpid.spark;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nnpid.weka.AttributeNames;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/** Parquet files. Numbers are numbers, texts and booleans are names, null is missing. */
final class ParquetTable extends Table {
  private final Dataset<Row> data;

  private ParquetTable(String relation, Dataset<Row> data, List<Column> columns) {
    super(relation, columns);
    this.data = data;
  }

  /**
   * Opens files of one schema.
   *
   * @param paths files, or directories of them
   */
  static Table open(SparkSession spark, String relation, String[] paths) {
    Dataset<Row> data;
    try {
      data = spark.read().parquet(paths);
    } catch (Exception e) {
      // Spark is Scala, which throws what it does not declare.
      throw new IllegalArgumentException(
          String.format(
              "The input (%s) must be Parquet, as its name says. Spark: %s",
              String.join(", ", paths), SparkFailure.firstLine(e)),
          e);
    }
    StructField[] fields = data.schema().fields();
    int[] named =
        IntStream.range(0, fields.length).filter(i -> hasNames(fields[i].dataType())).toArray();
    Names[] names = names(data, named);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      int at = Arrays.binarySearch(named, i);
      String name = AttributeNames.clean(fields[i].name());
      if (at >= 0) {
        columns.add(Column.ofNames(name, names[at].all()));
      } else if (fields[i].dataType() instanceof NumericType) {
        columns.add(Column.ofNumbers(name));
      } else {
        columns.add(Column.ofNames(name, Optional.empty()));
      }
    }
    return new ParquetTable(relation, data, columns);
  }

  private static boolean hasNames(DataType type) {
    return type instanceof StringType || type instanceof BooleanType;
  }

  private static Names[] names(Dataset<Row> data, int[] named) {
    int count = named.length;
    Names[] all = none(count);
    if (count > 0) {
      List<Names[]> parts =
          SparkFailure.await(
              texts(data, named)
                  .toJavaRDD()
                  .mapPartitions(
                      rows -> {
                        Names[] part = none(count);
                        while (rows.hasNext()) {
                          Row row = rows.next();
                          for (int i = 0; i < count; i++) {
                            if (!row.isNullAt(i)) {
                              part[i].add(AttributeNames.clean(row.getString(i)));
                            }
                          }
                        }
                        return List.<Names[]>of(part).iterator();
                      })
                  .collectAsync());
      for (Names[] part : parts) {
        for (int i = 0; i < count; i++) {
          all[i].addAll(part[i]);
        }
      }
    }
    return all;
  }

  private static Names[] none(int count) {
    Names[] names = new Names[count];
    Arrays.setAll(names, i -> new Names());
    return names;
  }

  private static Dataset<Row> texts(Dataset<Row> data, int[] columns) {
    return data.select(
        Arrays.stream(columns)
            .mapToObj(i -> column(data, i).cast("string"))
            .toArray(org.apache.spark.sql.Column[]::new));
  }

  /** By its name as it is: dots in it are no paths. */
  private static org.apache.spark.sql.Column column(Dataset<Row> data, int index) {
    return col("`" + data.schema().fields()[index].name().replace("`", "``") + "`");
  }

  @Override
  public JavaRDD<Sample> rows(int[] wanted, boolean places) {
    boolean[] numbers = numbers(wanted);
    List<Map<String, Integer>> indices = indices(wanted);
    List<org.apache.spark.sql.Column> selected = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      selected.add(column(data, wanted[i]).cast(numbers[i] ? "double" : "string"));
    }
    if (places) {
      selected.add(col("_metadata.file_name"));
      selected.add(col("_metadata.row_index"));
    }
    return data.select(selected.toArray(org.apache.spark.sql.Column[]::new))
        .toJavaRDD()
        .map(row -> sample(row, numbers, indices, places));
  }

  private static Sample sample(
      Row row, boolean[] numbers, List<Map<String, Integer>> indices, boolean places) {
    double[] values = new double[numbers.length];
    for (int i = 0; i < values.length; i++) {
      if (row.isNullAt(i)) {
        values[i] = Double.NaN;
      } else if (numbers[i]) {
        double value = row.getDouble(i);
        values[i] = Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
      } else {
        values[i] = indices.get(i).getOrDefault(AttributeNames.clean(row.getString(i)), 0);
      }
    }
    int last = values.length;
    return new Sample(
        places ? Sample.place(row.getString(last), row.getLong(last + 1)) : 0, values);
  }
}
