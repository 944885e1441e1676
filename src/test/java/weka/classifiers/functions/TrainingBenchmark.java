package weka.classifiers.functions;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import weka.core.Instances;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;

/**
 * Seconds per epoch of training the network of the paper on MNIST, 784-50-10-5-5-5-10, on one core.
 *
 * <p>Arguments: the file mnist-train.arff.gz, and the number of epochs.
 */
final class TrainingBenchmark {
  private TrainingBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Instances train = DataSource.read(Path.of(arguments[0]).toString());
    train.setClassIndex(train.numAttributes() - 1);
    int epochs = Integer.parseInt(arguments[1]);
    QuantizedNetwork network = new QuantizedNetwork();
    network.setOptions(
        Utils.splitOptions("-H 50,10,5,5,5 -L 8 -scaling 256 -checkpoints none -N " + epochs));
    network.initializeClassifier(train);
    double[] seconds = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      long start = System.nanoTime();
      network.next();
      seconds[epoch] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "seconds per epoch: fastest %.3f, median %.3f, slowest %.3f%n",
        seconds[0],
        seconds[epochs / 2],
        seconds[epochs - 1]);
  }
}
