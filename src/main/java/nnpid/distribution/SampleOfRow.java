package nnpid.distribution;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Which rows are passes of the same sample: those with the same mark.
 *
 * @param marks by row; equal for rows of the same sample
 * @param names what the sample of a mark is called in messages
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes them
public record SampleOfRow(double[] marks, DoubleFunction<String> names) {

  /** The same of some of the rows. */
  public SampleOfRow of(BitSet rows) {
    return new SampleOfRow(rows.stream().mapToDouble(row -> marks[row]).toArray(), names);
  }

  /** Whether some samples have several rows. */
  public boolean haveSeveralPasses() {
    return Arrays.stream(marks).distinct().count() < marks.length;
  }

  /**
   * The rows by pass and sample: the first rows of the samples are the first pass, and so on.
   *
   * @param weights by row; none if all are 1
   * @throws IllegalArgumentException if the rows of a sample differ in target or weight, samples
   *     differ in the number of rows, or a row has no sample
   */
  int[][] rows(int[] targets, double[] weights) {
    Map<Double, Integer> samples = new HashMap<>();
    int[] sampleOf = new int[marks.length];
    int[] first = new int[marks.length]; // row, by sample
    int[] count = new int[marks.length]; // of rows, by sample
    for (int row = 0; row < marks.length; row++) {
      if (Double.isNaN(marks[row])) {
        throw new IllegalArgumentException(
            "Every instance that counts must be a pass of a sample: instance "
                + (row + 1)
                + " of them has none.");
      }
      Integer known = samples.putIfAbsent(marks[row] + 0.0, samples.size()); // no negative zero
      int sample = known == null ? samples.size() - 1 : known;
      if (known == null) {
        first[sample] = row;
      }
      sampleOf[row] = sample;
      count[sample]++;
      requireSame(row, first[sample], targets, weights);
    }
    int passes = count[0];
    for (int sample = 1; sample < samples.size(); sample++) {
      if (count[sample] != passes) {
        throw new IllegalArgumentException(
            String.format(
                "All samples must have the same number of passes that count: \"%s\" has %d, \"%s\""
                    + " has %d.%nMaybe leave out what is not complete, or passes with missing"
                    + " values.",
                names.apply(marks[first[0]]),
                passes,
                names.apply(marks[first[sample]]),
                count[sample]));
      }
    }
    int[][] rows = new int[passes][samples.size()];
    Arrays.fill(count, 0);
    for (int row = 0; row < marks.length; row++) {
      rows[count[sampleOf[row]]++][sampleOf[row]] = row;
    }
    return rows;
  }

  private void requireSame(int row, int first, int[] targets, double[] weights) {
    boolean target = targets[row] == targets[first];
    if (!target || (weights.length > 0 && weights[row] != weights[first])) {
      throw new IllegalArgumentException(
          String.format(
              "All passes of a sample must have the same %s: those of \"%s\" differ.%nMaybe this is"
                  + " no mark of samples; then choose another attribute for them, or none.",
              target ? "weight" : "class", names.apply(marks[row])));
    }
  }
}
