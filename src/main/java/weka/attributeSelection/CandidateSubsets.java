package weka.attributeSelection;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import nnpid.estimation.SubsetScore;
import nnpid.estimation.SubsetScores;
import nnpid.estimation.SubsetSizes;
import nnpid.execution.Execution;
import weka.core.Instances;
import weka.core.ThreadSafe;

/**
 * The subsets of attributes that a search may choose from: any but the class, in numbers from
 * {@code minSize} to {@code maxSize}; and what an evaluator says about them.
 */
final class CandidateSubsets implements SubsetScores {
  private static final long serialVersionUID = 1L;

  static final String ANY_SIZE = "any";

  private static final int DECIMALS = 6;

  private final ASEvaluation evaluator;
  private final int[] attributes;
  private final List<String> names;
  private final SubsetSizes sizes;

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
    SubsetSizes wanted = requireSize(size);
    if (wanted.least() > attributes.length) {
      throw new IllegalArgumentException(
          "The subset size (-size %s) must be at most the number of attributes, %d."
              .formatted(size, attributes.length));
    }
    this.sizes = wanted.upTo(attributes.length);
  }

  /**
   * Reads the text of a size.
   *
   * @throws IllegalArgumentException if it is none
   */
  static SubsetSizes requireSize(String size) {
    return SubsetSizes.parse("subset size", size);
  }

  int count() {
    return attributes.length;
  }

  /** How many may be chosen. */
  SubsetSizes sizes() {
    return sizes;
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

  /** A merit for people: with its standard error, if it is an estimate. */
  static String text(SubsetScore score) {
    return score.exact()
        ? PidEvaluation.number(score.value(), DECIMALS)
        : PidEvaluation.estimate(score.value(), score.standardError(), DECIMALS);
  }

  /** The same of some candidates whose merit is known. */
  String text(double merit, int... candidates) {
    if (!(evaluator instanceof PidSubsetEval)) {
      return PidEvaluation.number(merit, DECIMALS); // it has no errors
    }
    try {
      return text(of(candidates)); // remembered
    } catch (CancellationException e) {
      return PidEvaluation.estimate(merit, Double.NaN, DECIMALS);
    }
  }

  private BitSet subset(int... candidates) {
    BitSet subset = new BitSet();
    for (int candidate : candidates) {
      subset.set(attributes[candidate]);
    }
    return subset;
  }

  /**
   * The merit of some candidates. The evaluator has threads of its own.
   *
   * @throws EvaluationFailed if the evaluator throws an exception
   * @throws CancellationException if it is interrupted
   */
  @Override
  public SubsetScore of(int[] candidates, Execution execution) {
    return of(candidates);
  }

  /** The same. */
  SubsetScore of(int... candidates) {
    BitSet subset = subset(candidates);
    SubsetScore score;
    try {
      // What extends it may evaluate otherwise.
      score =
          evaluator instanceof PidSubsetEval pid && pid.getClass() == PidSubsetEval.class
              ? pid.score(subset)
              : SubsetScore.exact(((SubsetEvaluator) evaluator).evaluateSubset(subset));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The computation was stopped.");
    } catch (Exception e) {
      // Weka declares Exception.
      throw new EvaluationFailed(e);
    }
    if (Double.isNaN(score.value())) {
      throw new EvaluationFailed(
          new IllegalArgumentException(
              "The evaluator (%s) must give every subset a merit: that of {%s} is not a number."
                  .formatted(evaluator.getClass().getSimpleName(), names(candidates))));
    }
    return score;
  }
}
