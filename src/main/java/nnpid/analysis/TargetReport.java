package nnpid.analysis;

import nnpid.decomposition.PartialInformationDecomposition;

/**
 * The decomposition for one state of the target alone; weighted by the states' probabilities, these
 * add up to the decomposition of the layer.
 *
 * @param state name of the target state
 * @param probability its probability
 * @param decomposition the decomposition; its mutual information is what the sources tell about
 *     this state, the specific information
 */
public record TargetReport(
    String state, double probability, PartialInformationDecomposition decomposition) {}
