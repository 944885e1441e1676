package nnpid.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;

/**
 * Weighted samples as a plain table, from which a test makes a distribution, the oracle's input, or
 * another table that must be decomposed alike. Equal samples may come in several rows. Immutable.
 */
public final class SampleTable {
  private final String name;
  private final int sourceCount;
  private final List<Sample> samples;

  private SampleTable(String name, int sourceCount, List<Sample> samples) {
    this.name = name;
    this.sourceCount = sourceCount;
    this.samples = List.copyOf(samples);
  }

  /** One row of the table. */
  private static final class Sample {
    private final int[] states;
    private final int target;
    private final double weight;

    Sample(int[] states, int target, double weight) {
      this.states = states.clone();
      this.target = target;
      this.weight = weight;
    }
  }

  /** Collects rows. */
  public static final class Builder {
    private final String name;
    private final int sourceCount;
    private final List<Sample> samples = new ArrayList<>();

    public Builder(String name, int sourceCount) {
      this.name = name;
      this.sourceCount = sourceCount;
    }

    public Builder add(int[] states, int target, double weight) {
      if (states.length != sourceCount) {
        throw new IllegalArgumentException(name + " has " + sourceCount + " sources.");
      }
      samples.add(new Sample(states, target, weight));
      return this;
    }

    public SampleTable build() {
      return new SampleTable(name, sourceCount, samples);
    }
  }

  public int sourceCount() {
    return sourceCount;
  }

  public int sampleCount() {
    return samples.size();
  }

  public int state(int sample, int source) {
    return samples.get(sample).states[source];
  }

  public int target(int sample) {
    return samples.get(sample).target;
  }

  public double weight(int sample) {
    return samples.get(sample).weight;
  }

  public JointDistribution toDistribution() {
    JointDistribution.Counter counter = new JointDistribution.Counter(sourceCount);
    for (Sample sample : samples) {
      counter.add(sample.states, sample.target, sample.weight);
    }
    return counter.toDistribution();
  }

  /** Every row of the table is a row of data. */
  public SampledDistribution toSamples(WeightMeaning meaning) {
    SampledDistribution.Counter counter = new SampledDistribution.Counter(sourceCount);
    for (Sample sample : samples) {
      counter.add(sample.states, sample.target, sample.weight);
    }
    return counter.toSamples(meaning, SampledDistribution.LeftOut.NONE);
  }

  /** The table with the states of each sample's sources replaced, be it by more or fewer. */
  public SampleTable withSources(UnaryOperator<int[]> newStates) {
    List<Sample> changed = new ArrayList<>();
    for (Sample sample : samples) {
      changed.add(new Sample(newStates.apply(sample.states.clone()), sample.target, sample.weight));
    }
    return new SampleTable(name, changed.get(0).states.length, changed);
  }

  public SampleTable withTarget(IntUnaryOperator newTarget) {
    return new SampleTable(
        name,
        sourceCount,
        samples.stream()
            .map(s -> new Sample(s.states, newTarget.applyAsInt(s.target), s.weight))
            .toList());
  }

  public SampleTable withWeights(DoubleUnaryOperator newWeight) {
    return new SampleTable(
        name,
        sourceCount,
        samples.stream()
            .map(s -> new Sample(s.states, s.target, newWeight.applyAsDouble(s.weight)))
            .toList());
  }

  /** Source i of the new table is source {@code permutation[i]} of this one. */
  public SampleTable withSourcesPermuted(int[] permutation) {
    return withSources(s -> IntStream.of(permutation).map(i -> s[i]).toArray());
  }

  /** Every source and the target take other states, in another order, with gaps. */
  public SampleTable withStatesRenamed(long seed) {
    int stateCount = 1;
    for (Sample sample : samples) {
      stateCount = Math.max(stateCount, IntStream.of(sample.states).max().orElseThrow() + 1);
      stateCount = Math.max(stateCount, sample.target + 1);
    }
    Random random = new Random(seed);
    int[][] renamed = new int[sourceCount + 1][];
    for (int i = 0; i <= sourceCount; i++) {
      renamed[i] = permutation(stateCount, random);
    }
    int[] target = renamed[sourceCount];
    return withSources(s -> IntStream.range(0, s.length).map(i -> 5 * renamed[i][s[i]]).toArray())
        .withTarget(t -> 3 * target[t] + 1);
  }

  /** The same rows in a random order. */
  public SampleTable shuffled(long seed) {
    List<Sample> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, new Random(seed));
    return new SampleTable(name, sourceCount, shuffled);
  }

  /** Every sample of weight w as a row of weight 1 and one of weight w - 1, unless w is 1. */
  public SampleTable withUnitsSplitOff() {
    List<Sample> split = new ArrayList<>();
    for (Sample sample : samples) {
      split.add(new Sample(sample.states, sample.target, 1));
      if (sample.weight > 1) {
        split.add(new Sample(sample.states, sample.target, sample.weight - 1));
      }
    }
    return new SampleTable(name, sourceCount, split);
  }

  static int[] permutation(int size, Random random) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(numbers, random);
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
