package nnpid.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy has written, by {@code src/test/resources/npy/make.py}, and damaged ones. */
class NumpyFileTest {
  static final Path FIXTURES = Path.of("src", "test", "resources", "npy");

  @TempDir private Path directory;

  @Test
  void readsEveryTypeByteOrderAndMemoryOrder() throws IOException {
    assertTypes(FIXTURES, 3);
  }

  /** More bits than the fixtures have, several chunks of them, from the NumPy of this machine. */
  @Test
  void readsWhatTheInstalledNumpyWrites() throws IOException, InterruptedException {
    assumeTrue(
        python("-c", "import numpy") == 0, "python3 with NumPy is needed to write files: skipped");
    assertEquals(
        0, python(FIXTURES.resolve("make.py").toString(), directory.toString(), "5000", "7"));
    assertTypes(directory, 5000);
  }

  private static int python(String... arguments) throws InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "python3";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      assertTrue(process.waitFor(10, TimeUnit.MINUTES));
      return process.exitValue();
    } catch (IOException e) {
      return -1;
    }
  }

  private static void assertTypes(Path directory, int sampleCount) throws IOException {
    List<String> expected = Files.readAllLines(directory.resolve("types.csv"));
    assertEquals(42, expected.size());
    try (NumpyFile file = NumpyFile.open(directory.resolve("types.npz"))) {
      assertTrue(file.isArchive());
      assertEquals(
          expected.stream().map(line -> line.substring(0, line.indexOf(','))).toList(),
          file.arrays().stream().map(NumpyArray::name).toList());
      for (int i = 0; i < expected.size(); i++) {
        String[] cells = expected.get(i).split(",", -1);
        assertEquals(sampleCount, Integer.parseInt(cells[1]));
        double[] values =
            Arrays.stream(cells)
                .skip(2)
                .map(cell -> cell.replace("inf", "Infinity").replace("nan", "NaN"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertEquals(4, file.arrays().get(i).unitCount());
        assertArrayEquals(values, values(file.arrays().get(i)), cells[0]);
      }
    }
  }

  /** All values, sample by sample. */
  private static double[] values(NumpyArray array) throws IOException {
    double[][] rows = new double[array.sampleCount()][array.unitCount()];
    array.readInto(rows, 0);
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  @Test
  void flattensFurtherAxesWithTheLastOneFastest() throws IOException {
    try (NumpyFile file = NumpyFile.open(FIXTURES.resolve("shapes.npz"))) {
      assertEquals(
          List.of("(3, 2, 2, 5)", "(3, 2, 2, 5)", "(3, 4, 5)", "(3,)", "(3, 1)"),
          file.arrays().stream().map(NumpyArray::shapeText).toList());
      for (NumpyArray array : file.arrays()) {
        assertArrayEquals(
            IntStream.range(0, 3 * array.unitCount()).asDoubleStream().toArray(),
            values(array),
            array.name());
      }
    }
  }

  @Test
  void readsIntoPartOfTheRows() throws IOException {
    try (NumpyFile file = NumpyFile.open(FIXTURES.resolve("vector.npy"))) {
      double[][] rows = {{-1, -1, -1}, {-1, -1, -1}, {-1, -1, -1}};
      file.arrays().get(0).readInto(rows, 1);
      assertArrayEquals(new double[][] {{-1, 0, -1}, {-1, 1, -1}, {-1, 2, -1}}, rows);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersionOfTheFormat(int version) throws IOException {
    Path path = FIXTURES.resolve("version" + version + ".npy");
    assertEquals(version, Files.readAllBytes(path)[6]);
    try (NumpyFile file = NumpyFile.open(path)) {
      assertFalse(file.isArchive());
      assertEquals("version" + version, file.arrays().get(0).name());
      assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, values(file.arrays().get(0)));
    }
  }

  @Test
  void anArrayMayHaveNoSamples() throws IOException {
    try (NumpyFile file = NumpyFile.open(FIXTURES.resolve("nosamples.npy"))) {
      assertEquals(0, file.arrays().get(0).sampleCount());
      assertEquals(2, file.arrays().get(0).unitCount());
      assertArrayEquals(new double[0], values(file.arrays().get(0)));
    }
  }

  @Test
  void anArchiveMayBeEmpty() throws IOException {
    try (NumpyFile file = NumpyFile.open(FIXTURES.resolve("empty.npz"))) {
      assertEquals(List.of(), file.arrays());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int64      | -1,2,10                                     | 2,0,1,2
          uint64     | 7,9223372036854775808,18446744073709551615  | 2,0,1,0
          bool       | False,True                                  | 0,1,1,0
          whole      | 0,10                                        | 1,-1,0,0
          unicode    | ,horse,\u00e4,\ud83d\ude00                  | 1,2,0,3
          unicodebig | a,ab,b                                      | 2,0,2,1
          bytes      | a,b,\u00e4                                  | 1,2,0,1
          column     | 0,1                                         | 1,0,0,1
          """)
  void labelsAreAscendingWithAnIndexPerSample(String name, String values, String indices)
      throws IOException {
    NumpyArray.Labels labels = labels(name).orElseThrow();
    assertEquals(List.of(values.split(",", -1)), labels.values());
    assertEquals(
        List.of(indices.split(",", -1)),
        IntStream.range(0, 4).mapToObj(i -> "" + labels.index(i)).toList());
  }

  @Test
  void fractionsAreNoLabels() throws IOException {
    assertEquals(Optional.empty(), labels("fraction"));
  }

  @Test
  void severalUnitsAreNoLabels() {
    assertThrows(IllegalStateException.class, () -> labels("onehot"));
  }

  private static Optional<NumpyArray.Labels> labels(String name) throws IOException {
    try (NumpyFile file = NumpyFile.open(FIXTURES.resolve("labels-" + name + ".npz"))) {
      return file.arrays().get(1).readLabels(1e9);
    }
  }

  @Test
  void textsAreNoNumbers() throws IOException {
    try (NumpyFile file = NumpyFile.open(FIXTURES.resolve("text.npz"))) {
      assertTrue(file.arrays().get(1).isText());
      assertThrows(
          IllegalStateException.class, () -> file.arrays().get(1).readInto(new double[4][1], 0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          refused-object.npy     | "refused-object" | Python objects (pickles)
          refused-structured.npy | "refused-structured" | structures
          refused-subarray.npy   | "refused-subarray" | structures
          refused-complex.npy    | '<c16' | float of 16 to 64 bits
          refused-datetime.npy   | '<M8[D]' | float of 16 to 64 bits
          refused-void.npy       | '|V2' | .float()
          refused-longdouble.npy | '<f16' | float of 16 to 64 bits
          scalar.npz             | "epoch" | single value
          nounits.npy            | (2, 0) | must have units
          two.npy                | of shape (4, 2) they have 32 bytes, the file has 192 | numpy.savez
          """)
  void refusesWhatIsNoTableOfNumbers(String file, String value, String rule) {
    assertRefused(FIXTURES.resolve(file), unquoted(value), rule);
  }

  private static String unquoted(String cell) {
    return cell.startsWith("'") ? cell.substring(1, cell.length() - 1) : cell;
  }

  private static void assertRefused(Path path, String... words) {
    String message = assertThrows(IOException.class, () -> read(path)).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), () -> "\"" + word + "\" must be in: " + message);
    }
    assertTrue(message.length() < 500, message);
    assertTrue(message.matches("[\\P{C}\\s]*"), message);
  }

  /** Reads all there is. */
  private static void read(Path path) throws IOException {
    try (NumpyFile file = NumpyFile.open(path)) {
      for (NumpyArray array : file.arrays()) {
        if (array.unitCount() == 1) {
          array.readLabels(1e9);
        }
        if (!array.isText()) {
          values(array);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (400000000000000000, 400)             | more than 2^63
          (9223372036854775807,)                | agree with the size of the file
          (99999999999999999999999999,)         | agree with the size of the file
          (4000000000,)                         | need 16000000000 bytes, the file has 24
          (3, 3)                                | need 36 bytes, the file has 24
          (5,)                                  | have 20 bytes, the file has 24
          (-6,)                                 | not be negative
          (-2, -3)                              | not be negative
          (0, 400000000000000000, 400)          | more than 2^63
          (6)(                                  | must give descr, fortran_order and shape
          (2 3)                                 | must give descr, fortran_order and shape
          (,)                                   | must give descr, fortran_order and shape
          (6,,)                                 | must give descr, fortran_order and shape
          (2.0, 3)                              | must give descr, fortran_order and shape
          ('6',)                                | must give descr, fortran_order and shape
          [6]                                   | must give descr, fortran_order and shape
          ()                                    | single value
          """)
  void refusesShapesThatTheFileDoesNotHave(String shape, String fact) throws IOException {
    assertRefused(
        file(header("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }"), 24),
        fact);
  }

  @Test
  void refusesMoreSamplesOrUnitsThanArraysCanHave() throws IOException {
    assertRefused(
        file(header("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3000000000)}"), 0),
        "(0, 3000000000)",
        "at most 2147483647");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "garbage",
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,)",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (6,)}",
        "{'descr': '<f4', 'fortran_order': '(True)', 'shape': (6,)}",
        "{'descr': True, 'fortran_order': True, 'shape': (6,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': '(6,)'}",
        "{'descr': '<f4' 'fortran_order': False, 'shape': (6,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), 'shape': (6,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), 'more': (6,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': __import__('os').system('ls')}"
      })
  void refusesHeadersThatAreNone(String header) throws IOException {
    assertRefused(file(header(header), 24), "descr, fortran_order and shape");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<f3",
        "<f1",
        "<i16",
        "|b2",
        "<f4294967296",
        "<float32",
        "f4,",
        "4f4",
        "Float32",
        "float128",
        "g",
        "I4",
        "<",
        "",
        "str",
        "<U0",
        "<U-1",
        "<f4\u0001\u00ff",
        "<m8",
        "|V0"
      })
  void refusesOtherTypes(String type) throws IOException {
    assertRefused(
        file(header("{'descr': '" + type + "', 'fortran_order': False, 'shape': (6,)}"), 24),
        "must be bool, an integer");
  }

  /** Every pair of spellings that NumPy reads as the same type. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          <f4 ; f4 =f4 |f4 f <f single float32
          <f8 ; f8 d float double float64 float_
          <f2 ; f2 e half float16
          >f4 ; >f
          |b1 ; b1 ? |? bool bool_
          |i1 ; i1 <i1 b |b int8 byte
          |u1 ; u1 B uint8 ubyte
          <i2 ; i2 h int16 short
          <u2 ; u2 H uint16 ushort
          <i4 ; i4 i int32 intc
          <u4 ; u4 I uint32 uintc
          <i8 ; i8 =i8 l q p int int_ int64 long longlong intp
          <u8 ; u8 L Q P uint uint64 ulong ulonglong uintp
          >i4 ; >i
          """)
  void readsTheSpellingsOfTypesThatNumpyReads(String usual, String spellings) throws IOException {
    for (String spelling : spellings.split(" ", -1)) {
      assertArrayEquals(valuesOf(usual), valuesOf(spelling), spelling);
    }
  }

  private double[] valuesOf(String type) throws IOException {
    String digits = type.replaceAll("\\D", "");
    int bytes = digits.length() == 1 && !type.contains("int") ? Integer.parseInt(digits) : 0;
    byte[] header = header("{'descr': '" + type + "', 'fortran_order': False, 'shape': (2,)}");
    IOException last = new IOException("no size fits");
    for (int size : bytes > 0 ? new int[] {bytes} : new int[] {1, 2, 4, 8}) {
      byte[] all = Arrays.copyOf(header, header.length + 2 * size);
      for (int i = header.length; i < all.length; i++) {
        all[i] = (byte) (3 * (i - header.length) + 1);
      }
      try (NumpyFile file = NumpyFile.open(Files.write(directory.resolve("type.npy"), all))) {
        return values(file.arrays().get(0));
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  @ParameterizedTest
  @ValueSource(strings = {"<V2", "|V2", "|V1", "bfloat16", "float8_e4m3fn"})
  void shortFloatsOfOtherLibrariesAreToldHowToConvert(String type) throws IOException {
    assertRefused(
        file(header("{'descr': '" + type + "', 'fortran_order': False, 'shape': (12,)}"), 24),
        "('" + type + "')",
        "bfloat16 or float8",
        ".astype(numpy.float32)",
        ".float()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"|O", "O", "|O8", "object"})
  void objectsAreToldHowToConvert(String type) throws IOException {
    assertRefused(
        file(header("{'descr': '" + type + "', 'fortran_order': False, 'shape': (3,)}"), 24),
        "pickles",
        ".astype(str)",
        ".astype(numpy.float32)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<U1001", "|S65536", "<S999999999"})
  void refusesTextsThatAreNoLabels(String type) throws IOException {
    assertRefused(
        file(header("{'descr': '" + type + "', 'fortran_order': False, 'shape': (6,)}"), 24),
        "(" + type.substring(2) + " characters)",
        "at most 1000 characters");
  }

  @Test
  void readsAsManyAxesAsNumpyAndNoMore() throws IOException {
    String most = "(6, " + "1, ".repeat(63) + ")";
    String start = "{'descr': '<f4', 'fortran_order': True, 'shape': ";
    try (NumpyFile file = NumpyFile.open(file(header(start + most + "}"), 24))) {
      assertArrayEquals(new double[6], values(file.arrays().get(0)));
    }
    String many = "(6" + ",1".repeat(20_000) + ")";
    assertRefused(file(header(start + many + "}"), 24), "at most 64 axes", "it has 20001");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "{", "'", "(", "','", "'a':'b',", "1,"})
  void aLongHeaderOfAnythingIsRefusedOrRead(String part) throws IOException {
    String filler = part.repeat(60_000 / part.length());
    String start = "{'descr': '<f4', 'fortran_order': False, ";
    if (part.isBlank()) {
      Path path = file(header(start + filler + "'shape'" + filler.substring(9) + ": (6,)}"), 24);
      assertRefused(path, "must have at most 65536 bytes");
      path = file(header(start + filler + "'shape': (6,)}" + "  "), 24);
      try (NumpyFile file = NumpyFile.open(path)) {
        assertEquals(6, file.arrays().get(0).sampleCount());
      }
    } else {
      assertRefused(
          file(header(start + filler + "'shape': (6,)}"), 24), "descr, fortran_order and shape");
    }
  }

  @Test
  void manyDistinctLabelsAreRefused() throws IOException {
    int count = 300_000;
    byte[] header = header("{'descr': '<i4', 'fortran_order': False, 'shape': (" + count + ",)}");
    ByteBuffer buffer =
        ByteBuffer.allocate(header.length + 4 * count).order(ByteOrder.LITTLE_ENDIAN).put(header);
    for (int i = 0; i < count; i++) {
      buffer.putInt(i);
    }
    Path path = Files.write(directory.resolve("labels.npy"), buffer.array());
    try (NumpyFile file = NumpyFile.open(path)) {
      NumpyArray array = file.arrays().get(0);
      String message = assertThrows(IOException.class, () -> array.readLabels(1e9)).getMessage();
      assertTrue(message.contains("at most 262,144 classes"), message);
      message = assertThrows(IOException.class, () -> array.readLabels(1e6)).getMessage();
      assertTrue(message.contains("must fit into memory"), message);
    }
  }

  @Test
  void whatMacosAddsAndTheFolderOfAllArraysAreNoNames() throws IOException {
    byte[] array = Files.readAllBytes(FIXTURES.resolve("vector.npy"));
    Path path = directory.resolve("mac.npz");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
      for (String name :
          List.of(
              "run/acts/",
              "run/acts/L1.npy",
              "__MACOSX/run/acts/._L1.npy",
              "run/.DS_Store",
              "run/acts/more/L2.npy",
              "._.npy")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.contains("/L") ? array : new byte[] {0, 5, 0x16, 7});
      }
    }
    try (NumpyFile file = NumpyFile.open(path)) {
      assertEquals(List.of("L1", "more/L2"), file.arrays().stream().map(NumpyArray::name).toList());
    }
  }

  @Test
  void refusesArchivesOfVeryManyEntriesOrNames() throws IOException {
    Path path = directory.resolve("many.npz");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
      for (int i = 0; i < 60_000; i++) {
        out.putNextEntry(new ZipEntry("a" + i + ".npy"));
      }
    }
    assertRefused(path, "at most 10,000 arrays", "60,000");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
      for (int i = 0; i < 300; i++) {
        out.putNextEntry(new ZipEntry("a".repeat(60_000) + i + ".npy"));
      }
    }
    assertRefused(path, "at most 16,777,216 bytes");
  }

  @Test
  void acceptsHeadersThatPythonWouldReadTheSame() throws IOException {
    Path path =
        file(header(" {\"shape\":(2L , 3L),'fortran_order' :True, 'descr': \"<f4\"} \n"), 24);
    try (NumpyFile file = NumpyFile.open(path)) {
      assertEquals("(2, 3)", file.arrays().get(0).shapeText());
    }
  }

  @Test
  void refusesEveryFileThatIsCutOff() throws IOException {
    for (String name : List.of("version1.npy", "version2.npy", "labels-int64.npz", "types.npz")) {
      byte[] bytes = Files.readAllBytes(FIXTURES.resolve(name));
      for (int length = 0; length < bytes.length; length += name.startsWith("t") ? 61 : 1) {
        Path path = Files.write(directory.resolve(name), Arrays.copyOf(bytes, length));
        assertThrows(IOException.class, () -> read(path), name + " " + length);
      }
    }
  }

  /** No damage leads to another exception, or to memory that the file does not justify. */
  @Test
  void aChangedByteIsRefusedOrRead() throws IOException {
    int refused = 0;
    for (String name : List.of("version1.npy", "version2.npy", "labels-int64.npz", "types.npz")) {
      byte[] bytes = Files.readAllBytes(FIXTURES.resolve(name));
      int step = name.startsWith("t") ? 37 : 1;
      for (int i = 0; i < bytes.length; i += step) {
        for (int change : new int[] {1, 0x80, 0xff}) {
          byte[] changed = bytes.clone();
          changed[i] ^= (byte) change;
          Path path = Files.write(directory.resolve(name), changed);
          try {
            read(path);
          } catch (IOException e) {
            assertTrue(e.getMessage() != null && e.getMessage().length() < 600, e::toString);
            refused++;
          }
        }
      }
    }
    assertTrue(refused > 1000, "" + refused);
  }

  @Test
  void damagedValuesOfAnArchiveAreFoundByTheirChecksum() throws IOException {
    byte[] bytes = Files.readAllBytes(FIXTURES.resolve("labels-int64.npz"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    // The value 10, 8 bytes little-endian, then -1.
    bytes[text.indexOf("\n\0\0\0\0\0\0\0\u00ff")] = 11;
    assertRefused(Files.write(directory.resolve("damaged.npz"), bytes), "labels", "checksum");
  }

  @Test
  void refusesArchivesThatClaimMoreThanTheyCanHold() throws IOException {
    byte[] bytes = Files.readAllBytes(FIXTURES.resolve("types.npz"));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int centralEntry = text.indexOf("PK\1\2");
    buffer.putInt(centralEntry + 24, 2_000_000_000);
    assertRefused(
        Files.write(directory.resolve("claim.npz"), bytes), "b1_byte_C.npy", "2000000000 bytes");
  }

  @Test
  void refusesAHeaderLargerThanAnyOfNumpy() throws IOException {
    String shape = "(" + "1,".repeat(40_000) + ")";
    assertRefused(
        file(header("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + "}"), 4),
        "must have at most 65536 bytes");
  }

  @Test
  void refusesAHeaderLengthBeyondTheFile() throws IOException {
    byte[] bytes = header("{}");
    bytes[11] = (byte) 0xff;
    assertRefused(file(bytes, 24), "truncated");
  }

  @Test
  void refusesUnknownVersions() throws IOException {
    byte[] bytes = header("{}");
    bytes[6] = 4;
    assertRefused(file(bytes, 24), "(4.0)", "1.0, 2.0 or 3.0");
  }

  @Test
  void refusesTextsThatAreNoUnicode() throws IOException {
    byte[] bytes = header("{'descr': '<U1', 'fortran_order': False, 'shape': (1,)}");
    byte[] all = Arrays.copyOf(bytes, bytes.length + 4);
    Arrays.fill(all, bytes.length, all.length, (byte) 0x7f);
    assertRefused(Files.write(directory.resolve("text.npy"), all), "UTF-32");
    byte[] utf8 = header("{'descr': '|S2', 'fortran_order': False, 'shape': (1,)}");
    all = Arrays.copyOf(utf8, utf8.length + 2);
    all[utf8.length] = (byte) 0xff;
    assertRefused(Files.write(directory.resolve("text.npy"), all), "UTF-8");
  }

  @Test
  void refusesOtherFilesAndSaysWhatTheyMayBe() throws IOException {
    assertRefused(directory.resolve("absent.npz"), "absent.npz", "does not exist");
    assertRefused(directory, "must be a readable file");
    assertRefused(Files.write(directory.resolve("nothing.npy"), new byte[0]), "is empty");
    assertRefused(Files.writeString(directory.resolve("text.npy"), "1,2,3"), "starts otherwise");
    Path gz = directory.resolve("a.npy.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      Files.copy(FIXTURES.resolve("version1.npy"), out);
    }
    assertRefused(gz, "gzip");
    assertRefused(zip("data.pkl"), "data.pkl", "torch.save");
  }

  @Test
  void anInterruptStopsReading() throws IOException {
    try (NumpyFile file = NumpyFile.open(FIXTURES.resolve("version1.npy"))) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedIOException.class, () -> values(file.arrays().get(0)));
      assertTrue(Thread.interrupted());
    }
  }

  private Path zip(String entry) throws IOException {
    Path path = directory.resolve("other.npz");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(1);
    }
    return path;
  }

  private Path file(byte[] header, int valueBytes) throws IOException {
    return Files.write(
        directory.resolve("array.npy"), Arrays.copyOf(header, header.length + valueBytes));
  }

  /** Format 2.0, so that the header may be long. */
  private static byte[] header(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0});
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
    out.write(bytes);
    return out.toByteArray();
  }
}
