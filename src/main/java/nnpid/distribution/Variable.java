package nnpid.distribution;

import java.util.Arrays;

/** The states of one variable in all realizations of a distribution, or rows of a table. */
interface Variable {
  /** States that are read at a time, at most. */
  int BLOCK = 1024;

  /** One more than the largest state, or some larger number. */
  int bound();

  /** One state. */
  int state(int index);

  /** Reads so many states from one on. */
  void read(int from, int count, int[] buffer);

  /** States that are at hand. */
  static Variable of(int[] states) {
    int largest = Arrays.stream(states).max().orElse(0);
    return of(states, largest < Integer.MAX_VALUE ? largest + 1 : largest);
  }

  /** States that are at hand, all below a bound. */
  static Variable of(int[] states, int bound) {
    return new Variable() {
      @Override
      public int bound() {
        return bound;
      }

      @Override
      public int state(int index) {
        return states[index];
      }

      @Override
      public void read(int from, int count, int[] buffer) {
        System.arraycopy(states, from, buffer, 0, count);
      }
    };
  }

  /** Other indices for the states of a column. */
  static Variable at(StateColumn column, int[] indices) {
    return new Variable() {
      @Override
      public int bound() {
        return column.bound();
      }

      @Override
      public int state(int index) {
        return column.state(indices[index]);
      }

      @Override
      public void read(int from, int count, int[] buffer) {
        column.read(indices, from, count, buffer);
      }
    };
  }
}
