package weka.attributeSelection;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import nnpid.execution.Execution;
import weka.core.Instances;
import weka.core.ThreadSafe;

/**
 * The subsets of attributes that a search may choose from: any but the class, in numbers from
 * {@code minSize} to {@code maxSize}; and what an evaluator says about them.
 */
final class CandidateSubsets {
  static final String ANY_SIZE = "any";

  private static final int DECIMALS = 6;

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(?:\\s*-\\s*(\\d{1,9}))?");

  private final ASEvaluation evaluator;
  private final int[] attributes;
  private final List<String> names;
  private final int minSize;
  private final int maxSize;

  /**
   * The subsets of the attributes of data.
   *
   * @param size a number, a range such as {@code 2-5}, which ends at the number of attributes at
   *     the latest, or {@value #ANY_SIZE}
   * @throws IllegalArgumentException if the evaluator is not for subsets, there are no attributes,
   *     or not enough of them
   */
  CandidateSubsets(ASEvaluation evaluator, Instances data, String size) {
    if (!(evaluator instanceof SubsetEvaluator)) {
      throw new IllegalArgumentException(
          ("The evaluator (%s) must be a subset evaluator: it evaluates single attributes.\n"
                  + "Maybe use PidSubsetEval or CfsSubsetEval here, or Ranker as search.")
              .formatted(evaluator.getClass().getSimpleName()));
    }
    this.evaluator = evaluator;
    boolean hasClass = !(evaluator instanceof UnsupervisedSubsetEvaluator);
    if (hasClass && data.classIndex() < 0) {
      throw new IllegalArgumentException(
          "The data must have a class: none is set.\nMaybe set it with -c.");
    }
    this.attributes =
        IntStream.range(0, data.numAttributes())
            .filter(i -> !hasClass || i != data.classIndex())
            .toArray();
    this.names = Arrays.stream(attributes).mapToObj(i -> data.attribute(i).name()).toList();
    if (attributes.length == 0) {
      throw new IllegalArgumentException("The data must have an attribute besides the class.");
    }
    int[] range = parseSize(size, attributes.length);
    this.minSize = range[0];
    this.maxSize = Math.min(range[1], attributes.length);
    if (minSize > attributes.length) {
      throw new IllegalArgumentException(
          "The subset size (-size %s) must be at most the number of attributes, %d."
              .formatted(size, attributes.length));
    }
  }

  /**
   * Checks the text of a size.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void requireSize(String size) {
    parseSize(size, 1);
  }

  private static int[] parseSize(String size, int all) {
    if (size.equals(ANY_SIZE)) {
      return new int[] {1, all};
    }
    Matcher matcher = SIZE.matcher(size.trim());
    if (matcher.matches()) {
      int least = Integer.parseInt(matcher.group(1));
      int most = matcher.group(2) == null ? least : Integer.parseInt(matcher.group(2));
      if (least >= 1 && least <= most) {
        return new int[] {least, most};
      }
    }
    throw new IllegalArgumentException(
        "The subset size (%s) must be a number from 1, a range such as 2-5, or any."
            .formatted(size));
  }

  int count() {
    return attributes.length;
  }

  int minSize() {
    return minSize;
  }

  int maxSize() {
    return maxSize;
  }

  /** The attribute index of a candidate. */
  int attribute(int candidate) {
    return attributes[candidate];
  }

  /** The candidate with an attribute index; -1 if there is none. */
  int candidate(int attribute) {
    return Arrays.binarySearch(attributes, attribute);
  }

  /** The names of candidates. */
  String names(int[] candidates) {
    return Arrays.stream(candidates).mapToObj(names::get).reduce((a, b) -> a + ", " + b).orElse("");
  }

  /** As many threads as wanted (0 for all processors) if the evaluator allows. */
  Execution execution(int threads) {
    return evaluator instanceof ThreadSafe ? Execution.ofThreads(threads) : Execution.sequential();
  }

  /** The evaluator failed. */
  static final class EvaluationFailed extends RuntimeException {
    private static final long serialVersionUID = 2240985131756321987L;

    EvaluationFailed(Exception cause) {
      super(cause);
    }

    /** What the evaluator threw. */
    Exception failure() {
      return (Exception) getCause();
    }
  }

  /** The merit of some candidates for people: with its standard error, if it is an estimate. */
  String text(double merit, int... candidates) {
    if (evaluator instanceof PidSubsetEval pid) {
      try {
        OptionalDouble error = pid.standardError(subset(candidates));
        if (error.isPresent()) {
          return PidEvaluation.estimate(merit, error.getAsDouble(), DECIMALS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return PidEvaluation.estimate(merit, Double.NaN, DECIMALS);
      } catch (Exception e) {
        // Weka declares Exception.
        throw new EvaluationFailed(e);
      }
    }
    return PidEvaluation.number(merit, DECIMALS);
  }

  private BitSet subset(int... candidates) {
    BitSet subset = new BitSet();
    for (int candidate : candidates) {
      subset.set(attributes[candidate]);
    }
    return subset;
  }

  /**
   * The merit of some candidates.
   *
   * @throws EvaluationFailed if the evaluator throws an exception
   * @throws CancellationException if it is interrupted
   */
  double merit(int... candidates) {
    double merit;
    try {
      merit = ((SubsetEvaluator) evaluator).evaluateSubset(subset(candidates));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The computation was stopped.");
    } catch (Exception e) {
      // Weka declares Exception.
      throw new EvaluationFailed(e);
    }
    if (Double.isNaN(merit)) {
      throw new EvaluationFailed(
          new IllegalArgumentException(
              "The evaluator (%s) must give every subset a merit: that of {%s} is not a number."
                  .formatted(evaluator.getClass().getSimpleName(), names(candidates))));
    }
    return merit;
  }
}
