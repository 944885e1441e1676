package nnpid.weka;

import java.util.List;
import java.util.SplittableRandom;
import nnpid.network.Checkpoint;
import nnpid.network.ForwardPass;
import nnpid.network.Layer;
import nnpid.network.Network;
import nnpid.network.Samples;
import nnpid.network.TrainingSettings;
import weka.classifiers.IterativeClassifier;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.OptionHandler;
import weka.core.Randomizable;

/**
 * A classifier of Weka that is a {@link Network}: how it is trained, and what can be asked of it.
 * From {@link #initializeClassifier} on there is a network, at first the random one.
 */
public interface NetworkClassifier extends IterativeClassifier, OptionHandler, Randomizable {
  /** How the network is trained, by the options. */
  TrainingSettings settings();

  /**
   * The hidden layers, by the options.
   *
   * @throws IllegalArgumentException if the options do not go together
   */
  List<Layer> layerList();

  /**
   * The epochs whose weights are kept, by the options: ascending, from 0 to the last one. They have
   * fractions where weights are kept within an epoch.
   *
   * @param sampleCount number of training samples
   */
  List<Double> checkpointEpochs(int sampleCount);

  /**
   * Takes over a state of training in place of the random one, as if this network had reached it.
   *
   * @param checkpoint of a network of the same shape, trained on the same data with the same
   *     options
   * @throws IllegalStateException if {@link #initializeClassifier} has not been called
   * @throws IllegalArgumentException if the shape is another
   */
  void adopt(Checkpoint checkpoint);

  /**
   * The network with its weights as they are now; its {@link Network#architecture()} tells layers
   * and levels.
   *
   * @throws IllegalStateException if there is no model
   */
  Network network();

  /**
   * The attributes of the training data, without rows.
   *
   * @throws IllegalStateException if there is no model
   */
  Instances header();

  /**
   * The instances that have a class as samples of the network, whether of the training data or
   * others: what {@link Network#layerDistributions} and {@link Network#evaluate} take.
   *
   * @throws IllegalStateException if there is no model
   * @throws IllegalArgumentException if the attributes are not those of the training data
   * @throws Exception if Weka's filters fail
   */
  Samples samples(Instances data) throws Exception;

  /**
   * Hidden activations, levels and class probabilities of an instance under the final weights.
   *
   * @throws IllegalStateException if there is no model
   * @throws Exception if Weka's filters fail
   */
  ForwardPass forward(Instance instance) throws Exception;

  /**
   * The same with hidden activations that are rounded at random, as in training.
   *
   * @param random where the rounding gets its draws
   */
  ForwardPass forward(Instance instance, SplittableRandom random) throws Exception;
}
