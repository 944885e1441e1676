/** Results as data, and as text, JSON and CSV. All information is in bits. */
@NullMarked
package nnpid.report;

import org.jspecify.annotations.NullMarked;
