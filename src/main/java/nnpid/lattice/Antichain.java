package nnpid.lattice;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A node of the redundancy lattice: a non-empty collection of non-empty source sets, none of which
 * contains another. Written like {@code {1}{2,3}}, with sources numbered from 1. Immutable.
 */
public final class Antichain implements Serializable {
  private static final long serialVersionUID = 1L;

  /** As many sources an antichain can speak of. */
  public static final int MAX_SOURCES = Long.SIZE;

  /** Smaller sets first, then lexicographically: the order of the reference programs. */
  private static final Comparator<Long> SOURCE_SET_ORDER =
      Comparator.<Long>comparingInt(Long::bitCount)
          .thenComparing((a, b) -> Long.compareUnsigned(Long.reverse(b), Long.reverse(a)));

  private static final Pattern TEXT = Pattern.compile("(\\{\\d+(,\\d+)*+\\})++");
  private static final Pattern SOURCE_SET = Pattern.compile("\\{([^}]*)\\}");

  private final long[] sourceMasks; // in order

  private Antichain(long[] sourceMasks) {
    this.sourceMasks = sourceMasks;
  }

  /**
   * The antichain of the given source sets, in any order.
   *
   * @param sourceMasks bit masks of source sets: bit i = source i
   * @throws IllegalArgumentException if these are not the members of an antichain
   */
  public static Antichain of(long... sourceMasks) {
    Antichain sorted = sorted(Arrays.stream(sourceMasks).boxed().distinct().toList());
    if (sorted.sourceMasks.length == 0 || sorted.sourceMasks[0] == 0) {
      throw new IllegalArgumentException(
          "An antichain must have at least one source set, and no empty one.");
    }
    for (int i = 0; i < sorted.sourceMasks.length; i++) {
      for (int larger = i + 1; larger < sorted.sourceMasks.length; larger++) {
        if ((sorted.sourceMasks[i] & ~sorted.sourceMasks[larger]) == 0) {
          throw new IllegalArgumentException(
              "No source set of an antichain may contain another: " + sorted + " does.");
        }
      }
    }
    return sorted;
  }

  private static Antichain sorted(Collection<Long> sourceMasks) {
    return new Antichain(
        sourceMasks.stream().sorted(SOURCE_SET_ORDER).mapToLong(Long::longValue).toArray());
  }

  /**
   * Reads the form that {@link #toString()} writes; source sets and members in any order.
   *
   * @throws IllegalArgumentException if the text is not of this form or not an antichain
   */
  public static Antichain parse(String text) {
    requireNonNull(text, "text");
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "The antichain (" + text + ") must be written like {1}{2,3}.");
    }
    List<Long> masks = new ArrayList<>();
    Matcher matcher = SOURCE_SET.matcher(text);
    while (matcher.find()) {
      long mask = 0;
      for (String number : matcher.group(1).split(",", -1)) {
        int source = number.length() > 2 ? 0 : Integer.parseInt(number);
        if (source < 1 || source > MAX_SOURCES) {
          throw new IllegalArgumentException(
              String.format(
                  "The source (%s) of antichain %s must be from 1 to %d.",
                  number, text, MAX_SOURCES));
        }
        mask |= 1L << (source - 1);
      }
      masks.add(mask);
    }
    return of(masks.stream().mapToLong(Long::longValue).toArray());
  }

  /** The antichain of an up-set over six sources. */
  static Antichain ofUpSet(long upSet) {
    List<Long> members = new ArrayList<>();
    for (long rest = SourceSets.minimalOf(upSet); rest != 0; rest &= rest - 1) {
      members.add((long) Long.numberOfTrailingZeros(rest));
    }
    return sorted(members);
  }

  /** The up-set over six sources, where these are all: bit b for the source set of bit mask b. */
  long upSet() {
    long members = 0;
    for (long mask : sourceMasks) {
      members |= 1L << mask;
    }
    return SourceSets.upSetOf(members);
  }

  /** The bit masks of the member sets: smaller sets first, then lexicographically. */
  public List<Long> sourceMasks() {
    return Arrays.stream(sourceMasks).boxed().toList();
  }

  /** The last source of any member: 1 for the first. */
  public int lastSource() {
    long any = 0;
    for (long mask : sourceMasks) {
      any |= mask;
    }
    return Long.SIZE - Long.numberOfLeadingZeros(any);
  }

  /** The size of the smallest member: how many sources must be read together to access the atom. */
  public int degreeOfSynergy() {
    return Long.bitCount(sourceMasks[0]);
  }

  /**
   * Whether this antichain is below or equal to the other in the redundancy order: every member of
   * the other contains a member of this one.
   */
  public boolean precedes(Antichain other) {
    for (long above : other.sourceMasks) {
      boolean found = false;
      for (int i = 0; i < sourceMasks.length && !found; i++) {
        found = (sourceMasks[i] & ~above) == 0;
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  /**
   * The minimal sets that have a source in common with every member: the minimal hitting sets, or
   * transversals, of hypergraph theory. Those of the blocker are the members again. Complements of
   * the blocker's members are the largest source sets that contain no member. Found by Berge's
   * algorithm.
   *
   * @param most more members than this are too many; there may be exponentially many
   * @return nothing if there are too many, even on the way
   */
  public Optional<Antichain> blocker(int most) {
    long[] hitting = {0};
    for (long member : sourceMasks) {
      long[] next = new long[most + 1];
      int count = 0;
      for (long set : hitting) {
        if ((set & member) != 0) {
          next[count++] = set;
        }
      }
      int kept = count;
      for (long set : hitting) {
        if ((set & member) != 0) {
          continue;
        }
        for (long rest = member; rest != 0; rest &= rest - 1) {
          long grown = set | Long.lowestOneBit(rest);
          // It is minimal unless it contains one that hits the member by the same source.
          if (!containsAny(grown, next, kept)) {
            if (count == most) {
              return Optional.empty();
            }
            next[count++] = grown;
          }
        }
      }
      hitting = Arrays.copyOf(next, count);
    }
    return Optional.of(sorted(Arrays.stream(hitting).boxed().toList()));
  }

  private static boolean containsAny(long set, long[] sets, int count) {
    for (int i = 0; i < count; i++) {
      if ((sets[i] & ~set) == 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Antichain that && Arrays.equals(sourceMasks, that.sourceMasks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sourceMasks);
  }

  @Override
  public String toString() {
    return Arrays.stream(sourceMasks).mapToObj(Antichain::format).collect(Collectors.joining());
  }

  private static String format(long sourceMask) {
    List<String> numbers = new ArrayList<>();
    for (long rest = sourceMask; rest != 0; rest &= rest - 1) {
      numbers.add(Integer.toString(Long.numberOfTrailingZeros(rest) + 1));
    }
    return numbers.stream().collect(Collectors.joining(",", "{", "}"));
  }
}
