package weka.attributeSelection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Vector;
import java.util.concurrent.CancellationException;
import weka.core.Option;
import weka.core.OptionHandler;
import weka.core.Randomizable;
import weka.core.RevisionUtils;
import weka.core.Utils;

/** What the searches for subsets have in common: the number of attributes, threads and seed. */
public abstract class SubsetSearch extends ASSearch implements OptionHandler, Randomizable {

  private static final long serialVersionUID = 6370441908120557713L;

  private final String defaultSize;
  private String size;
  private int threads;
  private int seed = 1;

  SubsetSearch(String defaultSize) {
    this.defaultSize = defaultSize;
    this.size = defaultSize;
  }

  @Override
  public Enumeration<Option> listOptions() {
    Vector<Option> options = new Vector<>();
    options.add(
        new Option(
            "\tNumber of attributes: a number, a range such as 2-5, or any (at least one).\n"
                + "\t(default: "
                + defaultSize
                + ")",
            "size",
            1,
            "-size <number|min-max|any>"));
    options.add(
        new Option(
            "\tNumber of threads, 0 for all processors; used if the evaluator is thread-safe.\n"
                + "\tIt does not change the results.\n\t(default: 0)",
            "threads",
            1,
            "-threads <number>"));
    options.add(new Option("\tSeed of all random numbers.\n\t(default: 1)", "S", 1, "-S <number>"));
    options.addAll(Collections.list(super.listOptions()));
    return options.elements();
  }

  @Override
  public void setOptions(String[] options) throws Exception {
    String text = Utils.getOption("size", options);
    setSize(text.isEmpty() ? defaultSize : text);
    setThreads(
        PidEvaluation.parseInt(
            "number of threads", "-threads", Utils.getOption("threads", options), 0));
    setSeed(PidEvaluation.parseInt("seed", "-S", Utils.getOption('S', options), 1));
    super.setOptions(options);
    Utils.checkForRemainingOptions(options);
  }

  @Override
  public String[] getOptions() {
    List<String> options = new ArrayList<>();
    Collections.addAll(options, "-size", size, "-threads", "" + threads, "-S", "" + seed);
    Collections.addAll(options, super.getOptions());
    return options.toArray(String[]::new);
  }

  /** The number of attributes wanted, as a text. */
  public String getSize() {
    return size;
  }

  /**
   * Sets the number of attributes wanted.
   *
   * @throws IllegalArgumentException if it is not a number, a range or any
   */
  public void setSize(String size) {
    CandidateSubsets.requireSize(size);
    this.size = size;
  }

  /** Tip text of this property. */
  public String sizeTipText() {
    return "How many attributes to select: a number, a range such as 2-5, or any (at least one).";
  }

  /** The number of threads; 0 stands for all processors. */
  public int getThreads() {
    return threads;
  }

  /**
   * Sets the number of threads.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public void setThreads(int threads) {
    if (threads < 0) {
      throw new IllegalArgumentException(
          "The number of threads (-threads " + threads + ") must not be negative.");
    }
    this.threads = threads;
  }

  /** Tip text of this property. */
  public String threadsTipText() {
    return "Number of threads, 0 for all processors. They are used if the evaluator is thread-safe,"
        + " and do not change the results.";
  }

  @Override
  public int getSeed() {
    return seed;
  }

  @Override
  public void setSeed(int seed) {
    this.seed = seed;
  }

  /** Tip text of this property. */
  public String seedTipText() {
    return "Seed of all random numbers.";
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
