package nnpid.command;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import nnpid.testing.LargeLayerFiles;
import nnpid.weka.DelimitedText;

/**
 * Measures the command line on a CSV file of a million samples of five units: seconds and memory.
 *
 * <p>Not JMH, since one cold run is what a user waits for:
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/cp.txt -Dmdep.includeScope=test
 * java -Xmx2g -cp "target/test-classes:target/classes:$(tr ':' '\n' &lt; target/cp.txt | grep -v '\.pom$' | paste -sd:)" nnpid.command.MillionRowsBenchmark
 * </pre>
 *
 * <p>The only argument, optional, is the number of samples. CPU seconds, of all threads and the
 * garbage collector, are what to compare on a machine that has other work. The peak of the heap is
 * the sum of the peaks of its pools, garbage included: an upper bound that follows {@code -Xmx}.
 */
public final class MillionRowsBenchmark {
  private static final int UNITS = 5;

  private MillionRowsBenchmark() {}

  /** Generates the file, analyzes it, and prints what that took. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    int samples = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("million");
    Path csv = directory.resolve("activations.csv");
    try {
      LargeLayerFiles.csv(csv, samples, UNITS);
      out.printf(
          Locale.ROOT,
          "%,d samples x %d units, %.0f MB; heap at most %,d MB; Java %s%n",
          samples,
          UNITS,
          Files.size(csv) / 1e6,
          Runtime.getRuntime().maxMemory() >> 20,
          Runtime.version());
      // First the whole, in the cold machine a user has.
      long start = System.nanoTime();
      double cpuStart = cpuSeconds();
      boolean ok =
          new AnalyzeRepresentationalComplexity(out, System.err)
              .execute(new String[] {"-t", csv.toString(), "-nominal-class"});
      double total = seconds(start);
      double totalCpu = cpuSeconds() - cpuStart;
      long peak = peakMegabytes();
      if (!ok) {
        throw new IllegalStateException("The run must succeed.");
      }
      start = System.nanoTime();
      cpuStart = cpuSeconds();
      load(csv.toFile());
      out.printf(
          Locale.ROOT,
          "%nWhole run, cold: %.1f s (CPU %.1f s); peak of the heap at most %,d MB%n"
              + "Loading into instances, which the run does without: %.1f s (CPU %.1f s).%n",
          total,
          totalCpu,
          peak,
          seconds(start),
          cpuSeconds() - cpuStart);
    } finally {
      Files.deleteIfExists(csv);
      Files.delete(directory);
    }
  }

  private static void load(File csv) throws IOException {
    DelimitedText.read(csv, "auto", List.of());
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long peakMegabytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum()
        >> 20;
  }
}
