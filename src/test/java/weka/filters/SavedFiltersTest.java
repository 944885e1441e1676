package weka.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import weka.classifiers.AbstractClassifier;
import weka.classifiers.Classifier;
import weka.classifiers.meta.FilteredClassifier;
import weka.classifiers.xml.XMLClassifier;
import weka.core.Instances;
import weka.core.Utils;

/** Our filters in the models of Weka's classifiers, as files. */
class SavedFiltersTest {
  private static final Path MODELS = Path.of("src/test/resources/models/filters-1.model.gz");

  /** Of Weka's FilteredClassifier, one with each of our filters. */
  private static Classifier[] models() throws Exception {
    try (ObjectInputStream in =
        new ObjectInputStream(new GZIPInputStream(Files.newInputStream(MODELS)))) {
      return (Classifier[]) in.readObject();
    }
  }

  private static Instances iris() throws Exception {
    try (InputStream in =
        SavedFiltersTest.class
            .getClassLoader()
            .getResourceAsStream("weka/gui/knowledgeflow/templates/iris.arff")) {
      Instances data =
          new Instances(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
      data.setClassIndex(4);
      return data;
    }
  }

  /** Saved by the version whose options were not yet annotated properties. */
  @Test
  void filtersOfTheEarlierVersionFilterAsTheyDid() throws Exception {
    Instances data = iris();
    List<String> lines = new ArrayList<>();
    for (Classifier model : models()) {
      lines.add(Utils.toCommandLine(((FilteredClassifier) model).getFilter()));
      for (int row = 0; row < data.numInstances(); row += 30) {
        lines.add(
            Arrays.stream(model.distributionForInstance(data.instance(row)))
                .mapToObj(Double::toString)
                .collect(Collectors.joining(",")));
      }
    }
    String expected =
        Files.readString(MODELS.resolveSibling("filters-1.txt"), StandardCharsets.UTF_8);
    assertEquals(expected, String.join("\n", lines) + "\n");
  }

  /** As the Experimenter writes them. */
  @Test
  void optionsSurviveWekasXml() throws Exception {
    for (Classifier model : models()) {
      Classifier copy =
          AbstractClassifier.forName(
              model.getClass().getName(), ((AbstractClassifier) model).getOptions());
      Path file = Files.createTempFile("classifier", ".xml");
      new XMLClassifier().write(file.toString(), copy);
      Object read = new XMLClassifier().read(file.toString());
      Files.delete(file);
      assertEquals(Utils.toCommandLine(copy), Utils.toCommandLine(read));
    }
  }
}
