/**
 * Partial information decomposition of what the hidden layers of a neural network know about a
 * target, and the representational complexity of those layers. All information is in bits.
 *
 * @see <a href="https://arxiv.org/abs/2209.10438">Ehrlich, Schneider, Priesemann, Wibral and Makkeh
 *     (2023), A Measure of the Complexity of Neural Representations based on Partial Information
 *     Decomposition, Transactions on Machine Learning Research</a>
 */
@NullMarked
package nnpid;

import org.jspecify.annotations.NullMarked;
