package weka.attributeSelection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import nnpid.search.AssignmentSearch;
import nnpid.search.SearchResult;
import nnpid.search.SearchResult.Ending;
import nnpid.search.SearchResult.TracePoint;
import nnpid.search.SearchSettings;
import nnpid.search.SearchSettings.Algorithm;
import nnpid.weka.Citation;
import nnpid.weka.EnumEditor;
import weka.attributeSelection.CandidateSubsets.EvaluationFailed;
import weka.core.Instances;
import weka.core.OptionMetadata;
import weka.core.Range;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;

/**
 * Search for the subset of attributes that any subset evaluator likes best: greedy start, then
 * local search with OptaPlanner.
 *
 * <p>The same options give the same subset, on any number of threads, unless a time limit ends the
 * search.
 *
 * @see AssignmentSearch
 */
public class OptaPlannerSearch extends SubsetSearch
    implements StartSetHandler, TechnicalInformationHandler {

  private static final long serialVersionUID = -4190826152230145337L;

  static {
    EnumEditor.register(List.of(Algorithm.class));
  }

  private static final Pattern START_SET =
      Pattern.compile(
          "LIMIT(-LIMIT)?(\\s*,\\s*LIMIT(-LIMIT)?)*+"
              .replace("LIMIT", "(first|last|0*[1-9]\\d{0,8})"),
          Pattern.CASE_INSENSITIVE);

  private static final int MOST_TRACE_LINES = 12;

  /** So few subsets are all evaluated: a search would not take fewer. */
  private static final int EXHAUSTIVE_LIMIT = 1024;

  private int steps = SearchSettings.DEFAULT.stepLimit();
  private int plateau = 250; // 0 for none, also where saved before there was one
  private double timeLimit; // 0 for none
  private Algorithm algorithm = SearchSettings.DEFAULT.algorithm();
  private String startSet = "";

  private String found = "";

  /** A search of any number of attributes. */
  public OptaPlannerSearch() {
    super(CandidateSubsets.ANY_SIZE);
  }

  public String globalInfo() {
    return "Searches for the subset of attributes with the best merit by local search with OptaPlanner,"
        + " from a greedy start or a given one, than which the result is never worse. It ends when"
        + " a number of subsets in a row were no better; up to 1,024 possible subsets are all"
        + " evaluated instead. Works with any subset evaluator. The number of attributes can be"
        + " fixed or limited. The same options give the same subset, unless a time limit ends the"
        + " search.\n\n"
        + "OptaPlanner: https://www.optaplanner.org. For more information on late acceptance"
        + " see:\n\n"
        + getTechnicalInformation();
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return Citation.LATE_ACCEPTANCE.technicalInformation();
  }

  @OptionMetadata(
      displayName = "Number of steps",
      description =
          "Most steps (accepted moves) of the local search, at least 1; it also ends after 20 times"
              + " as many tried moves. Subsets that come again cost nothing.",
      commandLineParamName = "steps",
      displayOrder = 1)
  public int getSteps() {
    return steps;
  }

  public void setSteps(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("The number of steps (" + steps + ") must be at least 1.");
    }
    this.steps = steps;
  }

  @OptionMetadata(
      displayName = "Plateau",
      description =
          "The search ends when so many new subsets in a row were no better than the best; 0 for"
              + " never. More find better subsets now and then, and take longer.",
      commandLineParamName = "plateau",
      commandLineParamSynopsis = "subsets",
      displayOrder = 2)
  public int getPlateau() {
    return plateau;
  }

  public void setPlateau(int plateau) {
    if (plateau < 0) {
      throw new IllegalArgumentException(
          "The plateau ("
              + plateau
              + ") must be a number of subsets from 0, which stands for none.");
    }
    this.plateau = plateau;
  }

  @OptionMetadata(
      displayName = "Time limit",
      description =
          "Seconds after which the search ends with the best subset so far; 0 for no limit. With a"
              + " limit the result depends on the speed of the machine.",
      commandLineParamName = "time-limit",
      commandLineParamSynopsis = "seconds",
      displayOrder = 3)
  public double getTimeLimit() {
    return timeLimit;
  }

  public void setTimeLimit(double timeLimit) {
    if (!(timeLimit >= 0 && Double.isFinite(timeLimit))) {
      throw new IllegalArgumentException(
          "The time limit (%s) must be a number of seconds from 0, which stands for no limit."
              .formatted(timeLimit));
    }
    this.timeLimit = timeLimit;
  }

  @OptionMetadata(
      displayName = "Algorithm",
      description =
          "Which moves the local search accepts: those not worse than some steps ago"
              + " (late-acceptance), or the best that touches nothing just moved (tabu-search).",
      commandLineParamName = "algorithm",
      displayOrder = 4)
  public Algorithm getAlgorithm() {
    return algorithm;
  }

  public void setAlgorithm(Algorithm algorithm) {
    this.algorithm = algorithm;
  }

  @Override
  @OptionMetadata(
      displayName = "Start set",
      description =
          "The attributes to start from, as a list of indices from 1 and ranges such as 1,3,5-7; if"
              + " it is empty, a greedily chosen subset. The result is at least as good as the"
              + " start.",
      commandLineParamName = "P",
      commandLineParamSynopsis = "list",
      displayOrder = 5)
  public String getStartSet() {
    return startSet;
  }

  @Override
  public void setStartSet(String startSet) {
    String trimmed = startSet.trim();
    if (!trimmed.isEmpty() && !START_SET.matcher(trimmed).matches()) {
      throw new IllegalArgumentException(
          "The start set (%s) must be a list of attribute indices from 1 and ranges, such as 1,3,5-7."
              .formatted(startSet));
    }
    this.startSet = trimmed;
  }

  /**
   * Searches the best subset.
   *
   * @return its attribute indices, ascending
   * @throws IllegalArgumentException if evaluator, data and options do not go together
   * @throws InterruptedException if the thread is interrupted; the message tells the best subset so
   *     far
   * @throws Exception if the evaluator fails
   */
  @Override
  public int[] search(ASEvaluation evaluator, Instances data) throws Exception {
    found = "";
    CandidateSubsets candidates = new CandidateSubsets(evaluator, data, getSize());
    int[] start = start(candidates, data.numAttributes());
    SearchSettings settings =
        new SearchSettings(
            getSeed(),
            steps,
            timeLimit == 0 ? Double.POSITIVE_INFINITY : timeLimit,
            algorithm,
            plateau == 0 ? SearchSettings.NO_PLATEAU : plateau,
            EXHAUSTIVE_LIMIT);
    SearchProgress progress = new SearchProgress(OptaPlannerSearch.class, "it ends " + end());
    AssignmentSearch search =
        AssignmentSearch.ofSubsets(
            candidates.count(),
            candidates.sizes().least(),
            candidates.sizes().most(),
            assignment -> {
              double merit = candidates.of(members(assignment)).value();
              progress.evaluated();
              return merit;
            });
    NavigableMap<Integer, String> best = new TreeMap<>(); // by step, as text
    SearchResult result;
    try {
      result =
          search.run(
              settings,
              candidates.execution(getThreads()),
              start,
              (subset, merit, step, done) -> {
                String text = candidates.text(merit, members(subset));
                progress.best(text);
                best.put(step, text);
              });
    } catch (EvaluationFailed e) {
      throw e.failure();
    } catch (CancellationException e) {
      throw stopped("The search was stopped.");
    }
    int[] members = members(result.assignment());
    String merit = candidates.text(result.score(), members);
    found = describe(candidates.names(members), merit, result, best);
    if (result.ending() == Ending.CANCELED) {
      throw stopped("The search was stopped." + bestSoFar(candidates.names(members), merit));
    }
    return Arrays.stream(members).map(candidates::attribute).toArray();
  }

  /** When a search that is not exhaustive is over. */
  private String end() {
    String end =
        plateau == 0
            ? "after " + steps + " steps"
            : "when " + plateau + " in a row are no better than the best";
    return timeLimit == 0 ? end : end + ", at the latest after " + timeLimit + " s";
  }

  private static int[] members(int[] assignment) {
    return IntStream.range(0, assignment.length).filter(i -> assignment[i] == 1).toArray();
  }

  /** The start set as an assignment, or null. */
  private int[] start(CandidateSubsets candidates, int attributes) {
    if (startSet.isEmpty()) {
      return null;
    }
    int[] start = new int[candidates.count()];
    Range range = new Range(startSet);
    try {
      range.setUpper(attributes - 1);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The start set (-P %s) must be within the %d attributes.".formatted(startSet, attributes),
          e);
    }
    for (int attribute : range.getSelection()) {
      int candidate = candidates.candidate(attribute);
      if (candidate >= 0) {
        start[candidate] = 1;
      }
    }
    int count = Arrays.stream(start).sum();
    if (count == 0) {
      throw new IllegalArgumentException(
          ("The start set (-P %s) must have an attribute besides the class: it has none.\n"
                  + "Maybe leave out -P.")
              .formatted(startSet));
    }
    if (count > candidates.sizes().most()) {
      throw new IllegalArgumentException(
          "The start set (-P %s) must have at most %d attributes (-size %s): it has %d."
              .formatted(startSet, candidates.sizes().most(), getSize(), count));
    }
    return start;
  }

  private String describe(
      String names, String merit, SearchResult result, NavigableMap<Integer, String> best) {
    StringBuilder text = new StringBuilder();
    text.append("\tSubsets evaluated: ").append(result.evaluations());
    switch (result.ending()) {
      case COMPLETE -> text.append(", then the steps or moves were used up");
      case PLATEAU -> text.append("; the last ").append(plateau).append(" were no better");
      case EXHAUSTED -> text.append(", among them all that are possible");
      case TIME_LIMIT -> text.append(", then the time was used up: another run may end elsewhere");
      case CANCELED -> text.append(", then the search was stopped");
    }
    text.append("\n\tBest merit after steps:");
    List<TracePoint> trace = result.trace();
    int skipped = Math.max(0, trace.size() - MOST_TRACE_LINES);
    for (int i = 0; i < trace.size(); i++) {
      // The start and the end tell most.
      if (i == 0 || i > skipped) {
        int step = trace.get(i).step();
        text.append(
            String.format(Locale.ROOT, "%n\t  %6d  %s", step, best.floorEntry(step).getValue()));
      } else if (i == 1) {
        text.append("\n\t     ...");
      }
    }
    text.append(
        String.format(
            Locale.ROOT, "%n\tBest subset: %s%n\tMerit of best subset found: %s%n", names, merit));
    return text.toString();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("\tOptaPlanner search.\n");
    text.append("\tStart set: ").append(startSet.isEmpty() ? "chosen greedily" : startSet);
    text.append("\n\tNumber of attributes: ").append(getSize());
    text.append("\n\tAlgorithm: ").append(algorithm).append(", ").append(steps).append(" steps");
    if (plateau > 0) {
      text.append(", plateau of ").append(plateau).append(" subsets");
    }
    if (timeLimit > 0) {
      text.append(", at most ").append(timeLimit).append(" s");
    }
    text.append(", seed ").append(getSeed()).append('\n');
    return text + found;
  }
}
