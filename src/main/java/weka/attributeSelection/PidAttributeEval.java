package weka.attributeSelection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnpid.command.SchemeCommand;
import nnpid.decomposition.SourceInformation;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.SourceContribution;
import nnpid.weka.EnumEditor;
import nnpid.weka.UnitQuantizer;
import org.apache.commons.math3.util.CombinatoricsUtils;
import weka.core.Attribute;
import weka.core.Instances;
import weka.core.OptionMetadata;

/**
 * Evaluator that ranks units by what a partial information decomposition says about their
 * information about the class.
 *
 * <p>Six merits are computed for every unit, in bits, and shown in one table; one of them ranks.
 * See {@link SourceInformation} and {@link
 * nnpid.decomposition.PartialInformationDecomposition#shares()} for their definitions. In layers
 * wider than a context the first four are means over random contexts.
 */
public class PidAttributeEval extends PidEvaluation implements AttributeEvaluator {

  private static final long serialVersionUID = 6106573224094351862L;

  /** What ranks the units. */
  public enum Merit {
    /** Its part of every atom. */
    SHARE("share", "share of the unit in the information"),
    /** What only the unit tells, and on its own. */
    UNIQUE("unique", "unique information"),
    /** What it tells on its own and others tell too. */
    REDUNDANT("redundant", "redundant information"),
    /** What it tells only together with others. */
    SYNERGISTIC("synergistic", "synergistic information"),
    /** What it tells on its own. */
    MUTUAL_INFORMATION("mutualInformation", "mutual information"),
    /** What is lost without it. */
    VULNERABILITY("vulnerability", "vulnerability: what is lost without it");

    private final String text;
    private final String description;

    Merit(String text, String description) {
      this.text = text;
      this.description = description;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static {
    EnumEditor.register(List.of(Merit.class));
  }

  private Merit merit = Merit.SHARE;
  private int contextSize = 5;
  private int contexts = 10;
  private boolean wholeLayer;

  // What the evaluator has been built from; saved with it, so that it still tells its table.
  private int[] sources = {}; // of every attribute, -1 for the class
  private double[][] merits = {}; // [kind, in contexts; then kind, in the layer][source]
  private String table = "";

  public String globalInfo() {
    return "Ranks units (attributes) by the part they have in the information about the class,"
        + " according to a partial information decomposition (PID) with shared exclusions."
        + " The merit is the unit's share in all information, or its unique, redundant or"
        + " synergistic information, its mutual information with the class, or what is lost"
        + " without it. Numeric attributes are quantized first. Layers wider than a context"
        + " (5 units) are seen in random contexts, and the standard error is shown; mutual"
        + " information and vulnerability are exact for any number of units. Use it with"
        + " Ranker.\n\n"
        + "For more information see:\n\n"
        + getTechnicalInformation();
  }

  @OptionMetadata(
      displayName = "Merit",
      description =
          "What ranks the units, in bits: their share in all information, what only they tell"
              + " (unique), what others tell too (redundant), what they tell only together with"
              + " others (synergistic), what they tell on their own (mutualInformation), or what is"
              + " lost without them (vulnerability). The share is a part of every atom: atoms are"
              + " split evenly over their source sets, sets evenly over their members. Mutual"
              + " information is unique plus redundant, vulnerability is unique plus synergistic.",
      commandLineParamName = "M",
      displayOrder = 1)
  public Merit getMerit() {
    return merit;
  }

  public void setMerit(Merit merit) {
    this.merit = merit;
  }

  @OptionMetadata(
      displayName = "Context size",
      description =
          "How many units are decomposed together, 2 to 6. Layers with no more units are exact; in"
              + " wider ones units are seen in random contexts of this size. 6 takes seconds to"
              + " minutes per context, and 200 MB.",
      commandLineParamName = "context-size",
      displayOrder = 2)
  public int getContextSize() {
    return contextSize;
  }

  public void setContextSize(int contextSize) {
    if (contextSize < 2 || contextSize > 6) {
      throw new IllegalArgumentException(
          "The context size (%d) must be from 2 to 6: already 7 units have 2,414,682,040,996 atoms."
              .formatted(contextSize));
    }
    this.contextSize = contextSize;
  }

  @OptionMetadata(
      displayName = "Number of contexts",
      description =
          "How many random contexts every unit of a wide layer is seen in, at least 2; the standard"
              + " error shrinks with their square root. Time grows with contexts and units alike: with"
              + " 10 contexts of 5 units, 2,000 units of 2,000 instances took 78 s of processor time."
              + " 0 for none: then there is no share, the others mean the whole layer, and hundreds"
              + " of units take less than a second.",
      commandLineParamName = "contexts",
      displayOrder = 3)
  public int getContexts() {
    return contexts;
  }

  public void setContexts(int contexts) {
    if (contexts < 0 || contexts == 1) {
      throw new IllegalArgumentException(
          "The number of contexts (%d) must be 0, for none, or at least 2: one has no standard error."
              .formatted(contexts));
    }
    this.contexts = contexts;
  }

  @OptionMetadata(
      displayName = "Whole layer",
      description =
          "Whether unique, redundant and synergistic mean among all units of the layer (exact for"
              + " any number of units; in wide layers hardly anything is unique) rather than among"
              + " those of random contexts. The share always needs contexts.",
      commandLineParamName = "whole-layer",
      commandLineParamIsFlag = true,
      displayOrder = 4)
  public boolean getWholeLayer() {
    return wholeLayer;
  }

  public void setWholeLayer(boolean wholeLayer) {
    this.wholeLayer = wholeLayer;
  }

  @Override
  public void buildEvaluator(Instances data) throws Exception {
    UnitQuantizer.Counted counted = count(data);
    JointDistribution distribution = counted.distribution();
    if (merit == Merit.SHARE && contexts == 0 && distribution.sourceCount() > contextSize) {
      throw noShare();
    }
    List<SourceContribution> contributions;
    try {
      contributions =
          SourceContribution.ofSources(
              distribution, measure(), getValues(), contextSize, contexts, getSeed(), execution());
    } catch (CancellationException e) {
      throw stopped(e);
    }
    sources = sourceIndices(data);
    // All of them: the one that ranks may still be changed.
    merits =
        Stream.of(false, true)
            .flatMap(
                layer ->
                    Arrays.stream(Merit.values()).map(one -> merits(one, layer, contributions)))
            .toArray(double[][]::new);
    table = describe(data, distribution, contributions, describe(counted.warnings()));
  }

  private static double[] merits(
      Merit merit, boolean wholeLayer, List<SourceContribution> contributions) {
    return contributions.stream()
        .mapToDouble(
            contribution -> {
              SourceInformation ranked =
                  wholeLayer ? contribution.inLayer() : contribution.inContext();
              return switch (merit) {
                case SHARE -> contribution.share();
                case UNIQUE -> ranked.unique();
                case REDUNDANT -> ranked.redundant();
                case SYNERGISTIC -> ranked.synergistic();
                case MUTUAL_INFORMATION -> contribution.inLayer().mutualInformation();
                case VULNERABILITY -> contribution.inLayer().vulnerability();
              };
            })
        .toArray();
  }

  /**
   * The merit of a unit, in bits: the one that is set now.
   *
   * @throws IllegalStateException if the evaluator has not been built
   * @throws IllegalArgumentException if the attribute is the class or there is none, or shares were
   *     left out
   */
  @Override
  public double evaluateAttribute(int attribute) {
    if (merits.length == 0) {
      throw new IllegalStateException("The evaluator must be built first.");
    }
    if (attribute < 0 || attribute >= sources.length || sources[attribute] < 0) {
      throw new IllegalArgumentException(
          "The attribute (index %d) must be one of the data, and not the class."
              .formatted(attribute));
    }
    double value =
        merits[(wholeLayer ? Merit.values().length : 0) + merit.ordinal()][sources[attribute]];
    if (Double.isNaN(value)) {
      throw noShare();
    }
    return value;
  }

  private static IllegalArgumentException noShare() {
    return new IllegalArgumentException(
        "The merit (-M share) must have contexts (-contexts 0): shares of a layer wider than a"
            + " context are means over contexts.\nMaybe rank by another merit, such as -M"
            + " mutualInformation.");
  }

  @Override
  public void clean() {
    merits = new double[0][];
    sources = new int[0];
  }

  @Override
  public String toString() {
    if (table.isEmpty()) {
      return "PID attribute evaluator that has not been built yet.\n";
    }
    return "\tPartial information decomposition, merit: " + merit.description + "\n" + table;
  }

  private String describe(
      Instances data,
      JointDistribution distribution,
      List<SourceContribution> contributions,
      String warnings) {
    int seen = contributions.get(0).contexts();
    boolean exact = seen == 0;
    boolean errors =
        !exact
            && seen
                != CombinatoricsUtils.binomialCoefficientDouble(
                    contributions.size() - 1, contextSize - 1);
    String scope =
        exact
            ? Double.isNaN(contributions.get(0).share())
                ? "\tAll units together, exact; no contexts, and so no shares.\n"
                : "\tAll units together, exact; the shares add up to the information.\n"
            : String.format(
                Locale.ROOT,
                "\tshare, unique, redundant, synergistic: means over %s contexts of %d units per"
                    + " unit%s.%n\tMI and vulnerability: exact, in the whole layer.%n",
                errors ? seen + " random" : "all",
                contextSize,
                errors ? ", +- standard error (? where all draws agree)" : "");
    List<String> names =
        Collections.list(data.enumerateAttributes()).stream().map(Attribute::name).toList();
    return String.format(
            Locale.ROOT,
            "\tMeasure: %s. I(%s; %d units) = %s bits.%n",
            measure().description(),
            data.classAttribute().name(),
            contributions.size(),
            bits(getValues().mutualInformation(distribution)))
        + describe(getValues())
        + scope
        + warnings
        + inContexts(names, contributions, errors)
        + (exact
            ? ""
            : "\n\tThe same in the whole layer, exact:\n" + inLayer(names, contributions));
  }

  private static String inContexts(
      List<String> names, List<SourceContribution> contributions, boolean errors) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("unit", "share", "unique", "redundant", "synergistic", "MI", "vulnerability"));
    for (SourceContribution c : contributions) {
      SourceInformation seen = c.inContext();
      SourceInformation error = c.inContextError();
      rows.add(
          List.of(
              names.get(rows.size() - 1),
              bits(c.share(), c.shareError(), errors),
              bits(seen.unique(), error.unique(), errors),
              bits(seen.redundant(), error.redundant(), errors),
              bits(seen.synergistic(), error.synergistic(), errors),
              bits(c.inLayer().mutualInformation()),
              bits(c.inLayer().vulnerability())));
    }
    return table((errors ? " %18s" : " %12s").repeat(4) + " %12s %13s", rows);
  }

  private static String inLayer(List<String> names, List<SourceContribution> contributions) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("unit", "unique", "redundant", "synergistic"));
    for (SourceContribution c : contributions) {
      SourceInformation layer = c.inLayer();
      rows.add(
          List.of(
              names.get(rows.size() - 1),
              bits(layer.unique()),
              bits(layer.redundant()),
              bits(layer.synergistic())));
    }
    return table(" %12s".repeat(3), rows);
  }

  /** A table below an empty line: the names in the first column, the others as in the format. */
  private static String table(String columns, List<List<String>> rows) {
    int width = rows.stream().mapToInt(row -> row.get(0).length()).max().orElseThrow();
    String line = "  %-" + width + "s" + columns + "%n";
    return rows.stream()
        .map(row -> String.format(Locale.ROOT, line, row.toArray()))
        .collect(Collectors.joining("", System.lineSeparator(), ""));
  }

  private static String bits(double value, double error, boolean showError) {
    return showError ? estimate(value, error, 4) : bits(value);
  }

  private static String bits(double value) {
    return Double.isNaN(value) ? "-" : number(value, 4);
  }

  /**
   * Evaluates the attributes of a data set from the command line.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    SchemeCommand.run(new PidAttributeEval(), args);
  }
}
