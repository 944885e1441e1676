package nnpid.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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
  void reportsNowAndThenWithTheTimeThatIsLeft() throws InterruptedException {
    List<Double> fractions = new ArrayList<>();
    List<Double> left = new ArrayList<>();
    ProgressReports reports =
        new ProgressReports(
            (fraction, secondsLeft) -> {
              fractions.add(fraction);
              left.add(secondsLeft);
            });
    long start = System.nanoTime();
    // One per cent every 20 ms, and now and then a task that tells less than was done before.
    for (int percent = 1; percent <= 80; percent++) {
      Thread.sleep(20);
      reports.accept(percent % 7 == 0 ? 0 : percent / 100.0);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    assertTrue(fractions.size() >= 4 && fractions.size() <= seconds / 0.2, fractions::toString);
    assertEquals(fractions.stream().sorted().toList(), fractions);
    assertTrue(Double.isNaN(left.get(0)), "nothing is known at the beginning");
    double last = left.get(left.size() - 1);
    double expected = seconds / 80 * (100 - 100 * fractions.get(fractions.size() - 1));
    // The largest step does not count: with few reports the rest seems longer than it is.
    assertTrue(last > 0.5 * expected && last < 3 * expected, last + " for " + expected);
  }
}
