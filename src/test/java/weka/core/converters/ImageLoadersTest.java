package weka.core.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import nnpid.command.DataFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.core.Instances;
import weka.core.Utils;

/** IDX and CIFAR files. */
class ImageLoadersTest {
  private static final Path FASHION = Path.of("/usr/share/datasets/fashion-mnist");

  @TempDir private Path directory;

  /** An IDX file of bytes. */
  private static byte[] idx(int[] shape, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
    bytes.putInt(0x0800 | shape.length);
    Arrays.stream(shape).forEach(bytes::putInt);
    Arrays.stream(values).forEach(value -> bytes.put((byte) value));
    return bytes.array();
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  private static final byte[] IMAGES =
      idx(new int[] {3, 2, 2}, 0, 1, 2, 3, 255, 254, 253, 252, 7, 8, 9, 10);
  private static final byte[] LABELS = idx(new int[] {3}, 2, 0, 2);

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  private static Instances load(AbstractFileLoader loader, Path file, String options)
      throws Exception {
    ((WholeFileLoader) loader).setOptions(Utils.splitOptions(options));
    loader.setFile(file.toFile());
    Instances data = loader.getDataSet();
    assertTrue(data.equalHeaders(loader.getStructure()));
    assertEquals(options, Utils.joinOptions(((WholeFileLoader) loader).getOptions()));
    return data;
  }

  private static String refusal(AbstractFileLoader loader, Path file) {
    return refusal(loader, file, "");
  }

  private static String refusal(AbstractFileLoader loader, Path file, String options) {
    return assertThrows(IOException.class, () -> load(loader, file, options)).getMessage();
  }

  @Test
  void imagesGetTheLabelsBesideThem() throws Exception {
    file("train-labels-idx1-ubyte", LABELS);
    for (Path images :
        List.of(
            file("train-images-idx3-ubyte", IMAGES),
            file("train-images-idx3-ubyte.gz", zipped(IMAGES)))) {
      Instances data = load(new IdxLoader(), images, "");
      assertEquals("train-images-idx3-ubyte", data.relationName());
      assertEquals(
          List.of("0,1,2,3,2", "255,254,253,252,0", "7,8,9,10,2"),
          data.stream().map(Object::toString).toList());
      assertEquals("pixel4", data.attribute(3).name());
      assertEquals(
          List.of("0", "1", "2"), Collections.list(data.classAttribute().enumerateValues()));
    }
    // What the command line makes of its name.
    Instances data =
        new DataFiles("-t", "last", false, "auto")
            .read(directory.resolve("train-images-idx3-ubyte.gz").toFile());
    assertEquals("label", data.classAttribute().name());
  }

  @Test
  void labelsCanBeNamed() throws Exception {
    Path images = file("a.idx3-ubyte", IMAGES);
    file("b.gz", zipped(idx(new int[] {3}, 9, 0, 1)));
    String noLabels = refusal(new IdxLoader(), images);
    assertTrue(noLabels.contains("labels beside them: there is no a.idx1-ubyte, nor"), noLabels);
    noLabels = refusal(new IdxLoader(), file("x-images-idx3-ubyte.gz", zipped(IMAGES)));
    assertTrue(noLabels.contains("there is no x-labels-idx1-ubyte, nor"), noLabels);
    assertEquals(-1, load(new IdxLoader(), images, "-labels none").classIndex());
    assertEquals(9, load(new IdxLoader(), images, "-labels b.gz").instance(0).classValue());
    String message =
        assertThrows(IOException.class, () -> load(new IdxLoader(), images, "-labels c"))
            .getMessage();
    assertTrue(message.contains("(-labels c) must exist"), message);
    assertInstanceOf(IdxLoader.class, ConverterUtils.getLoaderForFile(images.toFile()));
  }

  /** Two big-endian shorts and two doubles per sample; labels that are no bytes. */
  @Test
  void otherTypesAreRead() throws Exception {
    ByteBuffer shorts = ByteBuffer.allocate(16).putInt(0x0B02).putInt(1).putInt(2);
    Path images = file("s-images-idx2", shorts.putShort((short) -300).putShort((short) 5).array());
    ByteBuffer label = ByteBuffer.allocate(12).putInt(0x0C01).putInt(1).putInt(-70000);
    file("s-labels-idx1", label.array());
    assertEquals("-300,5,-70000", load(new IdxLoader(), images, "").instance(0).toString());
    ByteBuffer doubles = ByteBuffer.allocate(28).putInt(0x0E02).putInt(1).putInt(2);
    Path real = file("d.idx", doubles.putDouble(0.25).putDouble(Double.NaN).array());
    assertEquals("0.25,?", load(new IdxLoader(), real, "-labels none").instance(0).toString());
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsSize() throws Exception {
    byte[] cut = Arrays.copyOf(IMAGES, 27);
    byte[] more = Arrays.copyOf(IMAGES, 29);
    String expected = "must have 28 bytes for 3 x 2 x 2 values: it has ";
    IdxLoader loader = new IdxLoader();
    assertTrue(refusal(loader, file("a.idx", cut)).contains(expected + "27."));
    assertTrue(refusal(loader, file("b.idx", more)).contains(expected + "29."));
    assertTrue(
        refusal(loader, file("c.idx.gz", zipped(cut)), "-labels none").contains(expected + "27."));
    assertTrue(
        refusal(loader, file("d.idx.gz", zipped(more)), "-labels none")
            .contains(expected + "more."));
    byte[] zipped = zipped(IMAGES);
    Path half = file("e.idx.gz", Arrays.copyOf(zipped, zipped.length - 12));
    assertTrue(
        refusal(loader, half, "-labels none")
            .contains(expected + "fewer: its gzip file is cut off"));
    assertTrue(refusal(loader, file("f.idx", new byte[] {0, 0, 8})).contains("ends within it"));
    String text = refusal(loader, file("g.idx", "@relation".getBytes(StandardCharsets.US_ASCII)));
    assertTrue(text.contains("begins with 0x4072656c"), text);
    assertTrue(refusal(loader, file("h.idx", LABELS)).contains("one value per sample"));
    byte[] huge = idx(new int[] {Integer.MAX_VALUE, 1000, 1000});
    String size = refusal(loader, file("i.idx.gz", zipped(huge)));
    assertTrue(size.contains("must fit into memory"), size);
    file("x-labels-idx1-ubyte", idx(new int[] {2}, 1, 0));
    String counts = refusal(loader, file("x-images-idx3-ubyte", IMAGES));
    assertTrue(
        counts.startsWith(
            "The labels (2 in x-labels-idx1-ubyte) must be as many as the images (3 in"),
        counts);
  }

  @Test
  void cifarHasNamesOrNumbersAsClasses() throws Exception {
    byte[] ten = new byte[2 * 3073];
    ten[0] = 9;
    ten[1] = (byte) 200;
    ten[3073] = 3;
    ten[6145] = 17;
    Path file = file("data_batch_1.bin", ten);
    assertInstanceOf(CifarLoader.class, ConverterUtils.getLoaderForFile(file.toFile()));
    Instances data = load(new CifarLoader(), file, "-data-set auto -labels fine");
    assertEquals("truck", data.instance(0).stringValue(3072));
    assertEquals("cat", data.instance(1).stringValue(3072));
    assertEquals(200, data.instance(0).value(0));
    assertEquals(17, data.instance(1).value(3071));
    byte[] hundred = new byte[3074];
    hundred[0] = 19;
    hundred[1] = 99;
    hundred[2] = 5;
    Path train = file("train.bin", hundred);
    data = load(new CifarLoader(), train, "-data-set auto -labels fine");
    assertEquals("99", data.instance(0).stringValue(3072));
    assertEquals(5, data.instance(0).value(0));
    data = load(new CifarLoader(), train, "-data-set cifar-100 -labels coarse");
    assertEquals("19", data.instance(0).stringValue(3072));
    assertEquals(20, data.numClasses());
  }

  @Test
  void filesThatAreNoCifarAreRefused() throws Exception {
    CifarLoader loader = new CifarLoader();
    String size = refusal(loader, file("a.bin", new byte[3072]));
    assertTrue(size.contains("3072 bytes) must be a multiple of 3073 (CIFAR-10) or 3074"), size);
    assertTrue(refusal(loader, file("b.bin", new byte[0])).contains("it is empty"));
    byte[] wrong = new byte[3073];
    wrong[0] = 10;
    String label = refusal(loader, file("c.bin", wrong));
    assertTrue(label.contains("must be from 0 to 9: that of image 1 is 10"), label);
    loader.setKind(CifarLoader.DataSet.CIFAR_100);
    assertTrue(
        assertThrows(
                IOException.class,
                () -> {
                  loader.setFile(directory.resolve("c.bin").toFile());
                  loader.getDataSet();
                })
            .getMessage()
            .contains("must be a multiple of 3074"));
  }

  @Test
  void fashionMnistIsRead() throws Exception {
    Path images = FASHION.resolve("t10k-images-idx3-ubyte.gz");
    assumeTrue(Files.exists(images), "apt-get install dataset-fashion-mnist");
    Instances data = load(new IdxLoader(), images, "");
    assertEquals(10_000, data.numInstances());
    assertEquals(785, data.numAttributes());
    for (int count : data.attributeStats(784).nominalCounts) {
      assertEquals(1_000, count);
    }
    assertEquals(9, data.instance(0).classValue(), "an ankle boot");
    assertEquals(255, data.attributeStats(400).numericStats.max);
  }
}
