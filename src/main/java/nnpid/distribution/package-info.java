/**
 * From activations to a joint distribution: quantization, counting, entropy and mutual information
 * of discrete variables. Nothing here knows of partial information decomposition.
 *
 * <p>All information is in bits. Distributions are empirical: the distribution of the data
 * <em>is</em> the distribution that is analyzed (the plug-in approach of the papers).
 */
@NullMarked
package nnpid.distribution;

import org.jspecify.annotations.NullMarked;
