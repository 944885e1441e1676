package nnpid.estimation;

import java.util.SplittableRandom;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.special.Gamma;

/**
 * Random numbers of the hypergeometric distribution, for populations of up to 2<sup>53</sup>: how
 * many of some marked members are among those drawn. Commons Math has populations up to
 * 2<sup>31</sup> only, and takes a time that grows with them.
 *
 * <p>By rejection from a ratio of uniforms, whose hat, of Stadlober (1990), holds for all
 * parameters. Probabilities are compared with that of the mode, and differences of logarithms of
 * factorials are computed as such, so that they lose no digits: they are right to 1e-6 even for
 * 2<sup>53</sup> members, where factorials as numbers of their own would be off by more than one.
 *
 * @see <a href="https://doi.org/10.1016/0377-0427(90)90349-5">Stadlober (1990)</a>
 */
final class Hypergeometric {
  /** The width of the hat is sqrt(8/e) standard deviations and 3 - 2 sqrt(3/e). */
  private static final double WIDTH = Math.sqrt(8 / Math.E);

  private static final double EXTRA_WIDTH = 3 - 2 * Math.sqrt(3 / Math.E);

  /** From here on the error of Stirling's series with two terms is below 3e-14. */
  private static final double LARGE = 128;

  /** So many draws are made one by one. */
  private static final int ONE_BY_ONE = 64;

  /** From -1 to 1. */
  private static final GaussIntegrator INTEGRATOR = new GaussIntegratorFactory().legendre(12);

  /** Below 1: for no logarithm of 0. */
  private static final double ALMOST_ALL = 1 - 1e-12;

  private Hypergeometric() {}

  /**
   * How many of {@code drawn} members are marked.
   *
   * @param marked number of marked members of the population
   * @param others number of its other members
   * @param drawn how many are drawn, without replacement; at most all
   */
  static long sample(long marked, long others, long drawn, SplittableRandom random) {
    long least = Math.max(0, drawn - others);
    long most = Math.min(marked, drawn);
    return least == most
        ? least
        : (long) sample((double) marked, (double) others, (double) drawn, random);
  }

  /**
   * How many marked members are drawn before the first other one, without replacement.
   *
   * @param marked number of marked members of the population
   * @param others number of its other members, at least one
   * @param enough larger results may be any number above it
   */
  static long beforeFirstOther(long marked, long others, long enough, SplittableRandom random) {
    long before = 0;
    while (before <= enough
        && before < ONE_BY_ONE
        && random.nextDouble() * (double) (marked + others - before) < (double) (marked - before)) {
      before++;
    }
    if (before < ONE_BY_ONE || before > enough) {
      return before;
    }
    // The chance that all of so many draws are marked falls with their number: halve where it is.
    double left = (double) (marked - before);
    double chance = Math.log1p(-random.nextDouble());
    double least = 0;
    double most = Math.min(left, enough + 1.0 - before) + 1;
    while (most - least > 1) {
      double middle = Math.floor((least + most) / 2);
      boolean longer = middle <= left && logOfAllMarked(middle, left, (double) others) > chance;
      least = longer ? middle : least;
      most = longer ? most : middle;
    }
    return before + (long) least;
  }

  /** The logarithm of the chance that all of so many drawn members are marked. */
  private static double logOfAllMarked(double drawn, double marked, double others) {
    double population = marked + others;
    if (others <= ONE_BY_ONE) {
      double sum = 0; // over the other members: that they are not drawn
      for (int i = 0; i < others; i++) {
        sum += Math.log1p(-drawn / (population - i));
      }
      return sum;
    }
    // The same sum as an integral: its terms hardly differ where the chance is worth a look.
    double half = others / 2;
    return half
        * INTEGRATOR.integrate(
            x -> {
              double i = half * (1 + x) - 0.5;
              return Math.log1p(-Math.min(drawn / (population - i), ALMOST_ALL));
            });
  }

  private static double sample(
      double marked, double others, double drawn, SplittableRandom random) {
    double least = Math.max(0, drawn - others);
    double most = Math.min(marked, drawn);
    double population = marked + others;
    double mean = marked * (drawn / population);
    double variance =
        mean * (others / population) * ((population - drawn) / Math.max(1, population - 1));
    double width = WIDTH * Math.sqrt(variance + 0.5) + EXTRA_WIDTH;
    double mode = Math.floor((marked + 1) * (drawn + 1) / (population + 2));
    mode = Math.min(Math.max(mode, least), most);
    while (true) {
      double u = 1 - random.nextDouble(); // not 0
      double v = random.nextDouble() - 0.5;
      double x = Math.floor(mean + 0.5 + width * v / u);
      if (x >= least && x <= most && 2 * Math.log(u) <= logRatio(x, mode, marked, others, drawn)) {
        return x;
      }
    }
  }

  /** The logarithm of the probability of x over that of the mode. */
  private static double logRatio(
      double x, double mode, double marked, double others, double drawn) {
    return -logFactorials(x, mode)
        - logFactorials(marked - x, marked - mode)
        - logFactorials(drawn - x, drawn - mode)
        - logFactorials(others - drawn + x, others - drawn + mode);
  }

  /** ln x! - ln y!, where x is near y if they are large. */
  private static double logFactorials(double x, double y) {
    if (Math.min(x, y) < LARGE) {
      return Gamma.logGamma(x + 1) - Gamma.logGamma(y + 1);
    }
    double difference = x - y;
    return (x + 0.5) * Math.log1p(difference / y)
        + difference * (Math.log(y) - 1)
        + stirling(x)
        - stirling(y);
  }

  private static double stirling(double x) {
    return (1 - 1 / (30 * x * x)) / (12 * x);
  }
}
