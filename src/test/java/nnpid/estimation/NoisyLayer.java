package nnpid.estimation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import nnpid.distribution.JointDistribution;

/**
 * A layer whose true distribution is known: every class has some patterns of the units, and every
 * unit shows that of its pattern or, with a given probability, any level at all.
 *
 * @param sources number of units
 * @param levels of every unit
 * @param classes of the target
 * @param patterns of every class
 * @param noise how often a unit shows any level
 * @param seed of the patterns and of how probable classes and patterns are
 */
record NoisyLayer(int sources, int levels, int classes, int patterns, double noise, long seed) {
  private record Pattern(int target, List<Integer> states, double probability) {}

  private List<Pattern> allPatterns() {
    SplittableRandom random = new SplittableRandom(seed);
    List<Pattern> all = new ArrayList<>();
    for (int target = 0; target < classes; target++) {
      for (int i = 0; i < patterns; i++) {
        List<Integer> states = random.ints(sources, 0, levels).boxed().toList();
        all.add(new Pattern(target, states, 0.25 + random.nextDouble()));
      }
    }
    double sum = all.stream().mapToDouble(Pattern::probability).sum();
    return all.stream()
        .map(one -> new Pattern(one.target(), one.states(), one.probability() / sum))
        .toList();
  }

  /** Every joint state with its probability. */
  JointDistribution truth() {
    List<Pattern> all = allPatterns();
    JointDistribution.Counter counter = new JointDistribution.Counter(sources);
    int[] states = new int[sources];
    int stateCount = (int) Math.round(Math.pow(levels, sources));
    for (int code = 0; code < stateCount; code++) {
      int rest = code;
      for (int i = 0; i < sources; i++) {
        states[i] = rest % levels;
        rest /= levels;
      }
      double[] ofTarget = new double[classes];
      for (Pattern pattern : all) {
        double probability = pattern.probability();
        for (int i = 0; i < sources; i++) {
          boolean same = states[i] == pattern.states().get(i);
          probability *= noise / levels + (same ? 1 - noise : 0);
        }
        ofTarget[pattern.target()] += probability;
      }
      for (int target = 0; target < classes; target++) {
        counter.add(states, target, ofTarget[target]);
      }
    }
    return counter.toDistribution();
  }

  /** So many samples. */
  JointDistribution sample(int size, SplittableRandom random) {
    List<Pattern> all = allPatterns();
    JointDistribution.Counter counter = new JointDistribution.Counter(sources);
    int[] states = new int[sources];
    for (int sample = 0; sample < size; sample++) {
      double at = random.nextDouble();
      int chosen = 0;
      while (chosen + 1 < all.size() && at >= all.get(chosen).probability()) {
        at -= all.get(chosen++).probability();
      }
      for (int i = 0; i < sources; i++) {
        boolean any = random.nextDouble() < noise;
        states[i] = any ? random.nextInt(levels) : all.get(chosen).states().get(i);
      }
      counter.add(states, all.get(chosen).target(), 1);
    }
    return counter.toDistribution();
  }
}
