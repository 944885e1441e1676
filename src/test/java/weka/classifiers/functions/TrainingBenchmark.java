package weka.classifiers.functions;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import weka.core.Instances;
import weka.core.Utils;
import weka.core.converters.AbstractFileLoader;
import weka.core.converters.ArffLoader;
import weka.core.converters.CifarLoader;

/**
 * Seconds of processor time per epoch of training a network of the paper: 784-50-10-5-5-5-10 on
 * MNIST, or the convolutional one on CIFAR-10, and how long it takes by the clock.
 *
 * <p>Arguments: the file mnist-train.arff.gz or one of CIFAR-10's, the number of epochs, and if
 * they are fewer, the number of instances, and the number of threads.
 */
final class TrainingBenchmark {
  private static final String CIFAR_10 =
      "-layers-spec conv:32:k3:p1:relu,maxpool:2,conv:32:k3:p1:relu,maxpool:2,"
          + "conv:64:k3:p1:relu,maxpool:2,dense:2048:tanh:q8,dense:128:tanh:q8,dense:32:tanh:q8,"
          + "dense:5:tanh:q8,dense:5:tanh:q8 -shape 3x32x32 -scaling standardize-channels -R 0.005";

  private TrainingBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    int epochs = Integer.parseInt(arguments[1]);
    boolean images = file.toString().endsWith(".bin");
    AbstractFileLoader loader = images ? new CifarLoader() : new ArffLoader();
    loader.setFile(file.toFile());
    Instances train = loader.getDataSet();
    if (arguments.length > 2) {
      train = new Instances(train, 0, Integer.parseInt(arguments[2]));
    }
    train.setClassIndex(train.numAttributes() - 1);
    QuantizedNetwork network = new QuantizedNetwork();
    network.setOptions(
        Utils.splitOptions(
            (images ? CIFAR_10 : "-H 50,10,5,5,5 -L 8 -scaling 256")
                + (arguments.length > 3 ? " -num-slots " + arguments[3] : "")
                + " -checkpoints none -N "
                + epochs));
    network.initializeClassifier(train);
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double[] seconds = new double[epochs];
    double[] byClock = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      long start = System.nanoTime();
      long processor = machine.getProcessCpuTime();
      network.next();
      seconds[epoch] = (machine.getProcessCpuTime() - processor) / 1e9;
      byClock[epoch] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    Arrays.sort(byClock);
    System.out.printf(
        Locale.ROOT,
        "seconds per epoch: fastest %.3f, median %.3f; by the clock %.3f, %.3f%n",
        seconds[0],
        seconds[epochs / 2],
        byClock[0],
        byClock[epochs / 2]);
  }
}
