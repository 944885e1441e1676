package nnpid.spark;

import nnpid.weka.NumpyUnits;

/**
 * Which rows are drawn of layers that are too large.
 *
 * @param rows how many, about
 * @param driverBytes what may come to the driver
 */
record Drawing(long rows, long seed, double driverBytes) {
  /** Share of the driver's memory for what comes from the executors. */
  private static final double SHARE = 0.4;

  /** Drawing only what does not fit into the memory that is left. */
  static double usualBytes() {
    return SHARE * NumpyUnits.availableBytes(Double.MAX_VALUE);
  }
}
