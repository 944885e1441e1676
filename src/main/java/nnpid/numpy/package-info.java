/**
 * Reads NumPy's files, in which other frameworks leave the activations of their networks. Sizes are
 * checked against the file before memory is taken, and Python objects (pickles) are never read.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The
 *     format</a>
 */
@NullMarked
package nnpid.numpy;

import org.jspecify.annotations.NullMarked;
