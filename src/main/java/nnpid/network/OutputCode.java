package nnpid.network;

import java.util.Locale;

/** How output units stand for classes, and with them the loss. */
public enum OutputCode {
  /** One unit per class; softmax and cross-entropy. */
  ONE_HOT("softmax"),
  /**
   * One unit per binary digit of the class index, the lowest digit first; sigmoid and
   * cross-entropy, summed over the digits. A class is as probable as its code word, relative to
   * those of the other classes.
   */
  BINARY("binary"),
  /**
   * As {@link #BINARY}, but the loss is the mean squared error of the sigmoids, as in the second
   * network of Ehrlich et al.
   */
  BINARY_SQUARED("binary-mse");

  private final String optionName;

  OutputCode(String optionName) {
    this.optionName = optionName;
  }

  /** The name in options and reports, for example {@code softmax}. */
  @Override
  public String toString() {
    return optionName.toLowerCase(Locale.ROOT);
  }

  /** What the loss is, for tables. */
  public String lossName() {
    return this == BINARY_SQUARED ? "Mean squared error of the outputs" : "Loss in nats";
  }

  int unitCount(int classCount) {
    return this == ONE_HOT
        ? classCount
        : Integer.SIZE - Integer.numberOfLeadingZeros(classCount - 1);
  }

  /**
   * Loss of a class: cross-entropy in nats, or the mean squared error of the digits.
   *
   * @param outputs inputs of the softmax or of the sigmoids
   * @param gradient receives the derivatives with respect to {@code outputs}
   */
  double loss(double[] outputs, int label, double[] gradient) {
    if (this == ONE_HOT) {
      double maximum = maximum(outputs);
      double sum = 0;
      for (int i = 0; i < outputs.length; i++) {
        gradient[i] = StrictMath.exp(outputs[i] - maximum);
        sum += gradient[i];
      }
      for (int i = 0; i < outputs.length; i++) {
        gradient[i] /= sum;
      }
      gradient[label] -= 1;
      return StrictMath.log(sum) + maximum - outputs[label];
    }
    double loss = 0;
    for (int i = 0; i < outputs.length; i++) {
      double digit = (label >> i) & 1;
      if (this == BINARY_SQUARED) {
        double activation = Activation.SIGMOID.value(outputs[i]);
        double error = activation - digit;
        loss += error * error / outputs.length;
        gradient[i] = 2 * error * Activation.SIGMOID.slope(activation) / outputs.length;
        continue;
      }
      loss -= logProbability(outputs[i], digit);
      gradient[i] = Activation.SIGMOID.value(outputs[i]) - digit;
    }
    return loss;
  }

  double[] classProbabilities(double[] outputs, int classCount) {
    double[] logits = outputs;
    if (this != ONE_HOT) {
      logits = new double[classCount];
      for (int label = 0; label < classCount; label++) {
        for (int i = 0; i < outputs.length; i++) {
          logits[label] += logProbability(outputs[i], (label >> i) & 1);
        }
      }
    }
    double[] probabilities = new double[classCount];
    double maximum = maximum(logits);
    double sum = 0;
    for (int i = 0; i < classCount; i++) {
      probabilities[i] = StrictMath.exp(logits[i] - maximum);
      sum += probabilities[i];
    }
    for (int i = 0; i < classCount; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }

  /** Logarithm of the probability that a sigmoid unit gives to a digit; never overflows. */
  private static double logProbability(double output, double digit) {
    double agreement = digit > 0 ? output : -output;
    return Math.min(agreement, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(output)));
  }

  private static double maximum(double[] values) {
    double maximum = values[0];
    for (double value : values) {
      maximum = Math.max(maximum, value);
    }
    return maximum;
  }
}
