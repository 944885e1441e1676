package nnpid.lattice;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A node of the redundancy lattice: a non-empty collection of non-empty source sets, none of which
 * contains another. Written like {@code {1}{2,3}}, with sources numbered from 1.
 *
 * @param sourceSets bit b is set if the source set with bit mask b (bit i = source i) is a member
 */
public record Antichain(long sourceSets) {
  /** Smaller sets first, then lexicographically: the order of the reference programs. */
  private static final Comparator<Integer> SOURCE_SET_ORDER =
      Comparator.<Integer>comparingInt(Integer::bitCount)
          .thenComparing((a, b) -> Integer.compareUnsigned(Integer.reverse(b), Integer.reverse(a)));

  private static final Pattern TEXT = Pattern.compile("(\\{\\d+(,\\d+)*+\\})++");
  private static final Pattern SOURCE_SET = Pattern.compile("\\{([^}]*)\\}");

  /**
   * Checks that this is an antichain.
   *
   * @throws IllegalArgumentException if it is not
   */
  public Antichain {
    if (sourceSets == 0 || (sourceSets & 1) != 0) {
      throw new IllegalArgumentException(
          "An antichain must have at least one source set, and no empty one.");
    }
    if (SourceSets.minimalOf(SourceSets.upSetOf(sourceSets)) != sourceSets) {
      throw new IllegalArgumentException(
          "No source set of an antichain may contain another: " + format(sourceSets) + " does.");
    }
  }

  /**
   * The antichain of the given source sets.
   *
   * @param sourceMasks bit masks of source sets: bit i = source i, i &lt; 6
   * @throws IllegalArgumentException if these are not the members of an antichain
   */
  public static Antichain of(int... sourceMasks) {
    long members = 0;
    for (int sourceMask : sourceMasks) {
      if (sourceMask < 1 || sourceMask >= 1 << UpSetFamily.MAX_SOURCES) {
        throw new IllegalArgumentException(
            "The source mask (" + sourceMask + ") must be from 1 to 63.");
      }
      members |= 1L << sourceMask;
    }
    return new Antichain(members);
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
    List<Integer> masks = new ArrayList<>();
    Matcher matcher = SOURCE_SET.matcher(text);
    while (matcher.find()) {
      int mask = 0;
      for (String number : matcher.group(1).split(",", -1)) {
        int source = number.length() > 1 ? 0 : Integer.parseInt(number);
        if (source < 1 || source > UpSetFamily.MAX_SOURCES) {
          throw new IllegalArgumentException(
              "The source (" + number + ") of antichain " + text + " must be from 1 to 6.");
        }
        mask |= 1 << (source - 1);
      }
      masks.add(mask);
    }
    return of(masks.stream().mapToInt(Integer::intValue).toArray());
  }

  static Antichain ofUpSet(long upSet) {
    return new Antichain(SourceSets.minimalOf(upSet));
  }

  long upSet() {
    return SourceSets.upSetOf(sourceSets);
  }

  /** The bit masks of the member sets: smaller sets first, then lexicographically. */
  public List<Integer> sourceMasks() {
    return sourceMasks(sourceSets);
  }

  /** The size of the smallest member: how many sources must be read together to access the atom. */
  public int degreeOfSynergy() {
    return SourceSets.smallestSize(sourceSets);
  }

  /**
   * Whether this antichain is below or equal to the other in the redundancy order: every member of
   * the other contains a member of this one.
   */
  public boolean precedes(Antichain other) {
    return (other.upSet() & ~upSet()) == 0;
  }

  @Override
  public String toString() {
    return format(sourceSets);
  }

  private static List<Integer> sourceMasks(long sourceSets) {
    List<Integer> masks = new ArrayList<>();
    for (long rest = sourceSets; rest != 0; rest &= rest - 1) {
      masks.add(Long.numberOfTrailingZeros(rest));
    }
    masks.sort(SOURCE_SET_ORDER);
    return masks;
  }

  private static String format(long sourceSets) {
    return sourceMasks(sourceSets).stream().map(Antichain::format).collect(Collectors.joining());
  }

  private static String format(int sourceMask) {
    List<String> numbers = new ArrayList<>();
    for (int rest = sourceMask; rest != 0; rest &= rest - 1) {
      numbers.add(Integer.toString(Integer.numberOfTrailingZeros(rest) + 1));
    }
    return numbers.stream().collect(Collectors.joining(",", "{", "}"));
  }
}
