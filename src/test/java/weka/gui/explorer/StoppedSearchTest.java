package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weka.attributeSelection.ASSearch;
import weka.attributeSelection.OptaPlannerSearch;
import weka.attributeSelection.SubsetRanking;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.gui.Logger;

/** Weka's own panel "Select attributes", without a display: what its log says after Stop. */
class StoppedSearchTest {
  private final List<String> logged = Collections.synchronizedList(new ArrayList<>());

  static List<ASSearch> searches() throws Exception {
    OptaPlannerSearch local = new OptaPlannerSearch();
    local.setOptions(new String[] {"-steps", "1000000", "-plateau", "0"});
    SubsetRanking ranking = new SubsetRanking();
    ranking.setOptions(new String[] {"-size", "1-5", "-limit", "1000000"});
    return List.of(local, ranking);
  }

  /** More subsets than anybody waits for. */
  private static Instances data() {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      attributes.add(new Attribute("L1_" + i, List.of("0", "1")));
    }
    attributes.add(new Attribute("class", List.of("a", "b", "c")));
    Instances data = new Instances("random", attributes, 500);
    Random random = new Random(1);
    for (int row = 0; row < 500; row++) {
      double[] values = random.ints(41, 0, 2).asDoubleStream().toArray();
      data.add(new DenseInstance(1, values));
    }
    data.setClassIndex(40);
    return data;
  }

  @ParameterizedTest
  @MethodSource("searches")
  void theLogHasTheBestSubset(ASSearch search) throws Exception {
    CountedSubsetEval.EVALUATED.set(0);
    AttributeSelectionPanel panel = new AttributeSelectionPanel();
    panel.setLog(
        new Logger() {
          @Override
          public void logMessage(String message) {
            logged.add(message);
          }

          @Override
          public void statusMessage(String message) {}
        });
    SwingUtilities.invokeAndWait(
        () -> {
          panel.setInstances(data());
          panel.m_AttributeEvaluatorEditor.setValue(new CountedSubsetEval());
          panel.m_AttributeSearchEditor.setValue(search);
          panel.startAttributeSelection();
        });
    Thread run = panel.m_RunThread;
    // An event thread that has ended meanwhile would complain of the interrupted thread.
    Timer alive = new Timer(20, e -> {});
    alive.start();
    while (run.isAlive() && CountedSubsetEval.EVALUATED.get() < 50) {
      Thread.sleep(10);
    }
    SwingUtilities.invokeAndWait(panel::stopAttributeSelection);
    run.join(30_000);
    alive.stop();
    assertTrue(
        logged.stream().anyMatch(line -> line.matches(".*stopped.*Best subset so far: L1_.*")),
        logged::toString);
    assertTrue(logged.stream().anyMatch(line -> line.startsWith("Interrupted")), logged::toString);
  }
}
