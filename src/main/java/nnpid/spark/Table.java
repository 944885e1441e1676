package nnpid.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/** Rows somewhere in a cluster, which are read as often as they are asked for. */
interface Table {
  /** What the data are called. */
  String relation();

  /** The columns, in their order. */
  List<Column> columns();

  /**
   * The rows.
   *
   * @param columns whose values are wanted
   * @param places whether the places of rows are
   */
  JavaRDD<Sample> rows(int[] columns, boolean places);

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
