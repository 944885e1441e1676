package nnpid.command;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a run is done, where several runs share one: of numbered pieces those in a row that
 * fall to it, so that all shards together have every piece once.
 *
 * @param number from 1
 * @param count of all shards, at least {@code number}
 */
record Shard(int number, int count) implements Serializable {
  private static final long serialVersionUID = 8853210447120593361L;

  /** All of it in one run. */
  static final Shard WHOLE = new Shard(1, 1);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /**
   * Reads a shard.
   *
   * @param text {@code 2/10}; empty for none
   * @throws IllegalArgumentException if it is something else
   */
  static Optional<Shard> parse(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = TEXT.matcher(text.strip());
    if (matcher.matches()) {
      Shard shard =
          new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      if (shard.number >= 1 && shard.number <= shard.count) {
        return Optional.of(shard);
      }
    }
    throw new IllegalArgumentException(
        String.format(
            "The shard (%s) must be the number of this run and that of all, such as 1/10 to 10/10.",
            text));
  }

  /** Number of its first piece, from 0. */
  int first(int pieces) {
    return (int) ((long) pieces * (number - 1) / count);
  }

  /** One more than the number of its last piece. */
  int end(int pieces) {
    return (int) ((long) pieces * number / count);
  }

  /** Whether a piece is its own. */
  boolean has(int piece, int pieces) {
    return piece >= first(pieces) && piece < end(pieces);
  }

  /**
   * Checks that every shard has something to do.
   *
   * @param noun what the pieces are: {@code files}
   */
  void requirePieces(int pieces, String noun) {
    if (count > pieces) {
      throw new IllegalArgumentException(
          String.format(
              "The number of shards (%d) must be at most %d, the number of %s.",
              count, pieces, noun));
    }
  }

  /** As it is read. */
  @Override
  public String toString() {
    return number + "/" + count;
  }
}
