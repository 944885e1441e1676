package nnpid.coarsegraining;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;

/**
 * A partition of units into groups, each of which becomes one source. Written like {@code 1,2;3-5},
 * with units numbered from 1; in Java they count from 0. Immutable.
 */
public final class CoarseGraining implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String NUMBER = "\\d{1,9}(-\\d{1,9})?";

  private final int unitCount;
  private final List<List<Integer>> groups;

  private CoarseGraining(int unitCount, List<List<Integer>> groups) {
    this.unitCount = unitCount;
    this.groups = groups.stream().map(List::copyOf).toList();
  }

  /**
   * The partition that puts every unit into the group of the given number.
   *
   * @param groupOfUnit numbers from 0; those between them that no unit has do not count as groups
   * @throws IllegalArgumentException if there is no unit or a negative number
   */
  public static CoarseGraining of(int... groupOfUnit) {
    if (groupOfUnit.length == 0 || Arrays.stream(groupOfUnit).anyMatch(group -> group < 0)) {
      throw new IllegalArgumentException(
          "The groups ("
              + Arrays.toString(groupOfUnit)
              + ") must be numbers from 0, one for every unit.");
    }
    int largest = Arrays.stream(groupOfUnit).max().getAsInt();
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i <= largest; i++) {
      int group = i;
      List<Integer> units =
          IntStream.range(0, groupOfUnit.length)
              .filter(unit -> groupOfUnit[unit] == group)
              .boxed()
              .toList();
      if (!units.isEmpty()) {
        groups.add(units);
      }
    }
    return new CoarseGraining(groupOfUnit.length, groups);
  }

  /**
   * Reads groups separated by semicolons: numbers of units from 1 and ranges, with commas between
   * them. Groups and units keep their order.
   *
   * @throws IllegalArgumentException if the text is not of this form, or a unit is in no group or
   *     in two, or there is no such unit
   */
  public static CoarseGraining parse(String text, int unitCount) {
    requireNonNull(text, "text");
    List<List<Integer>> groups = new ArrayList<>();
    boolean[] used = new boolean[unitCount];
    for (String group : text.replaceAll("\\s*([,;-])\\s*", "$1").strip().split(";", -1)) {
      List<Integer> units = parseGroup(group, text, unitCount);
      for (int unit : units) {
        if (used[unit]) {
          throw new IllegalArgumentException(
              String.format(
                  "The groups (%s) must not overlap: unit %d is in two.", text, unit + 1));
        }
        used[unit] = true;
      }
      groups.add(units);
    }
    for (int unit = 0; unit < unitCount; unit++) {
      if (!used[unit]) {
        throw new IllegalArgumentException(
            String.format(
                "The groups (%s) must have every unit: unit %d of %d is in none.%n"
                    + "Maybe add \";%d\", or leave the unit out.",
                text, unit + 1, unitCount, unit + 1));
      }
    }
    return new CoarseGraining(unitCount, groups);
  }

  private static List<Integer> parseGroup(String group, String text, int unitCount) {
    if (!group.matches(NUMBER + "(," + NUMBER + ")*+")) {
      throw new IllegalArgumentException(
          String.format(
              "The groups (%s) must be numbers and ranges such as \"1,2;3-5\": \"%s\" is not.",
              text, group));
    }
    List<Integer> units = new ArrayList<>();
    for (String part : group.split(",", -1)) {
      String[] ends = part.split("-", -1);
      int from = Integer.parseInt(ends[0]);
      int to = Integer.parseInt(ends[ends.length - 1]);
      if (from < 1 || to > unitCount || from > to) {
        throw new IllegalArgumentException(
            String.format(
                "The units of groups (%s) must be from 1 to %d, the number of units: %s is not.",
                text, unitCount, part));
      }
      IntStream.rangeClosed(from - 1, to - 1).forEach(units::add);
    }
    return units;
  }

  /**
   * The units in their order, cut into groups whose sizes differ by one at most, the larger ones
   * first: the paper's way.
   *
   * @throws IllegalArgumentException if there are more groups than units, or none
   */
  public static CoarseGraining sequential(int unitCount, int groupCount) {
    return ofOrder(IntStream.range(0, unitCount).boxed().toList(), groupCount);
  }

  /** Like {@link #sequential(int, int)}, but with the units in random order. */
  public static CoarseGraining random(int unitCount, int groupCount, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, unitCount).boxed().toList());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = unitCount - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return ofOrder(order, groupCount);
  }

  private static CoarseGraining ofOrder(List<Integer> units, int groupCount) {
    requireGroupCount(groupCount, units.size());
    List<List<Integer>> groups = new ArrayList<>();
    int start = 0;
    for (int group = 0; group < groupCount; group++) {
      int size = units.size() / groupCount + (group < units.size() % groupCount ? 1 : 0);
      groups.add(units.subList(start, start + size).stream().sorted().toList());
      start += size;
    }
    return new CoarseGraining(units.size(), groups);
  }

  static void requireGroupCount(int groupCount, int unitCount) {
    if (groupCount < 1 || groupCount > unitCount) {
      throw new IllegalArgumentException(
          String.format(
              "The number of groups (%d) must be from 1 to %d, the number of units: no group may"
                  + " be empty.",
              groupCount, unitCount));
    }
  }

  public int unitCount() {
    return unitCount;
  }

  public int groupCount() {
    return groups.size();
  }

  /** The units of every group, counted from 0. */
  public List<List<Integer>> groups() {
    return groups;
  }

  /** The group of every unit, counted from 0. */
  public int[] groupOfUnit() {
    int[] result = new int[unitCount];
    for (int group = 0; group < groups.size(); group++) {
      for (int unit : groups.get(group)) {
        result[unit] = group;
      }
    }
    return result;
  }

  /** U(j): how many units the {@code count} largest groups have together. */
  public int unitsOfLargest(int count) {
    return groups.stream()
        .map(List::size)
        .sorted(Collections.reverseOrder())
        .limit(count)
        .mapToInt(Integer::intValue)
        .sum();
  }

  /**
   * The distribution whose sources are the groups.
   *
   * @throws IllegalArgumentException if the distribution's sources are not as many as the units
   */
  public JointDistribution coarse(JointDistribution distribution) {
    if (distribution.sourceCount() != unitCount) {
      throw new IllegalArgumentException(
          String.format(
              "The number of units (%d) must be the number of sources (%d).",
              unitCount, distribution.sourceCount()));
    }
    return distribution.groupSources(
        groups.stream()
            .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
            .toList());
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof CoarseGraining other && groups.equals(other.groups);
  }

  @Override
  public int hashCode() {
    return groups.hashCode();
  }

  /** The form that {@link #parse} reads; three and more units in a row are a range. */
  @Override
  public String toString() {
    return groups.stream().map(CoarseGraining::format).collect(Collectors.joining(";"));
  }

  private static String format(List<Integer> units) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < units.size(); ) {
      int end = i + 1;
      while (end < units.size() && units.get(end) == units.get(end - 1) + 1) {
        end++;
      }
      if (end - i > 2) {
        parts.add((units.get(i) + 1) + "-" + (units.get(end - 1) + 1));
        i = end;
      } else {
        parts.add(Integer.toString(units.get(i++) + 1));
      }
    }
    return String.join(",", parts);
  }
}
