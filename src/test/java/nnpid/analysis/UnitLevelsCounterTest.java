package nnpid.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import nnpid.distribution.LimitRule;
import org.junit.jupiter.api.Test;

class UnitLevelsCounterTest {
  /** Counters of parts of the samples, some without any, tell what one of all tells. */
  @Test
  void countersOfPartsAddUp() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Optional<UnitLevels.Limits> limits =
          Optional.of(new UnitLevels.Limits(-1, 1, LimitRule.AUTO));
      UnitLevels.Counter all = new UnitLevels.Counter(limits, 4, 0);
      UnitLevels.Counter[] parts = new UnitLevels.Counter[4];
      for (int part = 0; part < parts.length; part++) {
        parts[part] = new UnitLevels.Counter(limits, 4, 0);
      }
      for (int i = 0; i < 1 + seed; i++) {
        // Levels with one activation each at first: merging is seen between parts only.
        int level = random.nextInt(1 + seed % 4);
        double activation = level - 1 + (random.nextInt(300) < seed ? 0.5 : 0);
        double weight = 1 + random.nextInt(2);
        all.add(activation, level, weight);
        parts[i % (1 + seed % 4)].add(activation, level, weight);
      }
      for (int part = 1; part < parts.length; part++) {
        parts[0].merge(parts[part]);
      }
      assertEquals(all.of("unit"), parts[0].of("unit"), "seed " + seed);
    }
  }
}
