package nnpid.decomposition;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The exact decomposition, with the lattice and without, on one thread unless {@code -p threads=2}
 * says otherwise. Six sources take seconds and have their own sweep.
 *
 * <pre>{@code
 * mvn -Pjmh test-compile exec:exec -Djmh.args="-prof gc DecompositionBenchmark"
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DecompositionBenchmark {

  /** Two to five sources. */
  @State(Scope.Benchmark)
  public static class FewSources {
    @Param({"2", "3", "4", "5"})
    public int sources;

    @Param({"100", "1000", "10000", "100000"})
    public int realizations;

    @Param({"COUNTS"})
    public Weights weights;

    @Param({"1"})
    public int threads;

    JointDistribution distribution;
    Execution execution;

    @Setup
    public void setUp() {
      distribution = layer(sources, realizations, weights);
      execution = Execution.ofThreads(threads);
      requireSameResults(distribution, execution);
    }
  }

  /** Six sources, where the lattice has 7,828,352 antichains. */
  @State(Scope.Benchmark)
  public static class SixSources {
    @Param({"100", "1000"})
    public int realizations;

    @Param({"COUNTS"})
    public Weights weights;

    @Param({"1"})
    public int threads;

    JointDistribution distribution;
    Execution execution;

    @Setup
    public void setUp() {
      distribution = layer(6, realizations, weights);
      execution = Execution.ofThreads(threads);
      requireSameResults(distribution, execution);
    }
  }

  /** How realizations are weighted: equal weights share logarithms, different ones do not. */
  public enum Weights {
    /** Small integers, most of them 1, as of a quantized layer. */
    COUNTS,
    /** All different. */
    REAL
  }

  @Benchmark
  public double lattice(FewSources state) {
    return complexityByLattice(state.distribution, state.execution);
  }

  @Benchmark
  public double backbone(FewSources state) {
    return complexityByBackbone(state.distribution, state.execution);
  }

  @Benchmark
  @Measurement(iterations = 3, time = 1)
  @Warmup(iterations = 1, time = 1)
  public double latticeOfSixSources(SixSources state) {
    return complexityByLattice(state.distribution, state.execution);
  }

  @Benchmark
  @Measurement(iterations = 3, time = 1)
  @Warmup(iterations = 1, time = 1)
  public double backboneOfSixSources(SixSources state) {
    return complexityByBackbone(state.distribution, state.execution);
  }

  private static double complexityByLattice(JointDistribution distribution, Execution execution) {
    return PartialInformationDecomposition.of(distribution, execution)
        .backbone()
        .representationalComplexity();
  }

  private static double complexityByBackbone(JointDistribution distribution, Execution execution) {
    return Backbone.of(distribution, execution).representationalComplexity();
  }

  /**
   * A fast wrong kernel must not win. Both ways share the kernel, but a wrong redundancy of one
   * antichain has another weight in each.
   */
  private static void requireSameResults(JointDistribution distribution, Execution execution) {
    double lattice = complexityByLattice(distribution, execution);
    double backbone = complexityByBackbone(distribution, execution);
    if (!(Math.abs(lattice - backbone) <= 1e-9)) {
      throw new IllegalStateException(
          "The complexities of lattice (" + lattice + ") and backbone (" + backbone + ") differ.");
    }
  }

  /**
   * A noisy layer: every unit has an activation for each of ten classes and adds a normal error to
   * it; there are as many levels as so many realizations need.
   */
  private static JointDistribution layer(int sources, int realizations, Weights weights) {
    Random random = new Random(20220922);
    int levels = (int) Math.ceil(2 * Math.pow(realizations, 1.0 / sources));
    double[][] center = new double[10][sources];
    for (double[] ofClass : center) {
      for (int source = 0; source < sources; source++) {
        ofClass[source] = random.nextDouble();
      }
    }
    JointDistribution.Counter counter = new JointDistribution.Counter(sources);
    int[] states = new int[sources];
    while (counter.realizationCount() < realizations) {
      int target = random.nextInt(center.length);
      for (int source = 0; source < sources; source++) {
        double activation = center[target][source] + 0.2 * random.nextGaussian();
        long level = Math.round(activation * (levels - 1));
        states[source] = (int) Math.max(0, Math.min(levels - 1, level));
      }
      counter.add(states, target, weights == Weights.COUNTS ? 1 : 0.5 + random.nextDouble());
    }
    return counter.toDistribution();
  }
}
