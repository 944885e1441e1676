package nnpid.decomposition;

import java.io.Serializable;

/**
 * The same figure twice, from the same pass over the data.
 *
 * @param plugIn exact for the sample
 * @param corrected what the sample tells about where it comes from, see {@link LeaveOneOut}
 */
public record BothValues<T>(T plugIn, T corrected) implements Serializable {}
