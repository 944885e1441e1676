package weka.attributeSelection;

import java.util.Enumeration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import nnpid.execution.Execution;
import nnpid.weka.SchemeOptions;
import weka.core.Option;
import weka.core.OptionHandler;
import weka.core.OptionMetadata;
import weka.core.Randomizable;
import weka.core.RevisionUtils;
import weka.core.Utils;

/** What the searches for subsets have in common: the number of attributes, threads and seed. */
public abstract class SubsetSearch extends ASSearch implements OptionHandler, Randomizable {

  private static final long serialVersionUID = 6370441908120557713L;

  private String size;
  private int threads;
  private int seed = 1;

  SubsetSearch(String size) {
    this.size = size;
  }

  @Override
  public Enumeration<Option> listOptions() {
    return SchemeOptions.list(this);
  }

  @Override
  public void setOptions(String[] options) throws Exception {
    SchemeOptions.set(this, options);
    Utils.checkForRemainingOptions(options);
  }

  @Override
  public String[] getOptions() {
    return SchemeOptions.get(this);
  }

  @OptionMetadata(
      displayName = "Subset size",
      description =
          "How many attributes to select: a number, a range such as 2-5, or any (at least one).",
      commandLineParamName = "size",
      commandLineParamSynopsis = "number|min-max|any",
      displayOrder = 10)
  public String getSize() {
    return size;
  }

  public void setSize(String size) {
    CandidateSubsets.requireSize(size);
    this.size = size;
  }

  @OptionMetadata(
      displayName = "Number of threads",
      description =
          "Number of threads, 0 for all processors, if the evaluator is thread-safe; it does not"
              + " change the results.",
      commandLineParamName = "threads",
      displayOrder = 11)
  public int getThreads() {
    return threads;
  }

  public void setThreads(int threads) {
    Execution.requireThreadCount(threads);
    this.threads = threads;
  }

  @Override
  @OptionMetadata(
      displayName = "Seed",
      description = "Seed of all random numbers.",
      commandLineParamName = "S",
      displayOrder = 12)
  public int getSeed() {
    return seed;
  }

  @Override
  public void setSeed(int seed) {
    this.seed = seed;
  }

  /**
   * What ends a search that was stopped.
   *
   * <p>Weka's panel "Select attributes" logs what any exception says but an InterruptedException,
   * which everybody else expects: with that the best subset would be lost.
   *
   * @param message what is known by then
   */
  static Exception stopped(String message) {
    boolean inPanel =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames.anyMatch(
                        frame ->
                            frame
                                .getClassName()
                                .startsWith("weka.gui.explorer.AttributeSelectionPanel")));
    return inPanel ? new CancellationException(message) : new InterruptedException(message);
  }

  /** The end of such a message. */
  static String bestSoFar(String names, String merit) {
    return String.format(Locale.ROOT, " Best subset so far: %s (merit %s).", names, merit);
  }

  @Override
  public String getRevision() {
    return RevisionUtils.extract("$Revision: 1 $");
  }
}
