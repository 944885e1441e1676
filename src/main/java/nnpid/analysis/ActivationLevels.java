package nnpid.analysis;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import nnpid.distribution.LevelRules;

/**
 * How layers without levels of their own get some at the checkpoints of a training. Immutable.
 *
 * @param rules how activations become levels; repeat r (from 1) has their seed plus r - 1
 * @param limitsOfFirst whether limits that are learned are those of the first checkpoint of the
 *     same repeat; else every checkpoint has its own
 */
public record ActivationLevels(LevelRules rules, boolean limitsOfFirst) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks that all is there. */
  public ActivationLevels {
    requireNonNull(rules, "rules");
  }
}
