/**
 * Bounds for the representational complexity of a wide layer from a partition of its units into a
 * few groups, each of which is read as one source; and the search for the partition with the best
 * bounds. The paper's second way to wide layers, optimized.
 *
 * <p>Every fine atom (of the units) is in the fibre of one coarse atom (of the groups): that of the
 * sets of groups which its sets of units touch. A coarse atom is the sum of its fibre, also in the
 * informative and the misinformative part. An atom of degree of synergy k is in a fibre of degree j
 * with j &le; k &le; U(j), where U(j) is the number of units in the j largest groups. With F(j, k)
 * the sum of the fine atoms of degree k in all fibres of degree j,
 *
 * <p>&nbsp;&nbsp;C I = &Sigma; k F(j, k), &nbsp; C_cg I = &Sigma; j F(j, k),
 *
 * <p>so that C_cg &le; C &le; &Sigma; U(j) &Pi;_j / I if no F(j, k) is negative. That is an
 * assumption. It cannot be checked from the groups alone, only be refuted: the coarse &Pi;_j =
 * &Sigma;_k F(j, k) must not be negative. It is not enough that no coarse <em>atom</em> is
 * negative: with all units in one group the only one is I, and C_cg = 1, while two units can have C
 * = 0.92. Since informative and misinformative parts of atoms never are negative, bounds for both
 * apart hold without any assumption, but they are wide.
 */
@NullMarked
package nnpid.coarsegraining;

import org.jspecify.annotations.NullMarked;
