/**
 * Estimates for layers that are too wide for exact decomposition: the coverage estimator, and
 * averages over random subsets of units.
 *
 * <p>The coverage identity. Let every other realization r' arrive at an exponential time of rate
 * w(r'), its weight, and let X_k be the time at which every set of k sources has been covered: has
 * been contained in the set of sources on which some arrived realization agrees with a given (s,
 * t). With E1 the exponential integral and w(s) the weight of all realizations with sources s,
 *
 * <p>&nbsp;&nbsp;I+ - V+_k = E[ E1(w(s) X_k) ] / ln 2,
 *
 * <p>averaged over (s, t): the informative part of the information that cannot be read from any k
 * sources at a time. The misinformative part is the same with only the realizations with target t
 * arriving, and w(s, t) in place of w(s). This is the identity of Poisson clocks behind
 * inclusion-exclusion, log x = &int; (exp(-u) - exp(-ux))/u du, with the clock of the own
 * realization integrated out. So an average over simulated arrival orders is an unbiased estimate
 * of V_k, of every &Pi;_k and of the representational complexity, for any number of sources.
 *
 * <p>The order of arrivals is independent of the times between them, so that the times of the first
 * arrivals can be integrated out: with L_i the weight of all that have not arrived before the i-th
 * arrival, E[E1(w X)] = &int; &prod; L_i / (L_i + u) du / u from w to infinity. References are
 * drawn in proportion to their surprisal and weighted by the inverse. Both leave every mean as it
 * is, and keep rare realizations that carry the information from being left to chance.
 */
@NullMarked
package nnpid.estimation;

import org.jspecify.annotations.NullMarked;
