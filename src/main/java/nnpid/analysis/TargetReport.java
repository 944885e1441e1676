package nnpid.analysis;

import java.io.Serializable;
import java.util.Optional;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.BothValues;
import nnpid.decomposition.PartialInformationDecomposition;

/**
 * The decomposition for one state of the target alone; weighted by the states' probabilities, these
 * add up to the decomposition of the layer.
 *
 * @param state name of the target state
 * @param probability its probability
 * @param decomposition the decomposition; its mutual information is what the sources tell about
 *     this state, the specific information; corrected ones may be negative
 * @param backbones plug-in and corrected, where the layer has both
 */
public record TargetReport(
    String state,
    double probability,
    PartialInformationDecomposition decomposition,
    Optional<BothValues<Backbone>> backbones)
    implements Serializable {}
