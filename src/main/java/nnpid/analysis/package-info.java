/** What is known of a layer, and of layers over a training. All information is in bits. */
@NullMarked
package nnpid.analysis;

import org.jspecify.annotations.NullMarked;
