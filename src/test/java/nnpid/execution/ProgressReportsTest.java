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
      clock.addAndGet(20_000_000);
      reports.accept(percent % 7 == 0 ? 0 : percent / 100.0);
    }
    // Five reports a second, in 1.6 s.
    assertEquals(8, fractions.size(), fractions::toString);
    assertEquals(fractions.stream().sorted().toList(), fractions);
    assertTrue(Double.isNaN(left.get(0)), "nothing is known at the beginning");
    // 80 % in 1.6 s, of which the largest step, from 60 to 80, does not count.
    assertEquals(0.2 / (0.6 / 1.6), left.get(left.size() - 1), 1e-9);
  }
}
