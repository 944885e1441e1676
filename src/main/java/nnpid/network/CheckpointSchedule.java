package nnpid.network;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The epochs after which, or within which, the weights are kept. Immutable. */
public final class CheckpointSchedule {
  private static final String LOG = "log:";
  private static final String NONE = "none";

  /** Digits and a point, so that the text can be read by everyone; at most nine digits each. */
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private final String text;
  private final double logFirst;
  private final int logCount; // 0 for a list
  private final List<Double> listed;

  private CheckpointSchedule(String text, double logFirst, int logCount, List<Double> listed) {
    this.text = text;
    this.logFirst = logFirst;
    this.logCount = logCount;
    this.listed = listed;
  }

  /**
   * The schedule of a text: {@code log:30} for 30 epochs at equal ratios from 1 to the last one
   * (rounded, so that the first ones fall together), {@code log:0.01:30} for 30 from the hundredth
   * part of the first epoch on, a list of epochs and fractions such as {@code 0,0.1,0.25,1,10}, or
   * {@code none}.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static CheckpointSchedule parse(String text) {
    String trimmed = text.trim();
    if (trimmed.isEmpty() || trimmed.equals(NONE)) {
      return new CheckpointSchedule(NONE, 1, 0, List.of());
    }
    try {
      if (trimmed.startsWith(LOG)) {
        String[] parts = trimmed.substring(LOG.length()).split(":", -1);
        double first = parts.length == 2 ? number(parts[0]) : 1;
        int count = Integer.parseInt(parts[parts.length - 1]);
        if (first > 0 && count > 0 && parts.length <= 2) {
          return new CheckpointSchedule(trimmed, first, count, List.of());
        }
      } else {
        return new CheckpointSchedule(
            trimmed,
            1,
            0,
            Stream.of(trimmed.split(",", -1)).map(part -> number(part.trim())).toList());
      }
    } catch (NumberFormatException e) {
      // The exception below says what the text should have been.
    }
    throw new IllegalArgumentException(
        ("The checkpoints (%s) must be log: and a positive whole number, log: with the first epoch"
                + " and a number, epochs from 0 with commas between them, or none.\nMaybe use"
                + " log:30, log:0.01:30 or 0,0.1,1,10,100.")
            .formatted(text));
  }

  private static double number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return Double.parseDouble(text);
  }

  /**
   * The epochs at which the weights are kept in training up to {@code lastEpoch}: ascending,
   * beginning with 0, the random weights, and ending with {@code lastEpoch}, whatever is listed.
   *
   * <p>They are those that are really reached: a fraction is that of a whole number of
   * mini-batches, at least one. Those at equal ratios are whole epochs from the first epoch on.
   *
   * @param batchesPerEpoch number of mini-batches of an epoch
   */
  public List<Double> epochs(int lastEpoch, int batchesPerEpoch) {
    TreeSet<Double> epochs = new TreeSet<>(List.of(0.0, (double) lastEpoch));
    DoubleStream logarithmic =
        IntStream.range(0, lastEpoch == 0 ? 0 : logCount)
            .mapToDouble(
                i ->
                    logFirst
                        * StrictMath.pow(lastEpoch / logFirst, i / Math.max(1.0, logCount - 1)))
            .map(epoch -> epoch < 1 ? epoch : Math.round(epoch));
    DoubleStream.concat(logarithmic, listed.stream().mapToDouble(Double::doubleValue))
        .filter(epoch -> epoch <= lastEpoch)
        .map(epoch -> reached(epoch, batchesPerEpoch))
        .forEach(epochs::add);
    return List.copyOf(epochs);
  }

  private static double reached(double epoch, int batchesPerEpoch) {
    int complete = (int) epoch;
    double fraction = epoch - complete;
    long batches = fraction == 0 ? 0 : Math.max(1, Math.round(fraction * batchesPerEpoch));
    return batches == batchesPerEpoch
        ? complete + 1
        : Epochs.of(complete, (int) batches, batchesPerEpoch);
  }

  /** The text it was parsed from. */
  @Override
  public String toString() {
    return text;
  }
}
