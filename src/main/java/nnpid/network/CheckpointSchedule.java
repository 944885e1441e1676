package nnpid.network;

import java.io.Serializable;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The epochs after which the weights are kept. Immutable. */
public final class CheckpointSchedule implements Serializable {
  private static final long serialVersionUID = 5530721846092134455L;

  private static final String LOG = "log:";

  private final String text;
  private final int logCount; // 0 for a list
  private final List<Integer> listed;

  private CheckpointSchedule(String text, int logCount, List<Integer> listed) {
    this.text = text;
    this.logCount = logCount;
    this.listed = listed;
  }

  /**
   * The schedule of a text: {@code log:30} for 30 epochs at equal ratios from 1 to the last one
   * (rounded, so that the first ones fall together), or a list of epochs such as {@code
   * 0,1,10,100}. An empty list is one.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static CheckpointSchedule parse(String text) {
    String trimmed = text.trim();
    try {
      if (trimmed.startsWith(LOG)) {
        int count = Integer.parseInt(trimmed.substring(LOG.length()));
        if (count > 0) {
          return new CheckpointSchedule(trimmed, count, List.of());
        }
      } else {
        List<Integer> epochs =
            trimmed.isEmpty()
                ? List.of()
                : Stream.of(trimmed.split(",", -1))
                    .map(part -> Integer.valueOf(part.trim()))
                    .toList();
        if (epochs.stream().allMatch(epoch -> epoch >= 0)) {
          return new CheckpointSchedule(trimmed, 0, epochs);
        }
      }
    } catch (NumberFormatException e) {
      // The exception below says what the text should have been.
    }
    throw new IllegalArgumentException(
        ("The checkpoints (%s) must be log: and a positive number, or epochs from 0 with commas"
                + " between them.\nMaybe use log:30 or 0,1,10,100.")
            .formatted(text));
  }

  /**
   * The epochs at which the weights are kept in training up to {@code lastEpoch}: ascending,
   * beginning with 0, the random weights, and ending with {@code lastEpoch}, whatever is listed.
   */
  public List<Integer> epochs(int lastEpoch) {
    TreeSet<Integer> epochs = new TreeSet<>(listed);
    IntStream.range(0, logCount)
        .map(i -> (int) Math.round(StrictMath.pow(lastEpoch, i / Math.max(1.0, logCount - 1))))
        .forEach(epochs::add);
    epochs.add(0);
    epochs.add(lastEpoch);
    return List.copyOf(epochs.headSet(lastEpoch, true));
  }

  /** The text it was parsed from. */
  @Override
  public String toString() {
    return text;
  }
}
