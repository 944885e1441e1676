package weka.attributeSelection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SearchProgressTest {
  @Test
  void isToldEveryTenSeconds() {
    AtomicLong clock = new AtomicLong();
    List<String> told = new ArrayList<>();
    SearchProgress progress =
        new SearchProgress("Search", "it ends after 40", clock::get, told::add);
    for (int i = 0; i < 30; i++) {
      clock.addAndGet(1_000_000_000L);
      progress.evaluated();
      progress.best("0.5 +- 0.1");
    }
    assertEquals(
        List.of(
            "Search: 10 subsets evaluated, best merit so far 0.5 +- 0.1; it ends after 40.",
            "Search: 20 subsets evaluated, best merit so far 0.5 +- 0.1; it ends after 40.",
            "Search: 30 subsets evaluated, best merit so far 0.5 +- 0.1; it ends after 40."),
        told);
  }
}
