package nnpid.analysis;

import java.io.Serializable;
import java.util.OptionalLong;

/**
 * How many draws values at equal horizons are wanted for, see {@link
 * nnpid.decomposition.EqualHorizon}.
 *
 * @param wanted whether there shall be any
 * @param draws how many; empty for as many as the smallest class has
 */
public record Horizon(boolean wanted, OptionalLong draws) implements Serializable {
  /** No such values. */
  public static final Horizon NONE = new Horizon(false, OptionalLong.empty());

  /** As many draws as the smallest class has: one less than its samples. */
  public static final Horizon AUTO = new Horizon(true, OptionalLong.empty());

  /**
   * Reads what is wanted.
   *
   * @param text a number of draws, {@code auto}, or nothing for no such values
   * @throws IllegalArgumentException if it is none of these
   */
  public static Horizon parse(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return NONE;
    }
    if (stripped.equals("auto")) {
      return AUTO;
    }
    if (!stripped.matches("0*[1-9]\\d{0,17}")) {
      throw new IllegalArgumentException(
          String.format(
              "The horizon (%s) must be auto or a whole number of draws, at least 1.", text));
    }
    return of(Long.parseLong(stripped));
  }

  /** So many draws. */
  static Horizon of(long draws) {
    return new Horizon(true, OptionalLong.of(draws));
  }

  /** As it is read. */
  @Override
  public String toString() {
    return !wanted ? "" : draws.isPresent() ? Long.toString(draws.getAsLong()) : "auto";
  }
}
