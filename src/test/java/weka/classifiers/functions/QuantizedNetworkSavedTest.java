package weka.classifiers.functions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import nnpid.weka.HiddenUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.classifiers.AbstractClassifier;
import weka.classifiers.Classifier;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.SerializationHelper;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;

/** Models in files: of the earlier form, damaged, or of a stranger. */
class QuantizedNetworkSavedTest {
  private static final Path OLD = Path.of("src/test/resources/models/quantized-network-1.model.gz");
  private static final String OPTIONS =
      "-H 3,2 -L 4,0 -N 5 -B 2 -R 0.05 -M 0.5 -decay 0.01 -A sigmoid -output binary"
          + " -checkpoints 0,2 -scaling symmetric -resume -S 7 -batch-size 50";
  private static final int FLIPS = 1500;

  @TempDir private Path directory;

  private static Instances data() throws IOException {
    Instances data =
        new Instances(
            new StringReader(
                """
                @relation r
                @attribute x numeric
                @attribute n {a,b,c}
                @attribute d date yyyy-MM-dd
                @attribute c {u,v}
                @data
                1,a,2001-01-01,u
                ?,b,2002-02-02,v
                3,?,?,u
                2,c,2003-01-01,v
                """));
    data.setClassIndex(3);
    return data;
  }

  private static byte[] saved(AbstractClassifier classifier, String options) throws Exception {
    classifier.setOptions(Utils.splitOptions(options));
    classifier.buildClassifier(data());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SerializationHelper.write(out, classifier);
    return out.toByteArray();
  }

  /** All that a user sees of a network. */
  private static String described(QuantizedNetwork network) throws Exception {
    StringBuilder text = new StringBuilder();
    text.append(network).append(Utils.joinOptions(network.getOptions())).append('\n');
    for (Instance instance : data()) {
      text.append(Arrays.toString(network.distributionForInstance(instance))).append('\n');
    }
    return text.toString();
  }

  private static byte[] flipped(byte[] bytes, Random random, int i) {
    byte[] result = bytes.clone();
    // The beginning has the names, of which there are few otherwise.
    int position = random.nextInt(i % 2 == 0 ? bytes.length : Math.min(1000, bytes.length));
    result[position] ^= (byte) (1 << random.nextInt(8));
    return result;
  }

  @Test
  void aModelOfTheEarlierFormIsReadAsItWas() throws Exception {
    byte[] bytes;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(OLD))) {
      bytes = in.readAllBytes();
    }
    QuantizedNetwork network =
        (QuantizedNetwork) SerializationHelper.read(new ByteArrayInputStream(bytes));
    String expected =
        Files.readString(OLD.resolveSibling("quantized-network-1.txt"), StandardCharsets.UTF_8);
    assertEquals(expected, described(network));
    network.initializeClassifier(data());
    assertTrue(network.next());
    assertTrue(HiddenUnits.read(OLD.toFile()).toString().contains("5-3-2-1"));
  }

  /** Saved by the version whose options were not yet annotated properties. */
  @Test
  void aSealedModelOfTheEarlierVersionPredictsAsItDid() throws Exception {
    Path saved = OLD.resolveSibling("quantized-network-2.model.gz");
    List<String> lines =
        Files.readAllLines(saved.resolveSibling("quantized-network-2.txt"), StandardCharsets.UTF_8);
    QuantizedNetwork network;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(saved))) {
      network = (QuantizedNetwork) SerializationHelper.read(in);
    }
    assertEquals(lines.get(0), Utils.joinOptions(network.getOptions()));
    Instances data = DataSource.read("weka-package/examples/tishby.arff");
    data.setClassIndex(data.numAttributes() - 1);
    for (int line = 1; line < lines.size(); line++) {
      double[] expected =
          Stream.of(lines.get(line).split(",")).mapToDouble(Double::parseDouble).toArray();
      Instance instance = data.instance((line - 1) * 409);
      assertArrayEquals(expected, network.distributionForInstance(instance), 0);
    }
    assertTrue(HiddenUnits.read(saved.toFile()).toString().contains("-5-3-2"));
  }

  @Test
  void aSavedModelIsReadAsItWas() throws Exception {
    QuantizedNetwork network = new QuantizedNetwork();
    byte[] bytes = saved(network, OPTIONS);
    QuantizedNetwork read =
        (QuantizedNetwork) SerializationHelper.read(new ByteArrayInputStream(bytes));
    assertEquals(described(network), described(read));
    QuantizedNetwork untrained = (QuantizedNetwork) AbstractClassifier.makeCopy(read);
    assertEquals(described(network), described(untrained));
  }

  /** By our reader, and where Weka itself opens a model. */
  @Test
  void aFlippedBitIsNoticedOrChangesNothing() throws Exception {
    QuantizedNetwork network = new QuantizedNetwork();
    byte[] bytes = saved(network, OPTIONS);
    String expected = described(network);
    Path model = directory.resolve("flipped.model");
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] flipped = flipped(bytes, random, i);
      Files.write(model, flipped);
      try {
        HiddenUnits units = HiddenUnits.read(model.toFile());
        assertEquals(network.toString(), units.toString());
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().contains("must be"), e::getMessage);
        refused++;
      }
      try {
        Object read = SerializationHelper.read(new ByteArrayInputStream(flipped));
        assertEquals(expected, described((QuantizedNetwork) read));
      } catch (Exception | LinkageError e) { // a flipped name of a class may be one of a path
        // Weka shows what Java says; what counts is that no other network is opened.
      }
    }
    assertTrue(refused > FLIPS / 2, "refused " + refused);
  }

  /** What has no checksum may be another network, but a whole one. */
  @Test
  void modelsWithoutAChecksumAreRefusedOrUsable() throws Exception {
    byte[] old;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(OLD))) {
      old = in.readAllBytes();
    }
    byte[] perceptron = saved(new MultilayerPerceptron(), "-H 4,3 -N 3");
    Path model = directory.resolve("flipped.model");
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      Files.write(model, flipped(i % 3 == 0 ? old : perceptron, random, i));
      try {
        HiddenUnits units = HiddenUnits.read(model.toFile());
        units.requireHeader(data());
        for (Instance instance : data()) {
          units.activations(instance);
        }
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().contains("must"), e::getMessage);
        refused++;
      }
    }
    assertTrue(refused > FLIPS / 10, "refused " + refused);
  }

  @Test
  void classifiersOfOthersAreNamed() throws Exception {
    Path model = directory.resolve("other.model");
    Classifier other = new weka.classifiers.trees.J48();
    other.buildClassifier(data());
    SerializationHelper.write(model.toString(), other);
    String message =
        assertThrows(IllegalArgumentException.class, () -> HiddenUnits.read(model.toFile()))
            .getMessage();
    assertTrue(message.contains("weka.classifiers.trees.J48"), message);
  }
}
