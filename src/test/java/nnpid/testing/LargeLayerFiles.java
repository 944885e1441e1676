package nnpid.testing;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Writes large files of activations for measurements on the command line; the same bytes for the
 * same arguments.
 *
 * <pre>
 * java -cp target/test-classes:target/classes nnpid.testing.LargeLayerFiles csv 10000000 5 FILE.csv
 * java -cp target/test-classes:target/classes nnpid.testing.LargeLayerFiles npy 1000000 4096 FILE.npy
 * </pre>
 *
 * <p>In a CSV file the last column is the class, of 10; in a .npy file of halves it is one of 1,000
 * in one more column, since such a file has one array.
 */
public final class LargeLayerFiles {
  private static final long SEED = 20_230_904;
  private static final int LATENTS = 20;
  private static final int CLASSES = 1_000;

  /** Beyond it tanh is 1 as a half. */
  private static final float MOST = 6;

  /** Halves of tanh at so many places. */
  private static final int PLACES = 1 << 20;

  private LargeLayerFiles() {}

  /** Format, number of samples, number of units, file. */
  public static void main(String[] arguments) throws IOException {
    int samples = Integer.parseInt(arguments[1]);
    int units = Integer.parseInt(arguments[2]);
    Path file = Path.of(arguments[3]);
    switch (arguments[0]) {
      case "csv" -> csv(file, samples, units);
      case "npy" -> npy(file, samples, units);
      default -> throw new IllegalArgumentException("The format must be csv or npy.");
    }
  }

  /** Saturating units that each know another part of the class, and noise. */
  public static void csv(Path csv, int samples, int units) throws IOException {
    int classes = 10;
    SplittableRandom random = new SplittableRandom(SEED);
    double[][] preferred = new double[classes][units];
    for (double[] ofClass : preferred) {
      Arrays.setAll(ofClass, unit -> 4 * random.nextDouble() - 2);
    }
    try (BufferedWriter out = Files.newBufferedWriter(csv, StandardCharsets.US_ASCII)) {
      for (int unit = 1; unit <= units; unit++) {
        out.write("h" + unit + ",");
      }
      out.write("digit\n");
      for (int sample = 0; sample < samples; sample++) {
        int target = random.nextInt(classes);
        for (int unit = 0; unit < units; unit++) {
          double noise = random.nextDouble() + random.nextDouble() - 1;
          float activation = (float) Math.tanh(preferred[target][unit] + noise);
          out.write(Float.toString(activation));
          out.write(',');
        }
        out.write(Integer.toString(target));
        out.write('\n');
      }
    }
  }

  /**
   * Halves: tanh of a few latents and noise, in other shares for every unit; the class is that of
   * the directions which is nearest to the latents.
   */
  public static void npy(Path npy, int samples, int units) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    float[][] weights = matrix(LATENTS, units, random);
    float[][] directions = matrix(LATENTS, CLASSES, random);
    float[] noises = new float[1 << 16];
    for (int i = 0; i < noises.length; i++) {
      noises[i] = (float) (0.5 * gaussian(random));
    }
    short[] halves = new short[PLACES];
    for (int i = 0; i < PLACES; i++) {
      halves[i] = NumpyWriter.half(Math.tanh(2 * MOST * (i + 0.5) / PLACES - MOST));
    }
    String shape = "(%d, %d)".formatted(samples, units + 1);
    byte[] row = new byte[2 * (units + 1)];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(npy), 1 << 20)) {
      out.write(NumpyWriter.header("<f2", false, shape));
      for (int sample = 0; sample < samples; sample++) {
        float[] latents = new float[LATENTS];
        for (int i = 0; i < LATENTS; i++) {
          latents[i] = (float) gaussian(random);
        }
        float[] activations = product(latents, weights);
        long noise = 0;
        for (int unit = 0; unit < units; unit++) {
          noise = (unit & 3) == 0 ? random.nextLong() : noise >>> Short.SIZE;
          float value = activations[unit] + noises[(int) noise & 0xffff];
          int place = (int) ((value + MOST) * (PLACES / (2 * MOST)));
          put(row, unit, halves[Math.max(0, Math.min(PLACES - 1, place))]);
        }
        float[] nearness = product(latents, directions);
        int target =
            IntStream.range(0, CLASSES)
                .reduce((a, b) -> nearness[b] > nearness[a] ? b : a)
                .orElse(0);
        put(row, units, NumpyWriter.half(target));
        out.write(row);
      }
    }
  }

  private static void put(byte[] row, int place, short half) {
    row[2 * place] = (byte) half;
    row[2 * place + 1] = (byte) (half >> Byte.SIZE);
  }

  /** Columns of length about 1. */
  private static float[][] matrix(int rows, int columns, SplittableRandom random) {
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) (gaussian(random) / Math.sqrt(rows));
      }
    }
    return matrix;
  }

  private static float[] product(float[] vector, float[][] matrix) {
    float[] result = new float[matrix[0].length];
    for (int i = 0; i < vector.length; i++) {
      float factor = vector[i];
      float[] row = matrix[i];
      for (int j = 0; j < result.length; j++) {
        result[j] += factor * row[j];
      }
    }
    return result;
  }

  private static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
