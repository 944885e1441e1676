/**
 * Feed-forward networks whose hidden activations are quantized: training, snapshots of the weights
 * and the levels of the hidden units.
 *
 * <pre>{@code
 * Architecture architecture =
 *     new Architecture(784, List.of(50, 10, 5), List.of(8, 8, 8), Activation.TANH, OutputCode.ONE_HOT, 10);
 * Trainer trainer = Trainer.start(architecture, samples, TrainingSettings.defaults());
 * for (int epoch = 1; epoch <= 100; epoch++) {
 *   trainer.trainEpoch(Execution.sequential());
 * }
 * List<JointDistribution> layers =
 *     trainer.checkpoint().network().layerDistributions(samples, Execution.sequential());
 * }</pre>
 *
 * @see <a href="https://arxiv.org/abs/2209.10438">Ehrlich, Schneider, Priesemann, Wibral and Makkeh
 *     (2023)</a>
 */
@NullMarked
package nnpid.network;

import org.jspecify.annotations.NullMarked;
