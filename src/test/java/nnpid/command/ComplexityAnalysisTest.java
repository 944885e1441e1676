package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.execution.Execution;
import nnpid.report.Format;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Attribute;
import weka.core.CheckOptionHandler;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.Option;
import weka.core.Utils;

/** Options, courtesy to the data, and cancellation. */
class ComplexityAnalysisTest {

  /** Tests set the interrupted status of their own thread. */
  @AfterEach
  void clearInterruptedStatus() {
    Thread.interrupted();
  }

  // Options

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c first",
        "-nominal-class",
        "-sources 1,3-5,last",
        "-sources L\\\\d+_[1-3]",
        "-layers (L\\\\d+)_.*",
        "-groups \"1,2;3-5\"",
        "-weights count",
        "-Q \"weka.filters.unsupervised.attribute.QuantizeActivations -L 4\"",
        "-Q weka.filters.unsupervised.attribute.Discretize",
        "-missing drop",
        "-measure sx",
        "-complexity-only",
        "-atoms",
        "-top 7",
        "-threads 3",
        "-seed -4"
      })
  void optionSurvivesGetAndSetOptions(String text) throws Exception {
    String[] options = Utils.splitOptions(text);
    AnalysisOptions first = new AnalysisOptions();
    first.setOptions(options.clone());
    List<String> all = List.of(first.getOptions());
    assertTrue(all.contains(options[0]), all::toString);
    if (options.length > 1 && !options[0].equals("-Q")) {
      assertEquals(options[1], all.get(all.indexOf(options[0]) + 1));
    } else if (options.length > 1) {
      String filter = all.get(all.indexOf("-Q") + 1);
      assertTrue(filter.startsWith(options[1]), filter);
    }
    AnalysisOptions second = new AnalysisOptions();
    second.setOptions(first.getOptions());
    assertArrayEquals(first.getOptions(), second.getOptions());
  }

  @Test
  void setOptionsForgetsEarlierOptions() throws Exception {
    AnalysisOptions analysis = new AnalysisOptions();
    analysis.setOptions(
        Utils.splitOptions(
            "-c first -nominal-class -sources a.* -layers (a).* -groups 1 -weights n -missing drop"
                + " -top 3 -threads 7 -seed 1 -precision 0.1 -replicates 9 -time-limit 2 -nodes 5"
                + " -subset-size 2 -draws 3 -permutations 4 -pointwise target"
                + " -Q weka.filters.unsupervised.attribute.Discretize"));
    analysis.setOptions(new String[0]);
    assertArrayEquals(new AnalysisOptions().getOptions(), analysis.getOptions());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-c first -nominal-class",
        "-sources 1-3 -groups 1,2;3",
        "-weights count -missing drop -seed 3",
        "-atoms -threads 1",
        "-complexity-only",
        "-method coverage -precision 0.5 -replicates 40 -time-limit 3 -nodes 7",
        "-method subsampling -subset-size 3 -draws 4 -permutations 5 -seed 6",
        "-measure mmi -method backbone",
        "-pointwise target",
        "-Q \"weka.filters.unsupervised.attribute.QuantizeActivations -L 4\""
      })
  void passesWekasOptionCheck(String options) throws Exception {
    CheckOptionHandler check = new CheckOptionHandler();
    check.setOptionHandler(new AnalysisOptions());
    check.setUserOptions(Utils.splitOptions(options));
    check.setSilent(true);
    check.doTests();
    assertTrue(check.getSuccess());
  }

  @Test
  void listsEveryOptionThatItReturns() throws Exception {
    AnalysisOptions analysis = new AnalysisOptions();
    analysis.setOptions(
        Utils.splitOptions(
            "-c 2 -nominal-class -sources 1 -layers (a).* -groups 1 -weights n -top 2 -seed 4"
                + " -replicates 9 -time-limit 2 -pointwise target -groups-count 2"
                + " -max-group-size 3 -threads 2 -halves 4 -horizon 3 -rank 1"));
    List<String> listed =
        Collections.list(analysis.listOptions()).stream().map(Option::name).toList();
    int flags = 0;
    for (String option : analysis.getOptions()) {
      if (option.matches("-[a-zA-Z-]+")) {
        assertTrue(listed.contains(option.substring(1)), option);
        flags++;
      }
    }
    // All but -atoms and -atom, in whose place is -top, and -complexity-only, which excludes it.
    assertEquals(listed.size() - 3, flags);
  }

  @Test
  void defaultsAreThoseOfTheIssue() {
    List<String> options = List.of(new AnalysisOptions().getOptions());
    assertEquals("last", options.get(options.indexOf("-c") + 1));
    assertEquals("sx", options.get(options.indexOf("-measure") + 1));
    assertEquals("level", options.get(options.indexOf("-missing") + 1));
    assertTrue(
        options
            .get(options.indexOf("-Q") + 1)
            .startsWith("weka.filters.unsupervised.attribute.QuantizeActivations -L 8 "));
    assertFalse(options.contains("-complexity-only") || options.contains("-sources"));
  }

  @Test
  void rejectedOptionLeavesTheSetting() {
    AnalysisOptions analysis = new AnalysisOptions();
    analysis.setLayers("(L\\d)_.*");
    assertThrows(IllegalArgumentException.class, () -> analysis.setLayers("(L\\d)_(.*)"));
    assertThrows(IllegalArgumentException.class, () -> analysis.setLayers("("));
    List<String> options = List.of(analysis.getOptions());
    assertEquals("(L\\d)_.*", options.get(options.indexOf("-layers") + 1));
  }

  // Data

  private static ComplexityAnalysis analysis(String... options) {
    return analysis(Task.Listener.NONE, options);
  }

  private static ComplexityAnalysis analysis(Task.Listener listener, String... options) {
    AnalysisOptions bean = new AnalysisOptions();
    bean.setOptions(options.clone());
    return new ComplexityAnalysis(bean, listener);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-weights count -sources 1-2",
        "-c 3 -nominal-class",
        "-sources 1-2 -missing drop",
        "-layers (u).*",
        "-groups 1,2;3"
      })
  void leavesTheDataAsTheyAre(String options) throws Exception {
    Instances data = activations();
    String before = describe(data);
    ComplexityAnalysis analysis = analysis(Utils.splitOptions(options));
    analysis.analyze(data, Execution.sequential());
    assertEquals(before, describe(data));
  }

  @Test
  void classOfTheOptionsCountsNotThatOfTheData() throws Exception {
    Instances data = activations();
    data.setClassIndex(0);
    Report report = analysis().analyze(data, Execution.sequential());
    assertEquals("class", report.layers().get(0).layer().target());
    assertEquals(0, data.classIndex());
  }

  @Test
  void runsTwiceWithTheSameResult() throws Exception {
    ComplexityAnalysis analysis =
        analysis(
            "-Q", "weka.filters.unsupervised.attribute.QuantizeActivations -rounding stochastic");
    LayerResult first = analysis.analyze(activations(), Execution.sequential()).layers().get(0);
    LayerResult second = analysis.analyze(activations(), Execution.sequential()).layers().get(0);
    assertEquals(first.entropySources(), second.entropySources());
    assertEquals(
        first.backbone().representationalComplexity(),
        second.backbone().representationalComplexity(),
        0);
  }

  private static String describe(Instances data) {
    StringBuilder text = new StringBuilder(data.toString()).append(data.classIndex());
    for (int i = 0; i < data.numInstances(); i++) {
      text.append(' ').append(data.instance(i).weight());
    }
    return text.toString();
  }

  /** Two units with a missing value, a count, a digit, a class; weights; no class set. */
  private static Instances activations() {
    ArrayList<Attribute> attributes =
        new ArrayList<>(
            List.of(
                new Attribute("u1"),
                new Attribute("u2"),
                new Attribute("count"),
                new Attribute("class", List.of("a", "b"))));
    Instances data = new Instances("activations", attributes, 20);
    Random random = new Random(6);
    for (int i = 0; i < 20; i++) {
      double target = random.nextInt(2);
      data.add(
          new DenseInstance(
              1 + i % 3,
              new double[] {
                i == 5 ? Utils.missingValue() : Math.tanh(target + random.nextGaussian()),
                random.nextGaussian() - target,
                1 + i % 4,
                target
              }));
    }
    return data;
  }

  // Cancellation

  @Test
  void interruptBeforeTheRunEndsIt() throws Exception {
    ComplexityAnalysis analysis = analysis("-complexity-only");
    Thread.currentThread().interrupt();
    assertThrows(
        CancellationException.class, () -> analysis.analyze(units(4), Execution.sequential()));
    assertTrue(Thread.interrupted(), "The interrupted status must stay.");
  }

  @ParameterizedTest
  @CsvSource({"5,-atoms,1", "5,-atoms,2", "6,-complexity-only,1", "6,-complexity-only,2"})
  void interruptDuringTheRunEndsIt(int units, String option, int threads) throws Exception {
    Instances data = units(units);
    ComplexityAnalysis analysis = analysis(option);
    Thread caller = Thread.currentThread();
    AtomicBoolean started = new AtomicBoolean();
    AtomicInteger callsAfterwards = new AtomicInteger();
    Execution execution =
        Execution.ofThreads(threads)
            .withProgressListener(
                fraction -> {
                  if (fraction > 0 && fraction < 1 && !started.getAndSet(true)) {
                    caller.interrupt();
                  } else if (started.get()) {
                    callsAfterwards.incrementAndGet();
                  }
                });
    assertThrows(CancellationException.class, () -> analysis.analyze(data, execution));
    assertTrue(started.get());
    assertTrue(Thread.interrupted(), "The interrupted status must stay.");
    // No thread of the run may go on after it.
    int calls = callsAfterwards.get();
    Thread.sleep(50);
    assertEquals(calls, callsAfterwards.get());
  }

  @Test
  void aStoppedRunNamesTheLayersItHasNotDone() throws Exception {
    ComplexityAnalysis analysis =
        analysis(
            new Task.Listener() {
              @Override
              public void layerBegins(String layer, List<List<String>> sources) {
                if (layer.equals("u3")) {
                  Thread.currentThread().interrupt();
                }
              }
            },
            "-layers",
            "(u[135]).*");
    Report report = analysis.analyze(units(6), Execution.sequential());
    assertTrue(Thread.interrupted());
    assertEquals(List.of("u3", "u5"), report.unfinishedLayers());
    StringWriter text = new StringWriter();
    Format.TEXT.write(report, text);
    assertTrue(text.toString().contains("not analyzed: u3, u5."), text::toString);
    StringWriter json = new StringWriter();
    Format.JSON.write(report, json);
    assertEquals(
        List.of("u3", "u5"),
        CommandLine.strings(
            JsonParser.parseString(json.toString()).getAsJsonObject(), "unfinishedLayers"));
  }

  /** The advice to compare goes away once that is done, and only then. */
  @Test
  void theComparisonWithShuffledClassesIsAdvisedUntilItIsDone() throws Exception {
    for (boolean stopped : new boolean[] {false, true}) {
      ComplexityAnalysis analysis =
          analysis(
              new Task.Listener() {
                @Override
                public void newBest(CoarseGraining grouping, double value, int step) {
                  if (stopped) {
                    Thread.currentThread().interrupt();
                  }
                }
              },
              Utils.splitOptions("-method coarse-graining -steps 20 -permutations 3 -threads 1"));
      LayerResult layer = analysis.analyze(units(8), Execution.sequential()).layers().get(0);
      assertEquals(stopped, Thread.interrupted());
      assertEquals(stopped, layer.baseline().isEmpty());
      String warnings = String.join("\n", layer.warnings());
      assertTrue(warnings.contains("Few samples per realization"), warnings);
      assertEquals(stopped, warnings.contains("Compare with shuffled"), warnings);
      assertEquals(
          stopped, warnings.contains("comparison with shuffled classes was left out"), warnings);
    }
  }

  @Test
  void laterRunIsNotAffectedByACanceledOne() throws Exception {
    Instances data = units(3);
    ComplexityAnalysis analysis = analysis();
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, () -> analysis.analyze(data, Execution.sequential()));
    assertTrue(Thread.interrupted());
    assertEquals(3, analysis.analyze(data, Execution.sequential()).layers().get(0).sourceCount());
  }

  @Test
  void progressNeverFallsAndEndsAtOne() throws Exception {
    ComplexityAnalysis analysis = analysis("-layers", "u([135]).*");
    List<Double> fractions = new ArrayList<>();
    analysis.analyze(
        units(6), Execution.sequential().withProgressListener(fraction -> fractions.add(fraction)));
    assertEquals(fractions.stream().sorted().toList(), fractions);
    assertTrue(fractions.get(0) >= 0 && fractions.get(0) < 1);
    assertEquals(1, fractions.get(fractions.size() - 1), 1e-12);
  }

  /** Nominal units of three levels and a class, 300 samples. */
  private static Instances units(int count) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (int unit = 1; unit <= count; unit++) {
      attributes.add(new Attribute("u" + unit, List.of("0", "1", "2")));
    }
    attributes.add(new Attribute("class", List.of("a", "b")));
    Instances data = new Instances("units", attributes, 300);
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      double[] values = new double[count + 1];
      values[count] = random.nextInt(2);
      for (int unit = 0; unit < count; unit++) {
        values[unit] = values[count] + random.nextInt(2);
      }
      data.add(new DenseInstance(1, values));
    }
    return data;
  }
}
