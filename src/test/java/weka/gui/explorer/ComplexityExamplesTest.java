package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnpid.analysis.Report;
import nnpid.command.Task;
import nnpid.report.InWords;
import org.junit.jupiter.api.Test;
import weka.attributeSelection.AttributeSelection;
import weka.attributeSelection.CfsSubsetEval;
import weka.attributeSelection.GreedyStepwise;
import weka.attributeSelection.InfoGainAttributeEval;
import weka.attributeSelection.PidAttributeEval;
import weka.attributeSelection.PidSubsetEval;
import weka.attributeSelection.Ranker;
import weka.attributeSelection.ReliefFAttributeEval;
import weka.core.Capabilities;
import weka.core.CapabilitiesHandler;
import weka.core.Instances;

class ComplexityExamplesTest {
  private static Instances load(String file) throws Exception {
    return ComplexityExamples.ALL.stream()
        .filter(example -> example.file().equals(file))
        .findFirst()
        .orElseThrow()
        .load();
  }

  private static Report analyze(String file, String... options) throws Exception {
    Task task = Task.parse(options);
    Task.Result result = task.run(load(file), Task.Listener.NONE, task.execution(false));
    return ((Task.Analyzed) result).report();
  }

  @Test
  void allDataOfThePackageAreOffered() throws Exception {
    Set<String> offered =
        ComplexityExamples.ALL.stream()
            .map(ComplexityExamples.Example::file)
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.list(Path.of("weka-package/examples"))) {
      assertEquals(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".arff"))
              .collect(Collectors.toCollection(TreeSet::new)),
          offered);
    }
    for (ComplexityExamples.Example example : ComplexityExamples.ALL) {
      assertTrue(example.load().classAttribute().isNominal(), example::file);
      assertTrue(
          Files.readString(
                  Path.of("src/main/resources/weka/gui/explorer/representational-complexity.html"))
              .contains("<tt>" + example.file() + "</tt>"),
          () -> "the help has " + example.file());
    }
  }

  @Test
  void theLayerOfFourUnitsHasALatticeAndASynergy() throws Exception {
    Report report = analyze("tishby_layer.arff", "-layers", "(L\\d+)_.*", "-halves", "2");
    assertEquals(4, report.layers().get(0).sourceCount());
    assertEquals(166, report.layers().get(0).decomposition().orElseThrow().atomCount());
    // The value of an independent program for the same 2,796 samples.
    assertEquals(1.92616685, report.layers().get(0).representationalComplexity(), 5e-9);
    assertTrue(
        InWords.of(report).get(0).startsWith("In these samples L3 tells 0.74"),
        InWords.of(report)::toString);
  }

  /** With weights Weka grays them out. */
  @Test
  void othersSelectUnitsToo() throws Exception {
    Instances data = load("mnist_units.arff");
    assertEquals(3000, data.sumOfWeights());
    assertEquals(3000, data.numInstances());
    for (CapabilitiesHandler evaluator :
        List.of(
            new InfoGainAttributeEval(),
            new ReliefFAttributeEval(),
            new CfsSubsetEval(),
            new PidAttributeEval(),
            new PidSubsetEval())) {
      Capabilities able = evaluator.getCapabilities();
      assertTrue(able.test(data), () -> evaluator.getClass().getName() + able.getFailReason());
    }
    assertFalse(new CfsSubsetEval().getCapabilities().test(load("mnist_layers.arff")));
    AttributeSelection selection = new AttributeSelection();
    selection.setEvaluator(new InfoGainAttributeEval());
    selection.setSearch(new Ranker());
    selection.SelectAttributes(data);
    assertEquals(11, selection.selectedAttributes().length, "with the class");
    selection.setEvaluator(new CfsSubsetEval());
    selection.setSearch(new GreedyStepwise());
    selection.SelectAttributes(data);
    assertTrue(selection.selectedAttributes().length > 2);
  }
}
