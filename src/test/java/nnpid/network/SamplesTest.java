package nnpid.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {
  /** In all forms: few and many values, with and without zeros, and both one after the other. */
  @ParameterizedTest
  @CsvSource({
    "200, 1000000, 300",
    "200, 150, 300",
    "200, 0, 300",
    "40000, 150, 50",
    "40000, 0, 50"
  })
  void inputsAreThoseThatWereAdded(int size, int firstZero, int differentValues) {
    SplittableRandom random = new SplittableRandom(1);
    Samples.Builder builder = new Samples.Builder(6, 2);
    List<double[]> added = new ArrayList<>();
    for (int sample = 0; sample < size; sample++) {
      double[] inputs = new double[6];
      for (int i = 0; i < 6; i++) {
        boolean zero = sample >= firstZero && random.nextInt(3) == 0;
        // From the middle on values may all differ.
        boolean any = differentValues < 100 && sample > size / 2;
        double value = any ? random.nextDouble() : 1 + random.nextInt(differentValues) / 7.0;
        inputs[i] = zero ? 0 : value;
      }
      added.add(inputs);
      builder.add(inputs, sample % 2, 1);
    }
    Samples samples = builder.toSamples();
    assertEquals(size, samples.size());
    double[][] channels = new double[3][4];
    for (int sample = 0; sample < size; sample++) {
      double[] inputs = added.get(sample);
      double[] scattered = new double[6];
      for (int k = samples.start(sample); k < samples.end(sample); k++) {
        scattered[samples.index(k)] = samples.value(k);
      }
      assertArrayEquals(inputs, scattered, 0);
      samples.copyInputs(sample, channels, 1);
      for (int i = 0; i < 6; i++) {
        assertEquals(inputs[i], channels[i / 2][2 + i % 2], 0);
      }
    }
  }
}
