package nnpid.command;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import nnpid.decomposition.RelatedMeasures;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.weka.InstancesBridge.MissingValues;
import nnpid.weka.LayerSource;

/**
 * Measures what redundancy, vulnerability and their kin take for all units of a file as one layer:
 * processor seconds of all threads, reading and counting apart.
 *
 * <pre>
 * java -cp ... nnpid.testing.LargeLayerFiles npy 100000 2048 wide.npy
 * java -Xmx1500m -cp ... nnpid.command.ShannonInvariantsBenchmark wide.npy first-2048 first-1024
 * </pre>
 */
public final class ShannonInvariantsBenchmark {
  private ShannonInvariantsBenchmark() {}

  /** The file, whose last column is the class, and ranges of units. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    for (int i = 1; i < arguments.length; i++) {
      Task task = Task.parse("-nominal-class", "-sources", arguments[i], "-layers", "all");
      Execution execution = task.execution(false);
      double start = cpuSeconds();
      LayerSource source =
          new DataFiles("-t", "last", true, "auto")
              .layers(new File(arguments[0]), task.analysis(), execution);
      source.read(execution);
      int units = source.header().numAttributes() - 1;
      int[] all = new int[units];
      for (int unit = 0; unit < units; unit++) {
        all[unit] = unit;
      }
      JointDistribution distribution =
          source
              .count(all, Optional.empty(), MissingValues.LEVEL, WeightMeaning.AUTO)
              .samples()
              .distribution();
      double read = cpuSeconds();
      RelatedMeasures measures = RelatedMeasures.of(distribution, 1, execution);
      out.printf(
          Locale.ROOT,
          "%d units, R = %d: reading and counting %.1f s, invariants %.1f s of processor time;"
              + " redundancy %.4f%n",
          units,
          distribution.realizationCount(),
          read - start,
          cpuSeconds() - read,
          measures.averageDegreeOfRedundancy());
    }
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }
}
