/**
 * What every long computation needs besides its formula: to report progress. Depends on the JDK
 * only.
 */
@NullMarked
package nnpid.execution;

import org.jspecify.annotations.NullMarked;
