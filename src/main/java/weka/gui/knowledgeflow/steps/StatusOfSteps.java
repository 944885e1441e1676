package weka.gui.knowledgeflow.steps;

import java.awt.Component;
import java.awt.Container;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.SwingUtilities;
import nnpid.command.SchemeStatus;
import weka.gui.knowledgeflow.MainKFPerspective;
import weka.knowledgeflow.Flow;
import weka.knowledgeflow.StepManager;
import weka.knowledgeflow.StepManagerImpl;
import weka.knowledgeflow.steps.WekaAlgorithmWrapper;

/**
 * Shows in the status of the KnowledgeFlow how far filters and searches of the package are: Weka's
 * steps for them say no more than that they run.
 */
public final class StatusOfSteps implements SchemeStatus {
  @Override
  public void show(Class<?> scheme, String line) {
    if (!GraphicsEnvironment.isHeadless()) {
      SwingUtilities.invokeLater(
          () -> {
            for (Window window : Window.getWindows()) {
              flows(window).forEach(flow -> show(flow, scheme, line));
            }
          });
    }
  }

  private static Stream<Flow> flows(Component component) {
    if (component instanceof MainKFPerspective perspective) {
      return Stream.iterate(0, i -> i < perspective.getNumTabs(), i -> i + 1)
          .map(i -> perspective.getLayoutAt(i).getFlow());
    }
    return component instanceof Container container
        ? Stream.of(container.getComponents()).flatMap(StatusOfSteps::flows)
        : Stream.of();
  }

  /** Shows a line beside the steps of a flow that run a scheme. */
  static void show(Flow flow, Class<?> scheme, String line) {
    for (StepManagerImpl step : flow.getSteps()) {
      if (step.getManagedStep() instanceof WekaAlgorithmWrapper wrapper
          && scheme.isInstance(wrapper.getWrappedAlgorithm())) {
        // A search runs in the step of the evaluator that it is connected to.
        Collection<List<StepManager>> after = step.getOutgoingConnections().values();
        Stream.concat(Stream.of(step), after.stream().flatMap(List::stream))
            .filter(StepManager::isStepBusy)
            .limit(1)
            .forEach(running -> show(running, line));
      }
    }
  }

  private static void show(StepManager step, String line) {
    try {
      step.statusMessage(line);
    } catch (IndexOutOfBoundsException e) {
      // Weka counts the row of a step before the event that adds it: the next line will find it.
    }
  }
}
