package weka.attributeSelection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import nnpid.command.SchemeProgress;
import org.junit.jupiter.api.Test;

class SearchProgressTest {
  @Test
  void isToldEveryTenSecondsAndInWindowsEverySecond() {
    AtomicLong clock = new AtomicLong();
    List<String> told = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    SearchProgress progress =
        new SearchProgress(
            "Search", "it ends after 40", new SchemeProgress(clock::get, told::add, shown::add));
    progress.evaluated(); // nothing is told at once
    for (int i = 0; i < 30; i++) {
      clock.addAndGet(1_000_000_000L);
      progress.evaluated();
      progress.best("0.5 +- 0.1");
    }
    assertEquals(
        List.of(
            "Search: 11 subsets evaluated, best merit so far 0.5 +- 0.1; it ends after 40.",
            "Search: 21 subsets evaluated, best merit so far 0.5 +- 0.1; it ends after 40.",
            "Search: 31 subsets evaluated, best merit so far 0.5 +- 0.1; it ends after 40."),
        told);
    assertEquals(30, shown.size());
  }
}
