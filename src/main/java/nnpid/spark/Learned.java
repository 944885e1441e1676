package nnpid.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import nnpid.distribution.LimitLearner;
import nnpid.distribution.LimitRule;
import org.apache.spark.api.java.JavaRDD;

/** What a first pass over the rows tells about units: limits, and values that are not finite. */
final class Learned implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LimitLearner[] learners;
  private final long[] notFinite;

  private Learned(RowPlan plan, LimitRule rule, double mostWeight) {
    learners = new LimitLearner[plan.unitCount()];
    notFinite = new long[plan.unitCount()];
    for (int unit = 0; unit < learners.length; unit++) {
      learners[unit] = new LimitLearner(rule, plan.isNumeric(unit) ? mostWeight : 0);
    }
  }

  /**
   * Learns from rows.
   *
   * @param mostWeight all rows do not weigh more
   */
  static Learned of(JavaRDD<Sample> rows, RowPlan plan, LimitRule rule, double mostWeight) {
    return SparkFailure.run(
        rows.context(),
        () ->
            rows.mapPartitions(part -> of(part, plan, rule, mostWeight))
                .treeReduce(Learned::merged));
  }

  private static Iterator<Learned> of(
      Iterator<Sample> rows, RowPlan plan, LimitRule rule, double mostWeight) {
    Learned learned = new Learned(plan, rule, mostWeight);
    while (rows.hasNext()) {
      learned.add(rows.next().values(), plan);
    }
    return List.of(learned).iterator();
  }

  private void add(double[] values, RowPlan plan) {
    double weight = plan.weightOf(values);
    boolean counts = weight > 0 && plan.classOf(values) >= 0;
    for (RowPlan.Layer layer : plan.layers()) {
      boolean here = counts && layer.counts(values);
      for (int unit : layer.units()) {
        double value = values[unit];
        if (plan.isNumeric(unit) && !Double.isNaN(value)) {
          if (Double.isInfinite(value)) {
            notFinite[unit]++;
          } else if (here) {
            learners[unit].add(value, weight);
          }
        }
      }
    }
  }

  private static Learned merged(Learned one, Learned other) {
    for (int unit = 0; unit < one.learners.length; unit++) {
      one.learners[unit].merge(other.learners[unit]);
      one.notFinite[unit] += other.notFinite[unit];
    }
    return one;
  }

  /** How many values of a unit are not finite. */
  long notFinite(int unit) {
    return notFinite[unit];
  }

  /** Whether a unit has any activation that counts. */
  boolean isEmpty(int unit) {
    return learners[unit].isEmpty();
  }

  LimitRule.Limits limits(int unit) {
    return learners[unit].limits();
  }
}
