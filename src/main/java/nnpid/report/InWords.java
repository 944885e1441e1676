package nnpid.report;

import java.util.List;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;

/**
 * What was found, in one to three sentences for people, with what makes it doubtful. They follow
 * from the results alone, and claim no difference that may be due to errors.
 */
public final class InWords {
  private InWords() {}

  /** The layers of a report; those of test data are not told of. */
  public static List<String> of(Report report) {
    return new LayersInWords(report).sentences();
  }

  /** What training does to the layers. */
  public static List<String> of(Trajectory trajectory) {
    return new TrainingInWords(trajectory).sentences();
  }
}
