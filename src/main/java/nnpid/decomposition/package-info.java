/**
 * Partial information decomposition of the mutual information I(T:S1,...,Sn) between a target and
 * sources, and what follows from it: the backbone (information by degree of synergy) and the
 * representational complexity. All information is in bits.
 */
@NullMarked
package nnpid.decomposition;

import org.jspecify.annotations.NullMarked;
