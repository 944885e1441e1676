package weka.core.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.core.Instances;

/**
 * Files of strangers, damaged at random or made to do harm, read by a Java of their own with a heap
 * of 512 MB: each gives a data set or a sentence, never another exception.
 */
class NpyLoaderFuzzTest {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "npy");
  private static final int CHANGED_FILES = 5000;

  @TempDir private Path directory;

  @Test
  void everyFileGivesDataOrASentenceWithinTheHeap() throws Exception {
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dweka.packageManager.loadPackages=false",
                "-cp",
                classPath(NpyLoaderFuzzTest.class, NpyLoader.class, Instances.class),
                NpyLoaderFuzzTest.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertTrue(ended, text);
    assertEquals(0, process.exitValue(), text);
    String[] counts = text.lines().reduce("", (first, last) -> last).split(" ", -1);
    assertTrue(Integer.parseInt(counts[0]) > 100, "read: " + text);
    assertTrue(Integer.parseInt(counts[1]) > 3000, "refused: " + text);
  }

  private static String classPath(Class<?>... classes) {
    return Stream.of(classes)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(location -> new File(location.getPath()).getPath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Reads all files, and prints how many were read and refused; ends with 1 at another outcome. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Outcomes outcomes = new Outcomes();
    for (Map.Entry<String, Writer> harmful : harmfulFiles().entrySet()) {
      long start = System.nanoTime();
      Path file = directory.resolve(harmful.getKey().replaceAll("\\W+", "-") + ".npz");
      harmful.getValue().write(file);
      int before = outcomes.read;
      outcomes.read(harmful.getKey(), file);
      Files.delete(file);
      outcomes.print(harmful.getKey() + ": " + (System.nanoTime() - start) / 1_000_000 + " ms");
      if (outcomes.read > before != harmful.getKey().startsWith("fits: ")) {
        throw new AssertionError(harmful.getKey() + ": read " + (outcomes.read > before));
      }
    }
    List<Path> seeds;
    try (var files = Files.list(FIXTURES)) {
      seeds = files.filter(file -> file.toString().matches(".*\\.np[yz]")).sorted().toList();
    }
    for (int i = 0; i < CHANGED_FILES; i++) {
      Random random = new Random(i);
      Path seed = seeds.get(i % seeds.size());
      Path file = directory.resolve("changed-" + seed.getFileName());
      Files.write(file, changed(Files.readAllBytes(seed), random));
      outcomes.read(seed.getFileName() + " changed with seed " + i, file);
    }
    outcomes.print(outcomes.read + " " + outcomes.refused);
  }

  private static final class Outcomes {
    private final PrintStream out = System.out;
    private int read;
    private int refused;

    void print(String line) {
      out.println(line);
    }

    void read(String what, Path file) {
      try {
        NpyLoader loader = new NpyLoader();
        loader.setFile(file.toFile());
        Instances data = loader.getDataSet();
        data.sumOfWeights();
        read++;
      } catch (IOException e) {
        String message = e.getMessage();
        if (message == null || !message.contains("must") || message.length() > 1500) {
          throw new AssertionError(what + ": " + message, e);
        }
        refused++;
      } catch (Exception | Error e) {
        throw new AssertionError(what, e);
      }
    }
  }

  /** With bytes flipped, a piece cut off, copied or inserted, or a number put in its place. */
  private static byte[] changed(byte[] bytes, Random random) {
    byte[] result = bytes.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && result.length > 0; i++) {
      int position = random.nextInt(Math.min(result.length, random.nextBoolean() ? 200 : 1 << 20));
      int length = 1 + random.nextInt(Math.min(16, result.length - position));
      switch (random.nextInt(6)) {
        case 0 -> result[position] ^= (byte) (1 << random.nextInt(8));
        case 1 -> result[position] = (byte) random.nextInt();
        case 2 -> result = Arrays.copyOf(result, position);
        case 3 -> Arrays.fill(result, position, position + length, (byte) -random.nextInt(2));
        case 4 -> {
          byte[] longer = new byte[result.length + length];
          System.arraycopy(result, 0, longer, 0, position + length);
          System.arraycopy(result, position, longer, position + length, result.length - position);
          result = longer;
        }
        default -> replaceDigit(result, position, random);
      }
    }
    return result;
  }

  /** A lie about a type or a shape. */
  private static void replaceDigit(byte[] bytes, int start, Random random) {
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        bytes[i] = (byte) ('0' + random.nextInt(10));
        return;
      }
    }
  }

  private interface Writer {
    void write(Path file) throws IOException;
  }

  private static Map<String, Writer> harmfulFiles() {
    Map<String, Writer> files = new LinkedHashMap<>();
    files.put("no samples, many units", zip("L1", "<f4", "(0, 2000000000)", 0));
    files.put("no samples, a million units", zip("L1", "<f4", "(0, 1000000)", 0));
    files.put("no units, many samples", zip("L1", "<f4", "(2000000000, 0)", 0));
    files.put("many axes", zip("L1", "|u1", "(1" + ",1".repeat(20_000) + ")", 1));
    files.put("fits: header of blanks", zip("L1", "<f4", "(2," + " ".repeat(60_000) + "2)", 16));
    files.put("header of quotes", zip("L1", "'".repeat(60_000), "(2,2)", 16));
    files.put("header of commas", zip("L1", "<f4", "(2" + ",".repeat(60_000) + ")", 16));
    files.put("long names", zip("n".repeat(60_000), "|u1", "(1, 100000)", 100_000));
    files.put("a gigabyte of zeros", zip("L1", "|u1", "(1000000000,)", 1_000_000_000));
    files.put("wide rows", zip("L1", "<f8", "(2, 20000000)", 320_000_000));
    files.put("fits: forty million values", zip("L1", "|u1", "(1000, 40000)", 40_000_000));
    files.put("long texts", zip("labels", "|S65536", "(1000,)", 65_536_000));
    files.put("texts of every length", file -> labels(file, "<U150", 200_000, 600));
    files.put("millions of labels", file -> labels(file, "<i4", 3_000_000, 4));
    files.put("fits: many labels", file -> labels(file, "<i4", 250_000, 4));
    files.put("many arrays", file -> arrays(file, 60_000, "a"));
    files.put("many arrays of long names", file -> arrays(file, 2000, "n".repeat(60_000)));
    files.put("fits: nine thousand arrays", file -> arrays(file, 9000, "a"));
    files.put("fits: as many folders", file -> arrays(file, 200, "/".repeat(60_000)));
    return files;
  }

  private static byte[] header(String type, String shape) {
    byte[] text =
        ("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }")
            .getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(12 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0})
        .putInt(text.length)
        .put(text)
        .array();
  }

  /** One array of zeros. */
  private static Writer zip(String name, String type, String shape, int valueBytes) {
    return file -> {
      byte[] zeros = new byte[1 << 16];
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
        out.setLevel(1);
        out.putNextEntry(new ZipEntry(name + ".npy"));
        out.write(header(type, shape));
        for (int rest = valueBytes; rest > 0; rest -= zeros.length) {
          out.write(zeros, 0, Math.min(rest, zeros.length));
        }
      }
    };
  }

  /** A unit, and as many different labels as samples. */
  private static void labels(Path file, String type, int count, int labelBytes) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.setLevel(1);
      out.putNextEntry(new ZipEntry("L1.npy"));
      out.write(header("|u1", "(" + count + ",)"));
      out.write(new byte[count]);
      out.putNextEntry(new ZipEntry("labels.npy"));
      out.write(header(type, "(" + count + ",)"));
      ByteBuffer label = ByteBuffer.allocate(labelBytes).order(ByteOrder.LITTLE_ENDIAN);
      ByteArrayOutputStream chunk = new ByteArrayOutputStream();
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < labelBytes / 4; j++) {
          label.putInt(4 * j, labelBytes == 4 ? i : 'a' + (i >> (j % 20) & 1));
        }
        chunk.write(label.array(), 0, labelBytes);
        if (chunk.size() > 1 << 16) {
          chunk.writeTo(out);
          chunk.reset();
        }
      }
      chunk.writeTo(out);
    }
  }

  private static void arrays(Path file, int count, String name) throws IOException {
    byte[] header = header("|u1", "(2,)");
    byte[] array = Arrays.copyOf(header, header.length + 2);
    CRC32 checksum = new CRC32();
    checksum.update(array);
    try (ZipOutputStream out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.setMethod(ZipOutputStream.STORED);
      for (int i = 0; i < count; i++) {
        ZipEntry entry = new ZipEntry(name + i + ".npy");
        entry.setSize(array.length);
        entry.setCrc(checksum.getValue());
        out.putNextEntry(entry);
        out.write(array);
      }
    }
  }
}
