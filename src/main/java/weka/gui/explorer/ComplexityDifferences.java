package weka.gui.explorer;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nnpid.command.AnalysisOptions;
import nnpid.command.CheckpointOptions;
import nnpid.command.TrainingOptions;
import nnpid.weka.SchemeOptions;
import nnpid.weka.SchemeOptions.Property;
import nnpid.weka.Specification;
import weka.classifiers.Classifier;
import weka.classifiers.functions.QuantizedNetwork;
import weka.core.Instances;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.QuantizeActivations;

/** What runs differ in, in the words of the form: those of the same data look alike otherwise. */
final class ComplexityDifferences {
  /** In the description of a run already. */
  private static final Set<String> TOLD = Set.of("measure", "method");

  private static final String COUNT = "Number of ";

  private static final Map<String, Property> ANALYSIS = byFlag(AnalysisOptions.class);
  private static final Map<String, Property> TRAINING = byFlag(TrainingOptions.class);
  private static final Map<String, Property> CHECKPOINTS = byFlag(CheckpointOptions.class);

  private ComplexityDifferences() {}

  private static Map<String, Property> byFlag(Class<?> type) {
    return SchemeOptions.of(type).stream()
        .collect(toUnmodifiableMap(Property::flag, property -> property));
  }

  /**
   * What the options of a run say: a few words for each setting that is not as in a new analysis,
   * by the setting. Those of the quantizer and of the network are among them, as new or not.
   */
  static Map<String, String> settings(List<String> options, Optional<Instances> data) {
    Map<String, String> settings = new LinkedHashMap<>();
    data.ifPresent(
        one -> {
          settings.put(
              "instances", String.format(Locale.ROOT, "%,d instances", one.numInstances()));
          settings.put("attributes", one.numAttributes() + " attributes");
        });
    boolean training = options.contains("-train");
    for (int i = 0; i < options.size(); i++) {
      String flag = options.get(i).replaceFirst("^-", "");
      Property property = property(flag, training);
      if (!options.get(i).startsWith("-") || property == null) {
        continue;
      }
      String value = property.isFlag() || i + 1 == options.size() ? "" : options.get(++i);
      if (flag.equals("Q")) {
        addScheme(settings, property, value, Filter.class);
      } else if (flag.equals("train")) {
        addScheme(settings, property, value, Classifier.class);
      } else if (!TOLD.contains(flag)) {
        settings.put(property.label(), words(property.label(), value));
      }
    }
    return settings;
  }

  private static Property property(String flag, boolean training) {
    Property first = training ? TRAINING.get(flag) : CHECKPOINTS.get(flag);
    return first == null ? ANALYSIS.get(flag) : first;
  }

  /** What a filter or network is, and how its own options are. */
  private static void addScheme(
      Map<String, String> settings, Property property, String text, Class<?> type) {
    Object scheme;
    try {
      scheme = Specification.parse(type, property.label(), text);
    } catch (IllegalArgumentException e) {
      settings.put(property.label(), words(property.label(), text)); // the run says what is wrong
      return;
    }
    String name = scheme.getClass().getSimpleName();
    if (!(scheme instanceof QuantizeActivations || scheme instanceof QuantizedNetwork)) {
      int end = text.indexOf(' ');
      settings.put(property.label(), name + (end < 0 ? "" : text.substring(end)));
      return;
    }
    settings.put(property.label(), name);
    for (Property own : SchemeOptions.of(scheme.getClass())) {
      boolean alsoOutside =
          Stream.of(ANALYSIS, TRAINING)
              .flatMap(known -> known.values().stream())
              .anyMatch(other -> other.label().equals(own.label()));
      String label =
          alsoOutside ? property.label() + " " + own.label().toLowerCase(Locale.ROOT) : own.label();
      String value = own.text(scheme);
      if (!value.isEmpty()) {
        settings.put(label, words(label, own.isFlag() ? "" : value));
      }
    }
  }

  private static String words(String label, String value) {
    String text = value.replaceFirst("^(\\d+)\\.0$", "$1");
    return label.startsWith(COUNT)
        ? text + " " + label.substring(COUNT.length())
        : (label.toLowerCase(Locale.ROOT) + " " + text).strip();
  }

  /** What an option is that is not given. */
  private static String usual(String label) {
    String value =
        Stream.of(new AnalysisOptions(), new TrainingOptions())
            .flatMap(
                fresh ->
                    SchemeOptions.of(fresh.getClass()).stream()
                        .filter(property -> property.label().equals(label))
                        .map(property -> property.text(fresh)))
            .findFirst()
            .orElse("");
    return value.isEmpty() ? "usual " + label.toLowerCase(Locale.ROOT) : words(label, value);
  }

  /**
   * What makes a run different from the others of the same data and method, in a few words; empty
   * if nothing does.
   */
  static String of(ComplexityRun run, List<ComplexityRun> all) {
    List<ComplexityRun> group = all.stream().filter(run::isLike).toList();
    Set<String> names = new LinkedHashSet<>();
    group.forEach(one -> names.addAll(one.settings().keySet()));
    List<String> words = new ArrayList<>();
    for (String name : names) {
      String own = run.settings().get(name);
      if (!group.stream().allMatch(one -> Objects.equals(own, one.settings().get(name)))) {
        words.add(own == null ? usual(name) : own);
      }
    }
    // The same name, but something was done to the values.
    List<Long> contents =
        group.stream().flatMap(one -> one.fingerprint().stream().boxed()).distinct().toList();
    if (contents.size() > 1 && run.fingerprint().isPresent()) {
      words.add(
          "version " + (contents.indexOf(run.fingerprint().getAsLong()) + 1) + " of the data");
    }
    return String.join(", ", words);
  }
}
