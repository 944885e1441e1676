/** The bridge to Weka, where Weka's instances become distributions, and its conventions. */
@NullMarked
package nnpid.weka;

import org.jspecify.annotations.NullMarked;
