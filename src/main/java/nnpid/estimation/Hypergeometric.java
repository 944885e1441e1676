package nnpid.estimation;

import java.util.SplittableRandom;
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
