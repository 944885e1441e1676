package weka.core.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectStreamClass;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Attribute;
import weka.core.CheckOptionHandler;
import weka.core.Environment;
import weka.core.Instances;
import weka.core.Utils;

/** Files written by NumPy as data sets: see src/test/resources/npy/make.py. */
class NpyLoaderTest {
  @TempDir private Path directory;

  private static final File FIXTURES = new File("src/test/resources/npy");

  private static NpyLoader loader(String file, String options) throws Exception {
    NpyLoader loader = new NpyLoader();
    loader.setOptions(Utils.splitOptions(options));
    loader.setFile(new File(FIXTURES, file));
    return loader;
  }

  private static Instances load(String file) throws Exception {
    return loader(file, "").getDataSet();
  }

  private static List<String> names(Instances data) {
    return Collections.list(data.enumerateAttributes()).stream().map(Attribute::name).toList();
  }

  @Test
  void layersBecomeUnitsInTheOrderOfTheFile() throws Exception {
    Instances data = load("network.npz");
    assertEquals("network", data.relationName());
    assertEquals(List.of("fc_1", "L2_1", "L2_2", "L10_1"), names(data));
    assertEquals("label", data.classAttribute().name());
    assertEquals(4, data.classIndex());
    assertEquals(
        List.of("0,0,0,0,n", "1,1,0,0,o", "1,0,1,1,y", "0,1,1,1,n"),
        data.stream().map(Object::toString).toList());
  }

  @Test
  void ofTwoArraysThatCouldBeTheClassOneMustBeNamedAndTheOtherIsNoLayer() throws Exception {
    String message = assertThrows(IOException.class, () -> load("two-classes.npz")).getMessage();
    assertTrue(message.contains("\"y\" (4,), \"label\" (4,)"), message);
    assertTrue(message.contains("-labels"), message);
    for (String name : List.of("y", "label")) {
      Instances data = loader("two-classes.npz", "-labels " + name).getDataSet();
      assertEquals(List.of("L2_1", "L2_2", "L10_1"), names(data));
      assertEquals(name, data.classAttribute().name());
    }
    Instances other = loader("two-classes.npz", "-labels L10").getDataSet();
    assertEquals(List.of("L2_1", "L2_2"), names(other));
    assertEquals("L10", other.classAttribute().name());
  }

  @Test
  void anotherArrayIsTheClassIfItIsNamed() throws Exception {
    Instances data = loader("labels-fraction.npz", "-labels labels").getDataSet();
    assertTrue(data.classAttribute().isNumeric());
    assertEquals(1e300, data.instance(3).classValue());
    NpyLoader loader = loader("shapes.npz", "-labels one");
    data = loader.getDataSet();
    assertEquals(List.of("0", "1", "2"), Collections.list(data.classAttribute().enumerateValues()));
    assertEquals(20 + 20 + 20 + 1 + 1, data.numAttributes());
    loader.setLabelArray("column");
    assertEquals("column", loader.getStructure().classAttribute().name());
    assertEquals("column", loader.getDataSet().classAttribute().name());
    assertEquals(-1, load("shapes.npz").classIndex());
  }

  @Test
  void aSingleArrayIsTheClassOnlyIfItIsNamed() {
    String message =
        assertThrows(IOException.class, () -> loader("vector.npy", "-labels vector").getDataSet())
            .getMessage();
    assertTrue(message.contains("besides the class"), message);
  }

  @Test
  void nanIsMissingInUnitsAndClassAndInfinityStays() throws Exception {
    Instances labels = load("labels-whole.npz");
    assertEquals(List.of("0", "10"), Collections.list(labels.classAttribute().enumerateValues()));
    assertTrue(labels.instance(1).classIsMissing());
    assertEquals(List.of(1.0, 0.0, 0.0), classValues(labels, 0, 2, 3));
    Path file = directory.resolve("values.npy");
    ByteBuffer values = ByteBuffer.allocate(24).order(ByteOrder.BIG_ENDIAN);
    values.putDouble(Double.NaN).putDouble(Double.NEGATIVE_INFINITY).putDouble(-0.5);
    Files.write(file, npy(">f8", "(3,)", values.array()));
    NpyLoader loader = new NpyLoader();
    loader.setFile(file.toFile());
    Instances data = loader.getDataSet();
    assertTrue(data.instance(0).isMissing(0));
    assertEquals(Double.NEGATIVE_INFINITY, data.instance(1).value(0));
    assertEquals(-0.5, data.instance(2).value(0));
  }

  private static List<Double> classValues(Instances data, int... rows) {
    return IntStream.of(rows).mapToObj(row -> data.instance(row).classValue()).toList();
  }

  /** A file that NumPy could have written. */
  private static byte[] npy(String type, String shape, byte[] values) {
    byte[] header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n"
            .formatted(type, shape)
            .getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + header.length + values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) header.length)
        .put(header)
        .put(values)
        .array();
  }

  @Test
  void namesThatTwoAttributesWouldHaveAreRefused() throws Exception {
    Path file = directory.resolve("twice.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String[] array : new String[][] {{"a", "(2, 2)"}, {"a_1", "(2,)"}}) {
        zip.putNextEntry(new ZipEntry(array[0] + ".npy"));
        zip.write(npy("|u1", array[1], new byte[array[0].equals("a") ? 4 : 2]));
      }
    }
    NpyLoader loader = new NpyLoader();
    loader.setFile(file.toFile());
    loader.setLabelArray("a_1");
    String message = assertThrows(IOException.class, loader::getDataSet).getMessage();
    assertTrue(message.contains("\"a_1\""), message);
    loader.setLabelArray("");
    assertEquals(List.of("a_1", "a_2", "a_1_1"), names(loader.getDataSet()));
  }

  @Test
  void anArrayThatIsPreferredIsTheClassIfItIsThere() throws Exception {
    NpyLoader loader = loader("network.npz", "");
    loader.preferLabelArray("nothing");
    assertEquals("label", loader.getDataSet().classAttribute().name());
    loader = loader("network.npz", "");
    loader.preferLabelArray("fc");
    assertEquals("fc", loader.getDataSet().classAttribute().name());
    assertEquals(List.of("L2_1", "L2_2", "L10_1"), names(loader.getDataSet()));
    loader.setLabelArray("L10");
    assertEquals("L10", loader.getDataSet().classAttribute().name());
    loader = loader("vector.npy", "");
    loader.preferLabelArray("vector");
    assertEquals(List.of("vector_1"), names(loader.getDataSet()));
  }

  @Test
  void refusesArraysWithoutSamplesHoweverManyUnitsTheyClaim() throws Exception {
    Path file = directory.resolve("none.npy");
    for (String shape : List.of("(0, 2)", "(0, 50000000)", "(0, 2000000000)")) {
      Files.write(file, npy("<f4", shape, new byte[0]));
      NpyLoader loader = new NpyLoader();
      loader.setFile(file.toFile());
      String message = assertThrows(IOException.class, loader::getDataSet).getMessage();
      assertTrue(message.contains("must have samples"), message);
      assertTrue(message.contains(shape), message);
    }
  }

  /** The name is stored once, and would be there in memory for every unit. */
  @Test
  void namesOfUnitsMustFitIntoMemory() throws Exception {
    Path file = directory.resolve("names.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("n".repeat(60_000) + ".npy"));
      zip.write(npy("|u1", "(1, 100000)", new byte[100_000]));
    }
    NpyLoader loader = new NpyLoader();
    loader.setFile(file.toFile());
    String message = assertThrows(IOException.class, loader::getDataSet).getMessage();
    assertTrue(message.contains("of 100000 units) must fit into memory"), message);
    assertTrue(message.contains("with the names") && message.contains("-Xmx"), message);
  }

  @Test
  void labelsAreShort() throws Exception {
    Path file = directory.resolve("texts.npz");
    for (int length : new int[] {200, 201}) {
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
        zip.putNextEntry(new ZipEntry("L1.npy"));
        zip.write(npy("|u1", "(1,)", new byte[1]));
        zip.putNextEntry(new ZipEntry("y.npy"));
        zip.write(npy("|S" + length, "(1,)", "x".repeat(length).getBytes(StandardCharsets.UTF_8)));
      }
      NpyLoader loader = new NpyLoader();
      loader.setFile(file.toFile());
      if (length <= 200) {
        assertEquals("x".repeat(length), loader.getDataSet().classAttribute().value(0));
      } else {
        String message = assertThrows(IOException.class, loader::getDataSet).getMessage();
        assertTrue(message.contains("at most 200 characters"), message);
        assertTrue(message.length() < 400, message);
      }
    }
  }

  /** Zeros take a thousandth of their size in an archive. */
  @Test
  void whatDoesNotFitIntoMemoryIsToldBeforeItIsTaken() throws Exception {
    int samples = (int) Math.min(2_000_000_000, Runtime.getRuntime().maxMemory() / 64);
    Path file = directory.resolve("zeros.npz");
    byte[] zeros = new byte[1 << 20];
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(1);
      zip.putNextEntry(new ZipEntry("L1.npy"));
      zip.write(npy("|i1", "(" + samples + ",)", new byte[0]));
      for (int rest = samples; rest > 0; rest -= zeros.length) {
        zip.write(zeros, 0, Math.min(rest, zeros.length));
      }
    }
    NpyLoader loader = new NpyLoader();
    loader.setFile(file.toFile());
    String message = assertThrows(IOException.class, loader::getDataSet).getMessage();
    assertTrue(message.contains("(" + samples + " samples of 1 units)"), message);
    assertTrue(message.contains("-Xmx"), message);
  }

  @Test
  void namesOfFilesMayHaveVariables() throws Exception {
    NpyLoader loader = new NpyLoader();
    loader.setFile(new File("${npy.fixtures}/vector.npy"));
    Environment environment = new Environment();
    environment.addVariable("npy.fixtures", FIXTURES.getPath());
    loader.setEnvironment(environment);
    assertEquals(3, loader.getDataSet().numInstances());
  }

  @Test
  void readsFilesOnlyAndOnlyAsAWhole() throws Exception {
    NpyLoader loader = new NpyLoader();
    assertThrows(IOException.class, loader::getDataSet);
    assertThrows(
        IOException.class, () -> loader.setSource(new ByteArrayInputStream(new byte[] {1})));
    loader.setFile(new File(FIXTURES, "vector.npy"));
    assertThrows(IOException.class, () -> loader.getNextInstance(loader.getStructure()));
    loader.setRetrieval(Loader.INCREMENTAL);
    assertThrows(IOException.class, loader::getDataSet);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels-bool.npz",
        "labels-bytes.npz",
        "labels-int64.npz",
        "labels-uint64.npz",
        "labels-unicode.npz",
        "labels-unicodebig.npz",
        "labels-whole.npz"
      })
  void labelsOfEveryTypeAreNominal(String file) throws Exception {
    Attribute target = load(file).classAttribute();
    assertEquals("labels", target.name());
    assertTrue(target.isNominal() && target.numValues() > 1, target::toString);
  }

  @Test
  void integersAreInAscendingOrder() throws Exception {
    List<Object> values =
        Collections.list(load("labels-int64.npz").classAttribute().enumerateValues());
    long[] numbers = values.stream().mapToLong(value -> Long.parseLong((String) value)).toArray();
    for (int i = 1; i < numbers.length; i++) {
      assertTrue(numbers[i - 1] < numbers[i], values::toString);
    }
  }

  @Test
  void fractionsMakeANumericClass() throws Exception {
    assertTrue(load("labels-fraction.npz").classAttribute().isNumeric());
  }

  @Test
  void anArrayIsNamedAfterItsFile() throws Exception {
    assertEquals(List.of("vector_1"), names(load("vector.npy")));
    assertEquals(-1, load("vector.npy").classIndex());
  }

  @Test
  void theSameAgainAfterResetAndByItsStructure() throws Exception {
    NpyLoader loader = loader("network.npz", "");
    Instances structure = loader.getStructure();
    assertEquals(0, structure.numInstances());
    Instances first = loader.getDataSet();
    assertEquals(null, structure.equalHeadersMsg(first));
    loader.reset();
    assertEquals(first.toString(), loader.getDataSet().toString());
  }

  @Test
  void isFoundByTheExtensionOfTheFile() throws Exception {
    for (String name : List.of("network.npz", "vector.npy", "NETWORK.NPZ")) {
      assertInstanceOf(NpyLoader.class, ConverterUtils.getLoaderForFile(name));
    }
    assertEquals(
        load("network.npz").toString(),
        ConverterUtils.DataSource.read(new File(FIXTURES, "network.npz").toString()).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lengths.npz           | must
          labels-onehot.npz     | labels
          text.npz              | must
          refused-object.npy    | pickle
          refused-complex.npy   | complex
          refused-structured.npy| must
          scalar.npz            | must
          """)
  void refusesWhatIsNoLayer(String file, String told) {
    String message = assertThrows(IOException.class, () -> load(file)).getMessage();
    assertTrue(message.contains(told), message);
    assertTrue(message.length() > 40, message);
  }

  @Test
  void aClassThatIsNotThereIsNamed() {
    String message =
        assertThrows(IOException.class, () -> loader("network.npz", "-labels target").getDataSet())
            .getMessage();
    assertTrue(message.contains("target"), message);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    String message = assertThrows(IOException.class, () -> load("nowhere.npz")).getMessage();
    assertTrue(message.contains("nowhere.npz"), message);
  }

  @Test
  void passesWekasOptionCheck() throws Exception {
    for (String options : new String[] {"", "-labels target"}) {
      CheckOptionHandler check = new CheckOptionHandler();
      check.setOptionHandler(new NpyLoader());
      check.setUserOptions(Utils.splitOptions(options));
      check.setSilent(true);
      check.doTests();
      assertTrue(check.getSuccess(), options);
    }
    assertEquals(
        2839401665927713204L, ObjectStreamClass.lookup(NpyLoader.class).getSerialVersionUID());
  }
}
