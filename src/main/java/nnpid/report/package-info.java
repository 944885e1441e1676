/** Results as text, JSON and tables. All information is in bits. */
@NullMarked
package nnpid.report;

import org.jspecify.annotations.NullMarked;
