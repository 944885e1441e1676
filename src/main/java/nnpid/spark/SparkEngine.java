package nnpid.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import nnpid.execution.Engine;
import nnpid.execution.Execution;
import nnpid.execution.Job;
import nnpid.execution.Transfer;
import org.apache.spark.FutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Runs the tasks of jobs on the executors of a Spark application. A job is sent to every executor
 * once, however often it is run. Tasks of lost executors are run again, with the same results.
 */
final class SparkEngine implements Engine, AutoCloseable {
  /** Jobs that executors keep at the same time: a run has one at a time, and some begin another. */
  private static final int MOST_JOBS = 16;

  /** How often is looked whether Spark has given up; results are noticed at once. */
  private static final long LOOK_MILLIS = 200;

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

    Came run(int index) {
      try {
        return new Came(
            index, Transfer.bytes(requireNonNull(job().run(index, Execution.sequential()))));
      } catch (OutOfMemoryError e) {
        throw SparkFailure.outOfMemory(e);
      }
    }
  }

  /** The result of a task, on its way back. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
  private record Came(int index, byte[] result) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Runs the tasks of a partition; Spark's interface for Java has no results that come singly. */
  private static final class Collect extends AbstractFunction1<Iterator<Came>, List<Came>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Came> apply(Iterator<Came> tasks) {
      ArrayList<Came> came = new ArrayList<>();
      while (tasks.hasNext()) {
        came.add(tasks.next());
      }
      return came;
    }
  }

  @Override
  @SuppressWarnings("unchecked") // what comes back is what the job gave
  public <R> void run(Job<R> job, int first, int count, ObjIntConsumer<R> results) {
    if (count == 0) {
      return;
    }
    Broadcast<Sent> broadcast = broadcast(job);
    List<Integer> numbers = IntStream.range(first, first + count).boxed().toList();
    RDD<Came> tasks =
        context
            .parallelize(numbers, job.hasLongTasks() ? count : slices(count))
            .map(index -> broadcast.value().run(index))
            .rdd();
    LinkedBlockingQueue<List<Came>> queue = new LinkedBlockingQueue<>();
    FutureAction<Integer> whole = submit(tasks, queue);
    try {
      for (int done = 0; done < count; ) {
        boolean ended = whole.isCompleted();
        List<Came> some = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (some != null) {
          done += some.size();
          some.forEach(one -> results.accept((R) Transfer.object(one.result), one.index));
        } else if (ended) {
          throw SparkFailure.of(whole.value().get().failed().get());
        }
      }
    } catch (InterruptedException e) {
      whole.cancel();
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("The computation was stopped.").initCause(e);
    }
  }

  /** Starts tasks, whose results are put into a queue on a thread of Spark. */
  private FutureAction<Integer> submit(RDD<Came> tasks, LinkedBlockingQueue<List<Came>> queue) {
    List<Object> partitions =
        IntStream.range(0, tasks.getNumPartitions()).<Object>mapToObj(i -> i).toList();
    return context
        .sc()
        .submitJob(
            tasks,
            new Collect(),
            CollectionConverters.asScala(partitions).toSeq(),
            new AbstractFunction2<Object, List<Came>, BoxedUnit>() {
              @Override
              public BoxedUnit apply(Object partition, List<Came> came) {
                queue.add(came);
                return BoxedUnit.UNIT;
              }
            },
            new AbstractFunction0<Integer>() {
              @Override
              public Integer apply() {
                return partitions.size();
              }
            });
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
