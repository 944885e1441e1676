package nnpid.chart;

/** Degrees of synergy in words, the same in all charts. */
final class Degrees {
  /** Degrees with a color of their own; higher ones are shown as one sum. */
  static final int MOST = 8;

  private Degrees() {}

  /** What must be read to get at information of a degree. */
  static String name(int degree) {
    return degree == 1 ? "1 unit" : degree + " together";
  }

  /** The same for a degree and all above it. */
  static String nameFrom(int degree) {
    return degree + " or more";
  }
}
