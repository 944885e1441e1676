package nnpid.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The different names that occur in a column, unless they are too many. Not thread-safe. */
final class Names implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeSet<String> names = new TreeSet<>();
  private boolean tooMany;

  void add(String name) {
    if (!tooMany && names.add(name) && names.size() > Table.Column.MOST_NAMES) {
      tooMany = true;
      names.clear();
    }
  }

  void addAll(Names other) {
    tooMany |= other.tooMany;
    if (tooMany) {
      names.clear();
    }
    other.names.forEach(this::add);
  }

  boolean isEmpty() {
    return names.isEmpty() && !tooMany;
  }

  /** In ascending order; nothing if they are too many. */
  Optional<List<String>> all() {
    return tooMany ? Optional.empty() : Optional.of(List.copyOf(names));
  }

  /** One of them, always the same. */
  String first() {
    return names.isEmpty() ? "..." : names.first();
  }
}
