/** Results as charts and diagrams. */
@NullMarked
package nnpid.chart;

import org.jspecify.annotations.NullMarked;
