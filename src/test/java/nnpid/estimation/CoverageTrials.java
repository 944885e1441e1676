package nnpid.estimation;

import java.util.Locale;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;

/** Prints how far estimates of tables with rare realizations are off, in standard errors. */
final class CoverageTrials {
  private CoverageTrials() {}

  public static void main(String[] args) {
    int tables = Integer.parseInt(args[0]);
    int seeds = Integer.parseInt(args[1]);
    int within = 0;
    int count = 0;
    int bad = 0;
    double seconds = 0;
    double worstExact = 0;
    for (int seed = 0; seed < tables; seed++) {
      JointDistribution distribution = RareRealizations.table(seed).toDistribution();
      double[] inaccessible = RareRealizations.inaccessible(distribution);
      double exact = RareRealizations.complexity(inaccessible);
      double few =
          FewRealizations.backbone(distribution, FewRealizations.WORTHWHILE, Execution.sequential())
              .orElseThrow()
              .representationalComplexity();
      worstExact = Math.max(worstExact, Math.abs(few - exact));
      int tableWithin = 0;
      double replicates = 0;
      double meanSquare = 0;
      double stated = 0;
      double worst = 0;
      long start = System.nanoTime();
      for (int trial = 0; trial < seeds; trial++) {
        ComplexityEstimate estimate =
            CoverageEstimator.estimate(
                distribution, CoverageSettings.DEFAULT.withSeed(trial), Execution.sequential());
        double off = estimate.backbone().representationalComplexity() - exact;
        double z = off / estimate.standardError();
        tableWithin += Math.abs(off) <= 2 * estimate.standardError() ? 1 : 0;
        bad += Math.abs(z) > 5 && Math.abs(off) > 0.01 ? 1 : 0;
        worst = Math.max(worst, Math.abs(off));
        meanSquare += off * off / seeds;
        stated += estimate.standardError() / seeds;
        replicates += estimate.replicates() / (double) seeds;
      }
      seconds += (System.nanoTime() - start) / 1e9;
      within += tableWithin;
      count += seeds;
      if (tableWithin < 0.8 * seeds) {
        System.out.printf(
            Locale.ROOT,
            "%3d n=%2d R=%2d I=%.5f C=%.5f within 2: %3d of %d, rms %.5f stated %.5f worst %.5f"
                + " replicates %.0f%n",
            seed,
            distribution.sourceCount(),
            distribution.realizationCount(),
            inaccessible[0],
            exact,
            tableWithin,
            seeds,
            Math.sqrt(meanSquare),
            stated,
            worst,
            replicates);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "within 2: %.4f, bad %d of %d, %.1f s, exact to %.1e%n",
        within / (double) count,
        bad,
        count,
        seconds,
        worstExact);
  }
}
