package nnpid.estimation;

import java.io.Serializable;
import java.util.function.Function;
import nnpid.distribution.SampledDistribution;

/**
 * An analysis that is done in the same way of several samples: shuffled ones, or halves. Safe for
 * several threads; it can be sent to another machine.
 *
 * @param <R> what comes out
 */
@FunctionalInterface
public interface SameAnalysis<R> extends Function<SampledDistribution, R>, Serializable {}
