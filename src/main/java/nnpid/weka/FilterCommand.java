package nnpid.weka;

import java.io.IOException;
import weka.core.Utils;
import weka.core.WekaException;
import weka.filters.Filter;

/** Runs a filter on files, as Weka does, and says what is wrong in a sentence. */
public final class FilterCommand {
  private FilterCommand() {}

  /**
   * Filters files.
   *
   * @param options those of the filter and of Weka: {@code -i}, {@code -o}, {@code -c}, {@code -b},
   *     ...
   * @throws Exception if it is no fault of the user
   */
  public static void run(Filter filter, String[] options) throws Exception {
    try {
      if (Utils.getFlag('b', options)) {
        Filter.batchFilterFile(filter, options);
      } else {
        Filter.filterFile(filter, options);
      }
    } catch (IllegalArgumentException | WekaException | IOException e) {
      System.err.println(e.getMessage());
    } catch (Exception e) {
      // Weka throws just an Exception about options, with the help on them.
      if (e.getClass() != Exception.class) {
        throw e;
      }
      System.err.println(e.getMessage());
    }
  }
}
