package weka.knowledgeflow.steps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nnpid.analysis.Method;
import nnpid.command.AnalysisOptions;
import nnpid.command.CommandOptions;
import nnpid.weka.SchemeOptions;
import nnpid.weka.SchemeOptions.Property;
import nnpid.weka.Specification;
import weka.core.OptionHandler;
import weka.core.Utils;
import weka.gui.ProgrammaticProperty;

/**
 * The properties that the step had before all of them became options: Weka sets what it finds in
 * the file of a flow, and leaves out silently what is no property. Here they become options; none
 * of them is written any more.
 */
public abstract class FlowsBefore13 extends BaseStep {
  private static final long serialVersionUID = 1L;

  /** What the file of a flow said, by the names of properties. */
  private final LinkedHashMap<String, String> before = new LinkedHashMap<>();

  /** Sets the options that old properties stand for. */
  abstract void setOptionsFromBefore(String options);

  /** The step has options of its own now. */
  final void forgetBefore() {
    before.clear();
  }

  private void before(String property, Object value) {
    before.put(property, text(value));
    setOptionsFromBefore(Utils.joinOptions(options().toArray(String[]::new)));
  }

  private static String text(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return value instanceof OptionHandler scheme
        ? Utils.toCommandLine(scheme)
        : String.valueOf(value).strip();
  }

  /** What was typed as further options went first; what has no effect with a method had none. */
  private List<String> options() {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> others =
        new ArrayList<>(
            List.of(
                Specification.split("further options", before.getOrDefault("moreOptions", ""))));
    List<Property> properties = SchemeOptions.of(AnalysisOptions.class);
    int given = others.indexOf("-method");
    String method =
        given >= 0 && given + 1 < others.size()
            ? others.get(given + 1)
            : before.getOrDefault("method", Method.AUTO.toString());
    AnalysisOptions fresh = new AnalysisOptions();
    for (Property property : properties) {
      List<String> methods = CommandOptions.methods(property);
      String flag = "-" + property.flag();
      String text = before.getOrDefault(property.name(), "");
      int position = others.indexOf(flag);
      if (!methods.isEmpty() && !methods.contains(method)) {
        if (position >= 0) {
          others.subList(position, Math.min(others.size(), position + 2)).clear();
        }
      } else if (position < 0 && !text.isEmpty() && !text.equals(property.text(fresh))) {
        values.put(flag, text);
      }
    }
    List<String> options = new ArrayList<>();
    values.forEach((flag, value) -> options.addAll(Arrays.asList(flag, value)));
    options.addAll(others);
    return options;
  }

  @NotPersistable
  public final Object getLayers() {
    return before.get("layers");
  }

  @ProgrammaticProperty
  public final void setLayers(Object value) {
    before("layers", value);
  }

  @NotPersistable
  public final Object getSources() {
    return before.get("sources");
  }

  @ProgrammaticProperty
  public final void setSources(Object value) {
    before("sources", value);
  }

  @NotPersistable
  public final Object getQuantizer() {
    return before.get("quantizer");
  }

  @ProgrammaticProperty
  public final void setQuantizer(Object value) {
    before("quantizer", value);
  }

  @NotPersistable
  public final Object getMeasure() {
    return before.get("measure");
  }

  @ProgrammaticProperty
  public final void setMeasure(Object value) {
    before("measure", value);
  }

  @NotPersistable
  public final Object getMethod() {
    return before.get("method");
  }

  @ProgrammaticProperty
  public final void setMethod(Object value) {
    before("method", value);
  }

  @NotPersistable
  public final Object getPrecision() {
    return before.get("precision");
  }

  @ProgrammaticProperty
  public final void setPrecision(Object value) {
    before("precision", value);
  }

  @NotPersistable
  public final Object getTimeLimit() {
    return before.get("timeLimit");
  }

  @ProgrammaticProperty
  public final void setTimeLimit(Object value) {
    before("timeLimit", value);
  }

  @NotPersistable
  public final Object getGrouping() {
    return before.get("grouping");
  }

  @ProgrammaticProperty
  public final void setGrouping(Object value) {
    before("grouping", value);
  }

  @NotPersistable
  public final Object getObjective() {
    return before.get("objective");
  }

  @ProgrammaticProperty
  public final void setObjective(Object value) {
    before("objective", value);
  }

  @NotPersistable
  public final Object getGroupCount() {
    return before.get("groupCount");
  }

  @ProgrammaticProperty
  public final void setGroupCount(Object value) {
    before("groupCount", value);
  }

  @NotPersistable
  public final Object getMaxGroupSize() {
    return before.get("maxGroupSize");
  }

  @ProgrammaticProperty
  public final void setMaxGroupSize(Object value) {
    before("maxGroupSize", value);
  }

  @NotPersistable
  public final Object getWeightMeaning() {
    return before.get("weightMeaning");
  }

  @ProgrammaticProperty
  public final void setWeightMeaning(Object value) {
    before("weightMeaning", value);
  }

  @NotPersistable
  public final Object getPermutations() {
    return before.get("permutations");
  }

  @ProgrammaticProperty
  public final void setPermutations(Object value) {
    before("permutations", value);
  }

  @NotPersistable
  public final Object getTop() {
    return before.get("top");
  }

  @ProgrammaticProperty
  public final void setTop(Object value) {
    before("top", value);
  }

  @NotPersistable
  public final Object getSeed() {
    return before.get("seed");
  }

  @ProgrammaticProperty
  public final void setSeed(Object value) {
    before("seed", value);
  }

  @NotPersistable
  public final Object getThreads() {
    return before.get("threads");
  }

  @ProgrammaticProperty
  public final void setThreads(Object value) {
    before("threads", value);
  }

  @NotPersistable
  public final Object getMoreOptions() {
    return before.get("moreOptions");
  }

  @ProgrammaticProperty
  public final void setMoreOptions(Object value) {
    before("moreOptions", value);
  }
}
