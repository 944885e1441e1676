package nnpid.coarsegraining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import nnpid.coarsegraining.CoarseGrainedComplexity.Listener;
import nnpid.coarsegraining.CoarseGrainedComplexity.Search;
import nnpid.coarsegraining.CoarseGrainedComplexity.Step;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.CoverageRecord;
import nnpid.execution.Execution;
import nnpid.search.AssignmentSearch;
import nnpid.search.SearchResult;
import nnpid.search.SearchResult.Ending;
import nnpid.search.SearchSettings;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The search for the best grouping. Groupings are scored by estimates from one record of simulated
 * coverage; those with the best scores are then computed exactly, and the best of them is the
 * result: the scores of good groupings often differ by less than their errors.
 */
final class GroupingSearch {
  /** How many of the best groupings are computed exactly. */
  private static final int FINALISTS = 8;

  private static final double RECORDING = 0.2;
  private static final double SEARCHING = 0.8;

  private final JointDistribution distribution;
  private final CoarseGrainingSettings settings;
  private final Listener listener;
  private final GroupingObjective objective;
  private final int groupCount;
  private final List<Candidate> best = new ArrayList<>(); // the best first

  /** A grouping and its score, of which more is better. */
  private record Candidate(CoarseGraining grouping, double score) {}

  GroupingSearch(
      JointDistribution distribution, CoarseGrainingSettings settings, Listener listener) {
    this.distribution = distribution;
    this.settings = settings;
    this.listener = listener;
    this.objective = settings.objective();
    this.groupCount = settings.groupCountFor(distribution.sourceCount());
  }

  CoarseGrainedComplexity run(Execution execution) {
    long start = System.nanoTime();
    if (distribution.mutualInformation() <= Backbone.NO_INFORMATION) {
      // All groupings are as good: there is nothing to be read.
      return exact(settings.fixedGrouping(distribution.sourceCount()), execution);
    }
    CoverageRecord record =
        CoverageRecord.of(
            distribution,
            CoverageRecord.DEFAULT_DIFFERENCES,
            settings.search().seed(),
            settings.search().timeLimitSeconds(),
            execution.step(0, RECORDING));
    SearchResult result = search(record, start, execution.step(RECORDING, SEARCHING));
    CoarseGrainedComplexity winner;
    boolean stopped = result.ending() == Ending.CANCELED;
    try {
      winner = bestOfFinalists(execution.step(SEARCHING, 1));
    } catch (CancellationException e) {
      stopped = true;
      winner = keepBest(execution.threadCount());
    }
    return winner.with(describe(record, result, stopped, winner.coarseGraining()));
  }

  /** What has been found is worth one exact computation, though the run is stopped. */
  private CoarseGrainedComplexity keepBest(int threadCount) {
    boolean interrupted = Thread.interrupted();
    try {
      return exact(best.get(0).grouping(), Execution.ofThreads(threadCount));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private SearchResult search(CoverageRecord record, long start, Execution execution) {
    double information = record.mutualInformation();
    AssignmentSearch search =
        AssignmentSearch.ofGroups(
            distribution.sourceCount(),
            groupCount,
            settings.minGroupSize(),
            Math.min(settings.mostPerGroup(distribution.sourceCount()), distribution.sourceCount()),
            assignment -> {
              double value =
                  objective.ofInaccessible(record.inaccessible(assignment, groupCount), assignment)
                      / information;
              compete(assignment, objective.sign() * value);
              return objective.sign() * value;
            });
    SearchSettings limits = settings.search();
    double left = limits.timeLimitSeconds() - (System.nanoTime() - start) / 1e9;
    // One thread: what others would try in advance must not become a finalist.
    return search.run(
        limits.withTimeLimitSeconds(Math.max(left, 1e-3)),
        Execution.sequential().withProgressListener(execution::progress),
        null,
        (assignment, score, step, fractionDone) ->
            listener.newBest(CoarseGraining.of(assignment), objective.sign() * score, step));
  }

  private void compete(int[] assignment, double score) {
    if (best.size() == FINALISTS && score <= best.get(FINALISTS - 1).score()) {
      return;
    }
    CoarseGraining grouping = CoarseGraining.of(assignment);
    if (best.stream().noneMatch(candidate -> candidate.grouping().equals(grouping))) {
      best.add(new Candidate(grouping, score));
      best.sort(Comparator.comparingDouble(Candidate::score).reversed());
      if (best.size() > FINALISTS) {
        best.remove(FINALISTS);
      }
    }
  }

  private CoarseGrainedComplexity bestOfFinalists(Execution execution) {
    Optional<CoarseGrainedComplexity> winner = Optional.empty();
    for (int i = 0; i < best.size(); i++) {
      Execution step = execution.step(i / (double) best.size(), (i + 1.0) / best.size());
      CoarseGrainedComplexity finalist = exact(best.get(i).grouping(), step);
      if (winner.isEmpty() || value(finalist) > value(winner.get())) {
        winner = Optional.of(finalist);
      }
    }
    return winner.orElseThrow();
  }

  private double value(CoarseGrainedComplexity finalist) {
    return objective.sign() * objective.of(finalist.bounds());
  }

  private CoarseGrainedComplexity exact(CoarseGraining grouping, Execution execution) {
    return CoarseGrainedComplexity.of(distribution, grouping, objective, execution);
  }

  private Search describe(
      CoverageRecord record, SearchResult result, boolean stopped, CoarseGraining winner) {
    int[] groupOfUnit = winner.groupOfUnit();
    SummaryStatistics estimates = new SummaryStatistics();
    for (double[] inaccessible : record.inaccessibleByBatch(groupOfUnit, groupCount)) {
      estimates.addValue(
          objective.ofInaccessible(inaccessible, groupOfUnit) / record.mutualInformation());
    }
    return new Search(
        result.trace().stream()
            .map(point -> new Step(point.step(), objective.sign() * point.score()))
            .toList(),
        result.evaluations(),
        record.referenceCount(),
        estimates.getMean(),
        estimates.getStandardDeviation() / Math.sqrt((double) estimates.getN()),
        !stopped && result.ending() == Ending.COMPLETE);
  }
}
