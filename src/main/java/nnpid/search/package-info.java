/**
 * Search for the best assignment of items to groups with OptaPlanner: for the best subset of units,
 * or the best way to merge units into groups.
 */
@NullMarked
package nnpid.search;

import org.jspecify.annotations.NullMarked;
