/**
 * Combinatorics of the redundancy lattice: antichains of source sets, their order, the Moebius
 * inversion. No probability appears here.
 *
 * <p>An antichain corresponds to the up-set it generates, the source sets that contain one of its
 * members. With at most {@value nnpid.lattice.UpSetFamily#MAX_SOURCES} sources an up-set fits the
 * bits of a {@code long} (bit b stands for the source set with bit mask b), and an up-set over n
 * sources is a nested pair of up-sets over n - 1 sources: its source sets without the last source,
 * and its source sets with it. All algorithms here and the kernels that use them rest on this.
 */
@NullMarked
package nnpid.lattice;

import org.jspecify.annotations.NullMarked;
