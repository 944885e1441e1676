package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.attributeSelection.ASEvaluation;
import weka.classifiers.Classifier;
import weka.core.Utils;
import weka.filters.Filter;

/** Our schemes on Weka's command line: what is wrong is said in a sentence, without a stack. */
@ResourceLock(Resources.SYSTEM_ERR)
class SchemeMessagesTest {
  private static final String HEADER =
      "@relation x\n@attribute a numeric\n@attribute b TYPE\n@attribute c {x,y}\n@data\n";

  @TempDir private Path directory;

  private record Run(boolean ok, String out, String err) {}

  @BeforeEach
  void writeFiles() {
    file("good", HEADER.replace("TYPE", "numeric") + "1,2,x\n2,1,y\n3,3,x\n");
    file("string", HEADER.replace("TYPE", "string") + "1,foo,x\n2,bar,y\n");
    file("date", HEADER.replace("TYPE", "date yyyy") + "1,2001,x\n2,2002,y\n");
    file("damaged", HEADER.replace("TYPE", "numeric") + "1,2,x\n2,1,z\n");
  }

  private void file(String name, String text) {
    CommandLine.file(directory, name + ".arff", text);
  }

  private Run run(String scheme, String options) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream standardOutput = System.out;
    PrintStream standardError = System.err;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      boolean ok =
          execute(
              Class.forName("weka." + scheme).getConstructor().newInstance(),
              Utils.splitOptions(options.replaceAll("(\\w+)\\.arff", directory + "/$1.arff")));
      return new Run(
          ok, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(standardOutput);
      System.setErr(standardError);
    }
  }

  private static boolean execute(Object scheme, String[] options) {
    if (scheme instanceof Filter filter) {
      return SchemeCommand.execute(filter, options);
    }
    return scheme instanceof ASEvaluation evaluator
        ? SchemeCommand.execute(evaluator, options)
        : SchemeCommand.execute((Classifier) scheme, options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          attributeSelection.PidSubsetEval | -i string.arff -s weka.attributeSelection.SubsetRanking | "b" must be numeric or nominal: it is of type string
          attributeSelection.PidSubsetEval | -i date.arff -s weka.attributeSelection.OptaPlannerSearch | "b" must be numeric or nominal: it is of type date
          attributeSelection.PidAttributeEval | -i string.arff -s weka.attributeSelection.Ranker | "b" must be numeric or nominal: it is of type string
          attributeSelection.PidAttributeEval | -i absent.arff -s weka.attributeSelection.Ranker | absent.arff) must be a readable file: it does not exist
          attributeSelection.PidAttributeEval | -i damaged.arff -s weka.attributeSelection.Ranker | read Token[z], line 7
          attributeSelection.PidAttributeEval | -i good.arff -s weka.attributeSelection.Ranker -M best | The merit (-M best) must be share, unique
          attributeSelection.PidAttributeEval | -i good.arff -s weka.attributeSelection.NoSearch | There is no class weka.attributeSelection.NoSearch.
          attributeSelection.PidAttributeEval | -i good.arff -s weka.attributeSelection.OptaPlannerSearch | must use the Ranker
          attributeSelection.PidSubsetEval | -i good.arff -s "weka.attributeSelection.SubsetRanking -size x" | The subset size (-size x) must be
          attributeSelection.PidSubsetEval | -i good.arff -s "weka.attributeSelection.OptaPlannerSearch -steps 0" | (-steps 0) must be at least 1
          attributeSelection.PidSubsetEval | -i good.arff -c 9 -s weka.attributeSelection.SubsetRanking | Class index out of range
          attributeSelection.PidSubsetEval | -i good.arff | No search method given
          attributeSelection.PidSubsetEval | -M accessible | No training file given
          classifiers.functions.QuantizedNetwork | -t string.arff | "b" must be numeric or nominal: it is of type string
          classifiers.functions.QuantizedNetwork | -t damaged.arff | read Token[z], line 7
          classifiers.functions.QuantizedNetwork | -t absent.arff | absent.arff) must be a readable file
          classifiers.functions.QuantizedNetwork | -t good.arff -T absent.arff | (-T
          classifiers.functions.QuantizedNetwork | -t good.arff -H 0 | The hidden layers (-H 0) must have
          classifiers.functions.QuantizedNetwork | -t good.arff -nonsense | -nonsense
          classifiers.functions.QuantizedNetwork | -T good.arff -l good.arff | must be a file that Weka has saved
          filters.unsupervised.attribute.QuantizeActivations | -i good.arff -limits x | The limits (-limits x) must be
          filters.unsupervised.attribute.QuantizeActivations | -i absent.arff | absent.arff) must be a readable file
          filters.unsupervised.attribute.QuantizeActivations | -i damaged.arff | read Token[z], line 7
          filters.supervised.attribute.CoarseGrainUnits | -i good.arff -c last -groups-count 9 | (-groups-count 9)
          filters.supervised.attribute.HiddenActivations | -i string.arff -c last | "b" must be numeric or nominal: it is of type string
          filters.supervised.attribute.HiddenActivations | -i good.arff -c last -W none | (-W none) must be a classifier
          """)
  void whatIsWrongIsASentence(String scheme, String options, String fact) throws Exception {
    Run run = run(scheme, options);
    assertFalse(run.ok);
    assertTrue(run.err.startsWith("Error: "), run.err);
    assertTrue(run.err.contains(fact), run.err);
    assertFalse((run.out + run.err).contains("\tat "), run.err);
    assertFalse(run.err.contains("Exception"), run.err);
    assertTrue(run.err.lines().count() <= 4, run.err);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attributeSelection.PidSubsetEval | -s weka.attributeSelection.SubsetRanking -i good.arff",
        "attributeSelection.PidAttributeEval | -s weka.attributeSelection.Ranker -i good.arff",
        "classifiers.functions.QuantizedNetwork | -t good.arff -T good.arff -H 2 -N 2",
        "filters.unsupervised.attribute.QuantizeActivations | -i good.arff -c last",
        "filters.supervised.attribute.HiddenActivations | -W"
            + " \"weka.classifiers.functions.QuantizedNetwork -H 2 -N 2\" -i good.arff -c last",
        "filters.supervised.attribute.CoarseGrainUnits | -groups-count 2 -i good.arff -c last",
      })
  void whatIsRightWorks(String command) throws Exception {
    String[] parts = command.split(" \\| ", -1);
    Run run = run(parts[0], parts[1]);
    assertTrue(run.ok, run::toString);
    // Weka's first use of its native matrices says that there are none.
    assertEquals(List.of(), run.err.lines().filter(l -> !l.contains("netlib")).toList());
    assertFalse(run.out.isBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attributeSelection.PidSubsetEval",
        "attributeSelection.PidAttributeEval",
        "classifiers.functions.QuantizedNetwork",
        "filters.unsupervised.attribute.QuantizeActivations",
      })
  void helpIsNoError(String scheme) throws Exception {
    Run run = run(scheme, "-h");
    assertFalse(run.err.contains("Error:"), run.err);
    assertTrue(run.err.contains("options"), run.err);
  }

  @Test
  void systemErrorIsAsItWas() throws Exception {
    PrintStream before = System.err;
    run("attributeSelection.PidSubsetEval", "-i absent.arff");
    assertEquals(List.of(before), List.of(System.err));
  }
}
