package nnpid.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is learned from activations one by one is what the rule finds among all, to the bit. */
class LimitLearnerTest {
  @Test
  void limitsAreThoseOfTheRule() {
    List<LimitRule> rules =
        List.of(
            LimitRule.AUTO,
            LimitRule.parse("data"),
            LimitRule.parse("tanh"),
            LimitRule.parse("percentile:0.1"),
            LimitRule.parse("percentile:7"),
            LimitRule.parse("percentile:25"));
    for (int seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      int count = 1 + random.nextInt(seed % 3 == 0 ? 30 : 5_000);
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = value(seed, random);
      }
      double[] weights =
          seed % 2 == 0 ? new double[0] : random.doubles(count, 0.25, 4).map(Math::ceil).toArray();
      for (LimitRule rule : rules) {
        LimitRule.Limits expected = rule.of(values, weights);
        double total = weights.length == 0 ? count : Arrays.stream(weights).sum();
        LimitLearner learner = new LimitLearner(rule, seed % 5 == 0 ? 3 * total : total);
        if (weights.length == 0) {
          learner.addAll(values, count);
        } else {
          for (int i = 0; i < count; i++) {
            learner.add(values[i], weights[i]);
          }
        }
        assertEquals(expected, learner.limits(), rule + ", seed " + seed);
        assertEquals(
            expected, inParts(rule, total, values, weights).limits(), rule + " in parts, " + seed);
      }
    }
  }

  /** Several learners, merged in another order than that of the activations. */
  private static LimitLearner inParts(
      LimitRule rule, double total, double[] values, double[] weights) {
    LimitLearner[] parts = new LimitLearner[5]; // of few activations some learn nothing
    Arrays.setAll(parts, i -> new LimitLearner(rule, total));
    for (int i = 0; i < values.length; i++) {
      parts[Math.min(4, 7 * i / values.length)].add(
          values[i], weights.length == 0 ? 1 : weights[i]);
    }
    parts[1].merge(parts[2]);
    parts[3].merge(parts[1]);
    parts[3].merge(parts[0]);
    parts[3].merge(parts[4]);
    return parts[3];
  }

  /** Of many kinds: ties, exploding samples, hardly active units, trends, constants. */
  private static double value(int seed, Random random) {
    double value = random.nextGaussian();
    return switch (seed % 7) {
      case 0 -> Math.tanh(value);
      case 1 -> Math.max(0, value - seed % 4);
      case 2 -> random.nextInt(200) == 0 ? 1e4 * value : value;
      case 3 -> Math.rint(2 * value);
      case 4 -> random.nextInt(30) == 0 ? -50 : value;
      case 5 -> seed % 2 == 0 ? 7 : Math.rint(value) * Math.pow(10, random.nextInt(9));
      default -> (float) value;
    };
  }
}
