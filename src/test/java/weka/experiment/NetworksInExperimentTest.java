package weka.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.beans.PropertyDescriptor;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.swing.DefaultListModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.classifiers.AbstractClassifier;
import weka.classifiers.Classifier;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;

/**
 * Networks, and classifiers on their hidden activations, in an experiment as the GUI sets it up.
 */
class NetworksInExperimentTest {
  private static final String NETWORK =
      "weka.classifiers.functions.QuantizedNetwork -H 5,4 -N 1000 -R 0.1";

  @TempDir private Path directory;

  private static Classifier classifier(String specification) throws Exception {
    String[] options = Utils.splitOptions(specification);
    String name = options[0];
    options[0] = "";
    return AbstractClassifier.forName(name, options);
  }

  @Test
  void networksAndHiddenActivationsAreComparedInAnExperiment() throws Exception {
    Path data = directory.resolve("iris.arff");
    try (InputStream in =
        getClass()
            .getClassLoader()
            .getResourceAsStream("weka/gui/knowledgeflow/templates/iris.arff")) {
      Files.copy(in, data);
    }
    Classifier[] schemes = {
      classifier(NETWORK),
      classifier(
          "weka.classifiers.meta.FilteredClassifier -F"
              + " \"weka.filters.supervised.attribute.HiddenActivations -layers 2 -W \\\""
              + NETWORK
              + "\\\"\" -W weka.classifiers.trees.J48"),
      classifier(
          "weka.classifiers.meta.FilteredClassifier -F"
              + " \"weka.filters.supervised.attribute.HiddenActivations -W \\\""
              + NETWORK
              + "\\\"\" -W weka.classifiers.meta.AttributeSelectedClassifier --"
              + " -E weka.attributeSelection.PidAttributeEval"
              + " -S \"weka.attributeSelection.Ranker -N 4\" -W weka.classifiers.trees.J48")
    };

    ClassifierSplitEvaluator evaluator = new ClassifierSplitEvaluator();
    CrossValidationResultProducer producer = new CrossValidationResultProducer();
    producer.setNumFolds(3);
    producer.setSplitEvaluator(evaluator);
    PropertyNode[] path = {
      new PropertyNode(
          evaluator,
          new PropertyDescriptor("splitEvaluator", CrossValidationResultProducer.class),
          CrossValidationResultProducer.class),
      new PropertyNode(
          evaluator.getClassifier(),
          new PropertyDescriptor("classifier", ClassifierSplitEvaluator.class),
          ClassifierSplitEvaluator.class)
    };
    DefaultListModel<File> files = new DefaultListModel<>();
    files.addElement(data.toFile());
    File output = directory.resolve("results.arff").toFile();
    InstancesResultListener listener = new InstancesResultListener();
    listener.setOutputFile(output);

    Experiment experiment = new Experiment();
    experiment.setResultProducer(producer);
    experiment.setUsePropertyIterator(true);
    experiment.setPropertyPath(path);
    experiment.setPropertyArray(schemes);
    experiment.setDatasets(files);
    experiment.setRunLower(1);
    experiment.setRunUpper(1);
    experiment.setResultListener(listener);
    experiment.initialize();
    experiment.runExperiment();
    experiment.postProcess();

    Instances results = DataSource.read(output.toString());
    assertEquals(9, results.numInstances());
    for (Instance result : results) {
      assertTrue(
          result.value(results.attribute("Percent_correct")) > 80,
          () -> result.stringValue(results.attribute("Key_Scheme_options")) + ": " + result);
    }
  }
}
