package nnpid.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionTest {

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "3, 0", "1, 1", "3, 1", "3, 2", "1, 1000", "2, 1000", "5, 1000"})
  void runsEveryTaskOnce(int threadCount, int taskCount) {
    AtomicIntegerArray runs = new AtomicIntegerArray(taskCount);
    Execution.ofThreads(threadCount).forEach(taskCount, runs::incrementAndGet);
    int[] actual = IntStream.range(0, taskCount).map(runs::get).toArray();
    int[] expected = new int[taskCount];
    Arrays.fill(expected, 1);
    assertArrayEquals(expected, actual);
  }

  @Test
  void sequentialRunsInOrderOnTheCallingThread() {
    List<Integer> order = new ArrayList<>();
    Set<Thread> threads = new HashSet<>();
    Execution.sequential()
        .forEach(
            20,
            i -> {
              order.add(i);
              threads.add(Thread.currentThread());
            });
    assertEquals(IntStream.range(0, 20).boxed().toList(), order);
    assertEquals(Set.of(Thread.currentThread()), threads);
  }

  @Test
  void threeThreadsWorkAtTheSameTime() {
    CountDownLatch together = new CountDownLatch(3);
    Execution.ofThreads(3)
        .forEach(
            3,
            i -> {
              together.countDown();
              await(together);
            });
    assertEquals(0, together.getCount());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theExceptionOfATaskIsThrownAndEndsTheRun(int threadCount) {
    IllegalStateException failure = new IllegalStateException("task 5");
    AtomicInteger started = new AtomicInteger();
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                Execution.ofThreads(threadCount)
                    .forEach(
                        1_000_000,
                        i -> {
                          started.incrementAndGet();
                          if (i == 5) {
                            throw failure;
                          }
                          sleep(1);
                        }));
    assertSame(failure, thrown);
    assertTrue(started.get() < 100_000, started + " tasks were started");
  }

  @Test
  void theExceptionOfAHelperThreadIsThrown() {
    Thread caller = Thread.currentThread();
    CountDownLatch failed = new CountDownLatch(1);
    UnsupportedOperationException failure = new UnsupportedOperationException("helper");
    RuntimeException thrown =
        assertThrows(
            UnsupportedOperationException.class,
            () ->
                Execution.ofThreads(2)
                    .forEach(
                        2,
                        i -> {
                          if (Thread.currentThread() != caller) {
                            failed.countDown();
                            throw failure;
                          }
                          await(failed);
                        }));
    assertSame(failure, thrown);
  }

  @Test
  void theErrorOfATaskIsThrown() {
    Error failure = new StackOverflowError("task");
    Error thrown =
        assertThrows(
            StackOverflowError.class,
            () ->
                Execution.ofThreads(3)
                    .forEach(
                        10,
                        i -> {
                          throw failure;
                        }));
    assertSame(failure, thrown);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anInterruptBeforeTheStartCancelsAndStaysSet(int threadCount) {
    AtomicInteger runs = new AtomicInteger();
    Thread.currentThread().interrupt();
    assertThrows(
        CancellationException.class,
        () ->
            Execution.ofThreads(threadCount)
                .forEach(
                    100_000,
                    i -> {
                      runs.incrementAndGet();
                      sleep(1);
                    }));
    assertTrue(Thread.currentThread().isInterrupted());
    assertTrue(runs.get() < 10_000, runs + " tasks ran");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anInterruptDuringTheRunCancelsIt(int threadCount) {
    Thread caller = Thread.currentThread();
    AtomicInteger runs = new AtomicInteger();
    assertThrows(
        CancellationException.class,
        () ->
            Execution.ofThreads(threadCount)
                .forEach(
                    1_000_000,
                    i -> {
                      if (runs.incrementAndGet() >= 50) {
                        caller.interrupt();
                        // A helper must not get through all tasks while the caller gets no
                        // processor.
                        sleep(1);
                      }
                    }));
    assertTrue(Thread.currentThread().isInterrupted());
    assertTrue(runs.get() < 1_000_000, "no task was left out");
  }

  @Test
  void anInterruptWhileWaitingForAHelperReachesItsLongTask() {
    Thread caller = Thread.currentThread();
    Execution execution = Execution.ofThreads(2);
    CountDownLatch helperWorks = new CountDownLatch(1);
    assertThrows(
        CancellationException.class,
        () ->
            execution.forEach(
                2,
                i -> {
                  if (Thread.currentThread() == caller) {
                    await(helperWorks);
                    return;
                  }
                  helperWorks.countDown();
                  while (caller.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                  }
                  caller.interrupt();
                  while (true) {
                    execution.checkCanceled();
                    Thread.onSpinWait();
                  }
                }));
    assertTrue(Thread.currentThread().isInterrupted());
  }

  @Test
  void noHelperOutlivesTheRun() {
    Set<Thread> helpers = Collections.synchronizedSet(new HashSet<>());
    CountDownLatch together = new CountDownLatch(3);
    assertThrows(
        IllegalStateException.class,
        () ->
            Execution.ofThreads(3)
                .forEach(
                    100,
                    i -> {
                      if (helpers.add(Thread.currentThread())) {
                        together.countDown();
                        await(together);
                      }
                      sleep(5);
                      throw new IllegalStateException("task " + i);
                    }));
    helpers.remove(Thread.currentThread());
    assertEquals(2, helpers.size());
    for (Thread helper : helpers) {
      assertFalse(helper.isAlive());
    }
  }

  @Test
  void checkCanceledPassesWithoutAnInterrupt() {
    Execution execution = Execution.sequential();
    execution.checkCanceled();
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, execution::checkCanceled);
  }

  @Test
  void allStepsOfACanceledRunAreCanceled() {
    Execution execution = Execution.sequential();
    Execution step = execution.step(0, 0.5).withProgressListener(fraction -> {});
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, execution::checkCanceled);
    Thread.interrupted();
    assertThrows(CancellationException.class, step::checkCanceled);
  }

  @ParameterizedTest
  @CsvSource({"1, 100", "2, 2000", "3, 2000"})
  void progressRisesTo1OneTaskAtATime(int threadCount, int taskCount) {
    List<Double> heard = new ArrayList<>();
    Execution.ofThreads(threadCount)
        .withProgressListener(
            fraction -> {
              heard.add(fraction);
              // Lets other threads pass between counting a task and reporting it.
              Thread.yield();
            })
        .forEach(taskCount, i -> {});
    assertEquals(taskCount, heard.size());
    for (int i = 0; i < taskCount; i++) {
      assertEquals((i + 1) / (double) taskCount, heard.get(i), 1e-15, "call " + i);
    }
  }

  @Test
  void aStepReportsItsPartOfTheWhole() {
    List<Double> heard = new ArrayList<>();
    Execution execution = Execution.sequential().withProgressListener(heard::add);
    execution.step(0, 0.5).forEach(2, i -> {});
    execution.step(0.5, 1).step(0.5, 1).forEach(2, i -> {});
    execution.step(0.25, 0.75).progress(0.5);
    double[] actual = heard.stream().mapToDouble(Double::doubleValue).toArray();
    assertArrayEquals(new double[] {0.25, 0.5, 0.875, 1, 0.5}, actual, 1e-15);
  }

  @Test
  void theListenerIsCalledOnceAtATime() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Execution.ofThreads(4)
        .withProgressListener(
            fraction -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              sleep(1);
              inside.decrementAndGet();
            })
        .forEach(50, i -> {});
    assertEquals(1, most.get());
  }

  @Test
  void rejectsANegativeNumberOfThreadsNamingIt() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Execution.ofThreads(-2));
    assertTrue(e.getMessage().contains("(-2)"), e.getMessage());
  }

  @Test
  void knowsItsNumberOfThreads() {
    assertEquals(1, Execution.sequential().threadCount());
    assertEquals(Runtime.getRuntime().availableProcessors(), Execution.ofThreads(0).threadCount());
    assertEquals(7, Execution.ofThreads(7).step(0, 0.5).threadCount());
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.MINUTES), "the other thread did not come");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
