package nnpid.spark;

import java.io.Serializable;
import nnpid.weka.AttributeNames;

/**
 * The cells of a line of text: between separators, maybe in quotes, in which a doubled quote is
 * one. Blanks around them do not count.
 */
record LineCells(char separator, char quote) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The cells of a line that was parsed; used again and again. Not thread-safe. */
  static final class Parsed {
    private char[] text = new char[256];
    private int[] ends = new int[16]; // of cells, begin and end
    private int count;
    private boolean wellFormed;

    int count() {
      return count;
    }

    /** Whether quotes are around whole cells, and closed. */
    boolean isWellFormed() {
      return wellFormed;
    }

    String text(int cell) {
      return new String(text, ends[2 * cell], ends[2 * cell + 1] - ends[2 * cell]);
    }

    /** The number in a cell; NaN if there is none. */
    double number(int cell) {
      return TextTable.number(text, ends[2 * cell], ends[2 * cell + 1]);
    }

    private void add(int from, int to) {
      int begin = from;
      int end = to;
      while (begin < end && AttributeNames.isBlank(text[begin])) {
        begin++;
      }
      while (begin < end && AttributeNames.isBlank(text[end - 1])) {
        end--;
      }
      if (2 * count == ends.length) {
        ends = java.util.Arrays.copyOf(ends, 2 * ends.length);
      }
      ends[2 * count] = begin;
      ends[2 * count + 1] = end;
      count++;
    }
  }

  /** Finds the cells of a line. */
  void parse(String line, Parsed to) {
    int length = line.length();
    if (to.text.length < length) {
      to.text = new char[2 * length];
    }
    to.count = 0;
    to.wellFormed = true;
    int at = 0;
    int written = 0; // what is taken goes to the front: quotes are left out
    while (at <= length) {
      int from = written;
      int start = at;
      while (start < length && line.charAt(start) == ' ') {
        start++;
      }
      if (start < length && line.charAt(start) == quote) {
        at = start + 1;
        boolean open = true;
        while (at < length && open) {
          char c = line.charAt(at++);
          if (c != quote) {
            to.text[written++] = c;
          } else if (at < length && line.charAt(at) == quote) {
            to.text[written++] = quote;
            at++;
          } else {
            open = false;
          }
        }
        while (at < length && line.charAt(at) == ' ') {
          at++;
        }
        to.wellFormed &= !open && (at == length || line.charAt(at) == separator);
      }
      while (at < length && line.charAt(at) != separator) {
        to.text[written++] = line.charAt(at++);
      }
      to.add(from, written);
      at++; // behind the separator
    }
  }
}
