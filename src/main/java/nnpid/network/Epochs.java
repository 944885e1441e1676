package nnpid.network;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers of epochs: whole ones, or with the share of the mini-batches that are done of an epoch.
 */
public final class Epochs {
  private static final int DIGITS = 4;

  private Epochs() {}

  /**
   * The number when some mini-batches of an epoch are done. Equal states of training have equal
   * numbers, bit for bit.
   *
   * @param complete number of epochs that are complete
   * @param batches mini-batches done of the next one
   * @param batchesPerEpoch mini-batches of an epoch
   */
  static double of(int complete, int batches, int batchesPerEpoch) {
    return batches == 0 ? complete : complete + (double) batches / batchesPerEpoch;
  }

  /** A number of epochs for people: whole as 12, else with four digits after zeros or the point. */
  public static String text(double epoch) {
    if (epoch == Math.rint(epoch)) {
      return Long.toString((long) epoch);
    }
    BigDecimal exact = new BigDecimal(epoch);
    BigDecimal rounded =
        epoch < 1
            ? exact.round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
            : exact.setScale(DIGITS, RoundingMode.HALF_EVEN);
    return rounded.stripTrailingZeros().toPlainString();
  }

  /** A number of epochs at full precision; whole ones are of a type that has no decimals. */
  public static Number number(double epoch) {
    if (epoch == Math.rint(epoch)) {
      return (long) epoch;
    }
    return epoch;
  }
}
