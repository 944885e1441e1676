package nnpid.search;

/**
 * What an {@link AssignmentSearch} maximizes. The same assignment must always get the same value.
 */
@FunctionalInterface
public interface Objective {
  /**
   * How good an assignment is; more is better. Must not be NaN. Only called for assignments without
   * {@linkplain #violations violations}.
   *
   * @param assignment the group of each item; a copy
   */
  double of(int[] assignment);

  /**
   * By how much an assignment breaks rules that the sizes of groups do not express: 0 if it is
   * legal, at most that of any worse one. Fewer violations always win, whatever the value.
   *
   * @param assignment the group of each item; a copy
   */
  default int violations(int[] assignment) {
    return 0;
  }
}
