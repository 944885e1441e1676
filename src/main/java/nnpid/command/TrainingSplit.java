package nnpid.command;

import java.util.Optional;
import java.util.SplittableRandom;
import nnpid.execution.RandomStreams;
import weka.core.Instances;

/**
 * The instances that a network is trained on, and those that it is tested on; both in the order of
 * the data.
 *
 * @param train training data
 * @param test the others; empty if all are training data
 */
record TrainingSplit(Instances train, Optional<Instances> test) {
  /**
   * Draws instances without replacement.
   *
   * @param size number of training instances; 0 for all
   * @throws IllegalArgumentException if there are not more instances than that
   */
  static TrainingSplit of(Instances data, int size, long seed) {
    if (size == 0) {
      return new TrainingSplit(data, Optional.empty());
    }
    int count = data.numInstances();
    if (size >= count) {
      throw new IllegalArgumentException(
          String.format(
              "The training size (-train-size %,d) must be less than the number of instances"
                  + " (%,d): the others are test data.",
              size, count));
    }
    Instances train = new Instances(data, size);
    Instances test = new Instances(data, count - size);
    SplittableRandom random = RandomStreams.of(seed, -1); // no epoch has it
    for (int i = 0; i < count; i++) {
      // As likely as there are training instances left among all that are left.
      boolean drawn = random.nextInt(count - i) < size - train.numInstances();
      (drawn ? train : test).add(data.instance(i));
    }
    return new TrainingSplit(train, Optional.of(test));
  }
}
