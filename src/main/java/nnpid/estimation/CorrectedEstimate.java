package nnpid.estimation;

import java.util.Optional;
import nnpid.decomposition.EqualHorizon;
import nnpid.decomposition.LeaveOneOut;
import nnpid.decomposition.Support;

/**
 * An estimate, and what it is corrected for the bias of the sample, from the same replicates.
 *
 * @param plugIn for the distribution of the sample
 * @param corrected the same corrected, see {@link LeaveOneOut}; its mutual information is exact and
 *     may be negative
 * @param support what the sample can tell at all, estimated from the same replicates
 * @param within the same at a horizon, if one is wanted, see {@link EqualHorizon}
 */
public record CorrectedEstimate(
    ComplexityEstimate plugIn,
    ComplexityEstimate corrected,
    Support support,
    Optional<ComplexityEstimate> within) {}
