package nnpid.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressReportsTest {
  @ParameterizedTest
  @CsvSource({
    "0.379, NaN, 37 %",
    "0.5, 12.4, '50 %, 12 s left'",
    "0.5, 119.4, '50 %, 119 s left'",
    "0.5, 120, '50 %, 2 min left'",
    "0.01, 7200, '1 %, 2 h left'",
    "1, 0, '100 %, 0 s left'"
  })
  void saysHowMuchIsDoneAndHowLongTheRestTakes(double fraction, double seconds, String text) {
    assertEquals(text, ProgressReports.describe(fraction, seconds));
  }

  @Test
  void reportsNowAndThenWithTheTimeThatIsLeft() {
    List<Double> fractions = new ArrayList<>();
    List<Double> left = new ArrayList<>();
    AtomicLong clock = new AtomicLong(5);
    ProgressReports reports =
        new ProgressReports(
            (fraction, secondsLeft) -> {
              fractions.add(fraction);
              left.add(secondsLeft);
            },
            clock::get);
    // One per cent every 20 ms, and now and then a task that tells less than was done before.
    for (int percent = 1; percent <= 80; percent++) {
      clock.addAndGet(40_000_000);
      reports.accept(percent % 7 == 0 ? 0 : percent / 100.0);
    }
    // Five reports a second, in 3.2 s.
    assertEquals(16, fractions.size(), fractions::toString);
    assertEquals(fractions.stream().sorted().toList(), fractions);
    for (int i = 0; i < 9; i++) {
      assertTrue(Double.isNaN(left.get(i)), "nothing is known in the first two seconds");
    }
    // 50 % in 2 s, of which the largest step does not count; then the clock mostly runs down.
    double first = left.get(9);
    assertEquals(0.5 / (0.4 / 2), first, 0.7);
    double last = first;
    for (double next : left.subList(10, left.size())) {
      assertEquals(last - 0.2, next, 0.2);
      last = next;
    }
    assertEquals(0.2 / (0.8 / 3.2), last, 0.7);
  }

  /** A thousandth in two seconds is no reason to speak of half an hour. */
  @Test
  void tellsNoTimeBeforeAHundredthIsDone() {
    List<Double> left = new ArrayList<>();
    AtomicLong clock = new AtomicLong();
    ProgressReports reports =
        new ProgressReports((fraction, secondsLeft) -> left.add(secondsLeft), clock::get);
    for (int i = 1; i <= 120; i++) {
      clock.addAndGet(200_000_000);
      reports.accept(i <= 40 ? i / 4500.0 : 40 / 4500.0 + (i - 40) / 400.0);
    }
    assertTrue(left.subList(0, 40).stream().allMatch(seconds -> Double.isNaN(seconds)));
    assertTrue(left.get(45) > 0, left::toString);
    // A quarter of a per cent every 0.2 s since then.
    assertEquals(0.791 / 0.0125, left.get(119), 8);
  }
}
