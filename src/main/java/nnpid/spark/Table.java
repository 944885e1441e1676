package nnpid.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/** Rows somewhere in a cluster, which are read as often as they are asked for. */
abstract class Table {
  private final String relation;
  private final List<Column> columns;

  Table(String relation, List<Column> columns) {
    this.relation = relation;
    this.columns = List.copyOf(columns);
  }

  /** What the data are called. */
  final String relation() {
    return relation;
  }

  /** The columns, in their order. */
  final List<Column> columns() {
    return columns;
  }

  /**
   * The rows.
   *
   * @param wanted the columns whose values are wanted
   * @param places whether the places of rows are
   */
  abstract JavaRDD<Sample> rows(int[] wanted, boolean places);

  /** Which of some columns have numbers. */
  final boolean[] numbers(int[] wanted) {
    boolean[] numbers = new boolean[wanted.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = columns.get(wanted[i]).kind() == Kind.NUMBERS;
    }
    return numbers;
  }

  /** The number of every name of some columns. */
  final List<Map<String, Integer>> indices(int[] wanted) {
    List<Map<String, Integer>> indices = new ArrayList<>();
    for (int column : wanted) {
      Map<String, Integer> byName = new HashMap<>();
      columns.get(column).names().forEach(name -> byName.put(name, byName.size()));
      indices.add(byName);
    }
    return indices;
  }

  /** What a column has. */
  enum Kind {
    NUMBERS,
    NAMES,
    /** Too many names, or neither numbers nor names. */
    OTHER
  }

  /**
   * A column.
   *
   * @param names what occurs, in ascending order, if these are names
   */
  record Column(String name, Kind kind, List<String> names) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Names that a column may have; what has more is no class and no unit. */
    static final int MOST_NAMES = 10_000;

    static Column ofNumbers(String name) {
      return new Column(name, Kind.NUMBERS, List.of());
    }

    /** Of these names; nothing if they are too many. */
    static Column ofNames(String name, Optional<List<String>> names) {
      return new Column(name, names.isPresent() ? Kind.NAMES : Kind.OTHER, names.orElse(List.of()));
    }
  }
}
