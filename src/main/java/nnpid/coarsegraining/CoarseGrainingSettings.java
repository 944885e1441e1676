package nnpid.coarsegraining;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Optional;
import nnpid.lattice.UpSetFamily;
import nnpid.search.SearchSettings;

/**
 * Which groups the units are put into.
 *
 * @param grouping {@value #OPTIMIZE}, {@value #SEQUENTIAL}, {@value #RANDOM}, or the groups
 *     themselves as {@link CoarseGraining#parse} reads them
 * @param objective what the best grouping is
 * @param groupCount exactly how many groups, up to 6; if not given, as many as the given grouping
 *     has, else 5 or, if they are fewer, one for every unit
 * @param minGroupSize fewest units in a group, at least 1
 * @param maxGroupSize most units in a group; any number if not given
 * @param search how the best grouping is searched for; its seed is that of the random grouping too
 */
public record CoarseGrainingSettings(
    String grouping,
    GroupingObjective objective,
    Optional<Integer> groupCount,
    int minGroupSize,
    Optional<Integer> maxGroupSize,
    SearchSettings search)
    implements Serializable {

  /** Searches for the groups. */
  public static final String OPTIMIZE = "optimize";

  /** Cuts the units in their order into groups of equal size, see {@link CoarseGraining}. */
  public static final String SEQUENTIAL = "sequential";

  /** Puts the units at random into groups of equal size. */
  public static final String RANDOM = "random";

  /** The tightest lower bound of five groups of any size. */
  public static final CoarseGrainingSettings DEFAULT =
      new CoarseGrainingSettings(
          OPTIMIZE,
          GroupingObjective.TIGHTEST_LOWER,
          Optional.empty(),
          1,
          Optional.empty(),
          SearchSettings.DEFAULT);

  private static final int DEFAULT_GROUPS = 5;

  /**
   * Checks what can be checked without the number of units.
   *
   * @throws IllegalArgumentException if the grouping is none, or a number is out of range
   */
  public CoarseGrainingSettings {
    requireNonNull(objective, "objective");
    requireNonNull(search, "search");
    if (isGiven(grouping) && !grouping.matches("[\\d\\s,;-]*\\d[\\d\\s,;-]*")) {
      throw new IllegalArgumentException(
          String.format(
              "The grouping (%s) must be optimize, sequential, random, or groups of units such as"
                  + " \"1,2;3-5\".",
              grouping));
    }
    if (groupCount.isPresent()) {
      requireGroupCount(groupCount.get());
    }
    if (minGroupSize < 1) {
      throw new IllegalArgumentException(
          "The least group size (" + minGroupSize + ") must be at least 1.");
    }
    if (maxGroupSize.isPresent() && maxGroupSize.get() < minGroupSize) {
      throw new IllegalArgumentException(
          String.format(
              "The largest group size (%d) must be at least the least group size (%d).",
              maxGroupSize.get(), minGroupSize));
    }
  }

  private static boolean isGiven(String grouping) {
    return switch (grouping) {
      case OPTIMIZE, SEQUENTIAL, RANDOM -> false;
      default -> true;
    };
  }

  private static void requireGroupCount(int groupCount) {
    if (groupCount < 1 || groupCount > UpSetFamily.MAX_SOURCES) {
      throw new IllegalArgumentException(
          String.format(
              "The group count (%d) must be from 1 to %d: already 7 sources have"
                  + " 2,414,682,040,996 antichains.",
              groupCount, UpSetFamily.MAX_SOURCES));
    }
  }

  /** These settings with another grouping. */
  public CoarseGrainingSettings withGrouping(String newGrouping) {
    return new CoarseGrainingSettings(
        newGrouping, objective, groupCount, minGroupSize, maxGroupSize, search);
  }

  /** These settings with another objective. */
  public CoarseGrainingSettings withObjective(GroupingObjective newObjective) {
    return new CoarseGrainingSettings(
        grouping, newObjective, groupCount, minGroupSize, maxGroupSize, search);
  }

  /** These settings with exactly so many groups. */
  public CoarseGrainingSettings withGroupCount(int newGroupCount) {
    return new CoarseGrainingSettings(
        grouping, objective, Optional.of(newGroupCount), minGroupSize, maxGroupSize, search);
  }

  /** These settings with other sizes of groups. */
  public CoarseGrainingSettings withGroupSizes(int newMinGroupSize, int newMaxGroupSize) {
    return new CoarseGrainingSettings(
        grouping, objective, groupCount, newMinGroupSize, Optional.of(newMaxGroupSize), search);
  }

  /** These settings with another search. */
  public CoarseGrainingSettings withSearch(SearchSettings newSearch) {
    return new CoarseGrainingSettings(
        grouping, objective, groupCount, minGroupSize, maxGroupSize, newSearch);
  }

  /** Whether the groups are searched for. */
  public boolean isOptimized() {
    return grouping.equals(OPTIMIZE);
  }

  /**
   * Checks that so many units can be put into such groups.
   *
   * @throws IllegalArgumentException if they cannot
   */
  public void requireApplicable(int unitCount) {
    if (isGiven(grouping)) {
      requireSizes(CoarseGraining.parse(grouping, unitCount));
      return;
    }
    int count = groupCountFor(unitCount);
    CoarseGraining.requireGroupCount(count, unitCount);
    if ((long) count * minGroupSize > unitCount
        || (long) count * mostPerGroup(unitCount) < unitCount) {
      throw new IllegalArgumentException(
          String.format(
              "The group size (%d to %d) must let the number of units (%d) be divided into %d"
                  + " groups: that takes %d to %d units.%n"
                  + "Maybe change the number of groups.",
              minGroupSize,
              mostPerGroup(unitCount),
              unitCount,
              count,
              count * (long) minGroupSize,
              count * (long) mostPerGroup(unitCount)));
    }
  }

  private void requireSizes(CoarseGraining given) {
    requireGroupCount(given.groupCount());
    if (groupCount.isPresent() && groupCount.get() != given.groupCount()) {
      throw new IllegalArgumentException(
          String.format(
              "The group count (%d) must be that of the given groups (%s): these are %d.",
              groupCount.get(), grouping, given.groupCount()));
    }
    for (int group = 0; group < given.groupCount(); group++) {
      int size = given.groups().get(group).size();
      if (size < minGroupSize || size > mostPerGroup(given.unitCount())) {
        throw new IllegalArgumentException(
            String.format(
                "The groups (%s) must have %d to %d units each: group %d has %d.",
                grouping, minGroupSize, mostPerGroup(given.unitCount()), group + 1, size));
      }
    }
  }

  int groupCountFor(int unitCount) {
    return groupCount.orElse(Math.min(DEFAULT_GROUPS, unitCount));
  }

  int mostPerGroup(int unitCount) {
    return maxGroupSize.orElse(unitCount);
  }

  /** The grouping where it need not be searched for. */
  CoarseGraining fixedGrouping(int unitCount) {
    return switch (grouping) {
      case OPTIMIZE, SEQUENTIAL -> CoarseGraining.sequential(unitCount, groupCountFor(unitCount));
      case RANDOM -> CoarseGraining.random(unitCount, groupCountFor(unitCount), search.seed());
      default -> CoarseGraining.parse(grouping, unitCount);
    };
  }
}
