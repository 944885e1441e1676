package weka.gui.knowledgeflow.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import nnpid.command.SchemeStatus;
import org.junit.jupiter.api.Test;
import weka.attributeSelection.GreedyStepwise;
import weka.attributeSelection.OptaPlannerSearch;
import weka.core.PluginManager;
import weka.filters.supervised.attribute.HiddenActivations;
import weka.gui.Logger;
import weka.knowledgeflow.Flow;
import weka.knowledgeflow.StepManager;
import weka.knowledgeflow.StepManagerImpl;
import weka.knowledgeflow.steps.ASEvaluator;
import weka.knowledgeflow.steps.ASSearchStrategy;
import weka.knowledgeflow.steps.Filter;
import weka.knowledgeflow.steps.Step;

/** Beside which steps of a flow a line is shown; without windows. */
class StatusOfStepsTest {
  private final Flow flow = new Flow();
  private final List<String> shown = new ArrayList<>();

  private StepManagerImpl add(Step step, String name) {
    step.setName(name);
    StepManagerImpl manager = new StepManagerImpl(step);
    manager.setLog(
        new Logger() {
          @Override
          public void logMessage(String message) {}

          @Override
          public void statusMessage(String message) {
            shown.add(name + " " + message.substring(message.lastIndexOf('|') + 1));
          }
        });
    flow.addStep(manager);
    return manager;
  }

  @Test
  void theStepThatRunsTheSchemeShowsIt() {
    Filter filter = new Filter();
    filter.setFilter(new HiddenActivations());
    StepManagerImpl activations = add(filter, "activations");
    ASSearchStrategy search = new ASSearchStrategy();
    search.setSearchStrategy(new OptaPlannerSearch());
    StepManagerImpl strategy = add(search, "search");
    StepManagerImpl evaluator = add(new ASEvaluator(), "evaluator");
    strategy.addOutgoingConnection(StepManager.CON_INFO, evaluator, true);
    StatusOfSteps.show(flow, HiddenActivations.class, "none runs");
    activations.processing();
    evaluator.processing();
    StatusOfSteps.show(flow, HiddenActivations.class, "37 %");
    StatusOfSteps.show(flow, OptaPlannerSearch.class, "40 subsets");
    StatusOfSteps.show(flow, GreedyStepwise.class, "none of the flow");
    assertEquals(List.of("activations 37 %", "evaluator 40 subsets"), shown);
  }

  /** A plugin as the package's file declares it. */
  public static final class Recorder implements SchemeStatus {
    static final List<String> LINES = new ArrayList<>();

    @Override
    public void show(Class<?> scheme, String line) {
      LINES.add(scheme.getSimpleName() + " " + line);
    }
  }

  @Test
  void pluginsAreTold() throws Exception {
    Properties declared = new Properties();
    declared.setProperty(SchemeStatus.class.getName(), Recorder.class.getName());
    PluginManager.addFromProperties(declared);
    try {
      SchemeStatus.tell(HiddenActivations.class, "37 %");
      assertTrue(Recorder.LINES.contains("HiddenActivations 37 %"), Recorder.LINES::toString);
    } finally {
      PluginManager.removePlugins(
          SchemeStatus.class.getName(),
          PluginManager.getPluginNamesOfTypeList(SchemeStatus.class.getName()));
    }
  }
}
