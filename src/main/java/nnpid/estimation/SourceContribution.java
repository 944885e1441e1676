package nnpid.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.SourceInformation;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * What one source of a layer contributes to the information about the target, in bits: in the whole
 * layer, and, since a share needs all atoms, in random contexts of a few sources where the layer is
 * too wide.
 *
 * @param inLayer among all sources; exact
 * @param share mean over contexts of the source's share in the information of the context, see
 *     {@link PartialInformationDecomposition#shares()}
 * @param inContext means over contexts of what the source tells among the sources of the context
 * @param shareError standard error of {@code share}
 * @param inContextError standard errors of {@code inContext}
 * @param contexts number of contexts; 0 if the whole layer is the one context, and everything
 *     exact; the share is then NaN if it was not computed
 */
public record SourceContribution(
    SourceInformation inLayer,
    double share,
    SourceInformation inContext,
    double shareError,
    SourceInformation inContextError,
    int contexts) {

  /**
   * The contributions of all sources, in order. Layers of up to {@code contextSize} sources are
   * decomposed as a whole. Of wider ones every source is seen in {@code contexts} contexts, each
   * with {@code contextSize} - 1 others, equally likely any. The contexts of a round cover all
   * sources, so that differences between sources suffer least.
   *
   * @param contextSize 2 to 6; the cost grows steeply: 5 sources have 7,579 atoms, 6 have 7,828,352
   * @param contexts about how many for every source; if there are no more, all of them, and the
   *     means are exact. At least 2, so that there is a standard error; or 0, for no contexts of
   *     wider layers: quick, but without shares
   * @throws IllegalArgumentException if a number is out of its range, or the measure is {@link
   *     Measure#BROJA}, or there are no such values
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static List<SourceContribution> ofSources(
      JointDistribution distribution,
      Measure measure,
      Values values,
      int contextSize,
      int contexts,
      long seed,
      Execution execution) {
    if (contextSize < 2 || contextSize > 6) {
      throw new IllegalArgumentException(
          "The context size (" + contextSize + ") must be from 2 to 6.");
    }
    if (contexts < 0 || contexts == 1) {
      throw new IllegalArgumentException(
          "The number of contexts (" + contexts + ") must be 0, for none, or at least 2.");
    }
    int n = distribution.sourceCount();
    List<SourceInformation> inLayer =
        SourceInformation.ofSources(distribution, measure, values, execution.step(0, 0.1));
    Execution rest = execution.step(0.1, 1);
    if (n <= contextSize || contexts == 0) {
      double[] shares =
          n <= contextSize
              ? PartialInformationDecomposition.of(distribution, measure, values, rest).shares()
              : DoubleStream.generate(() -> Double.NaN).limit(n).toArray();
      SourceInformation exact = new SourceInformation(0, 0, 0);
      List<SourceContribution> result = new ArrayList<>();
      for (int source = 0; source < n; source++) {
        SourceInformation information = inLayer.get(source);
        result.add(new SourceContribution(information, shares[source], information, 0, exact, 0));
      }
      return result;
    }
    int blocks = (n - 1) / contextSize + 1;
    int most = contexts * blocks;
    boolean exhaustive = CombinatoricsUtils.binomialCoefficientDouble(n, contextSize) <= most;
    List<int[]> subsets = new ArrayList<>();
    if (exhaustive) {
      CombinatoricsUtils.combinationsIterator(n, contextSize).forEachRemaining(subsets::add);
    }
    Context[] all = new Context[exhaustive ? subsets.size() : most];
    rest.forEach(
        all.length,
        i -> {
          int[] sources =
              exhaustive
                  ? subsets.get(i)
                  : block(
                      randomOrder(n, RandomStreams.of(seed, i / blocks)), i % blocks, contextSize);
          int counted =
              exhaustive ? contextSize : Math.min(contextSize, n - i % blocks * contextSize);
          rest.checkCanceled();
          all[i] = new Context(distribution, measure, values, sources, counted);
        });
    Samples[] samples = new Samples[n];
    Arrays.setAll(samples, source -> new Samples());
    for (Context context : all) {
      for (int i = 0; i < context.counted; i++) {
        samples[context.sources[i]].add(context.shares[i], context.information.get(i));
      }
    }
    List<SourceContribution> result = new ArrayList<>();
    for (int source = 0; source < n; source++) {
      result.add(samples[source].toContribution(inLayer.get(source), exhaustive));
    }
    return result;
  }

  private static int[] randomOrder(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  /** A block of an order; the last one takes what it lacks from the first. */
  private static int[] block(int[] order, int index, int size) {
    int[] sources = new int[size];
    for (int i = 0; i < size; i++) {
      sources[i] = order[(index * size + i) % order.length];
    }
    return sources;
  }

  /** Some sources decomposed on their own. */
  private static final class Context {
    private final int[] sources;
    private final int counted; // of the sources: this is no context of the others, which fill it up
    private final double[] shares;
    private final List<SourceInformation> information;

    Context(
        JointDistribution distribution,
        Measure measure,
        Values values,
        int[] sources,
        int counted) {
      this.sources = sources;
      this.counted = counted;
      JointDistribution context =
          distribution.groupSources(
              Arrays.stream(sources).mapToObj(source -> new int[] {source}).toList());
      Execution single = Execution.sequential();
      this.shares = PartialInformationDecomposition.of(context, measure, values, single).shares();
      this.information = SourceInformation.ofSources(context, measure, values, single);
    }
  }

  /** What was seen of one source. */
  private static final class Samples {
    private final SummaryStatistics share = new SummaryStatistics();
    private final SummaryStatistics unique = new SummaryStatistics();
    private final SummaryStatistics redundant = new SummaryStatistics();
    private final SummaryStatistics synergistic = new SummaryStatistics();

    void add(double shareInContext, SourceInformation information) {
      share.addValue(shareInContext);
      unique.addValue(information.unique());
      redundant.addValue(information.redundant());
      synergistic.addValue(information.synergistic());
    }

    SourceContribution toContribution(SourceInformation inLayer, boolean exhaustive) {
      return new SourceContribution(
          inLayer,
          share.getMean(),
          new SourceInformation(unique.getMean(), redundant.getMean(), synergistic.getMean()),
          exhaustive ? 0 : error(share),
          exhaustive
              ? new SourceInformation(0, 0, 0)
              : new SourceInformation(error(unique), error(redundant), error(synergistic)),
          (int) share.getN());
    }

    private static double error(SummaryStatistics statistics) {
      return statistics.getStandardDeviation() / Math.sqrt((double) statistics.getN());
    }
  }
}
