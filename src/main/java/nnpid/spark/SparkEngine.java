package nnpid.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;
import nnpid.execution.Engine;
import nnpid.execution.Execution;
import nnpid.execution.Job;
import nnpid.execution.Transfer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of jobs on the executors of a Spark application. A job is sent to every executor
 * once, however often it is run. Tasks of lost executors are run again, with the same results.
 */
final class SparkEngine implements Engine, AutoCloseable {
  /** Jobs that executors keep at the same time: a run has one at a time, and some begin another. */
  private static final int MOST_JOBS = 16;

  private final JavaSparkContext context;
  private final IdentityHashMap<Job<?>, Broadcast<Sent>> sent = new IdentityHashMap<>();

  SparkEngine(JavaSparkContext context) {
    this.context = requireNonNull(context, "context");
  }

  /** A job on its way, and what became of it on an executor. */
  static final class Sent implements Serializable {
    private static final long serialVersionUID = 6236180129472217645L;

    private final byte[] bytes;
    private transient @Nullable Job<?> job;

    Sent(byte[] bytes) {
      this.bytes = bytes;
    }

    /** One for all tasks of an executor: what a job prepares, it prepares once. */
    private synchronized Job<?> job() {
      Job<?> here = job;
      if (here == null) {
        here = (Job<?>) Transfer.object(bytes);
        job = here;
      }
      return here;
    }

    byte[] run(int index) {
      try {
        return Transfer.bytes(requireNonNull(job().run(index, Execution.sequential())));
      } catch (OutOfMemoryError e) {
        throw SparkFailure.outOfMemory(e);
      }
    }
  }

  @Override
  @SuppressWarnings("unchecked") // what comes back is what the job gave
  public <R> List<R> run(Job<R> job, int first, int count) {
    if (count == 0) {
      return List.of();
    }
    Broadcast<Sent> broadcast = broadcast(job);
    List<Integer> numbers = IntStream.range(first, first + count).boxed().toList();
    JavaFutureAction<List<byte[]>> future =
        context
            .parallelize(numbers, slices(count))
            .map(index -> broadcast.value().run(index))
            .collectAsync();
    return (List<R>) SparkFailure.await(future).stream().map(Transfer::object).toList();
  }

  /** Several tasks of each processor, so that slow ones do not hold up the rest. */
  private int slices(int count) {
    return Math.min(count, 4 * Math.max(1, context.defaultParallelism()));
  }

  private synchronized Broadcast<Sent> broadcast(Job<?> job) {
    if (sent.size() >= MOST_JOBS && !sent.containsKey(job)) {
      close();
    }
    return sent.computeIfAbsent(job, one -> context.broadcast(new Sent(Transfer.bytes(one))));
  }

  /** Removes the jobs from the executors; they are sent again if they are run again. */
  @Override
  public synchronized void close() {
    sent.values().forEach(Broadcast::unpersist);
    sent.clear();
  }
}
