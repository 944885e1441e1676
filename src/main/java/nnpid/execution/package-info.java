/** How long computations run: on how many threads, with what progress, and how they are stopped. */
@NullMarked
package nnpid.execution;

import org.jspecify.annotations.NullMarked;
