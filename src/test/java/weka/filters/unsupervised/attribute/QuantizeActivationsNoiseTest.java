package weka.filters.unsupervised.attribute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.distribution.ActivationNoise;
import nnpid.execution.Execution;
import nnpid.weka.UnitQuantizer;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.Utils;
import weka.filters.Filter;

/** Noise that is added before activations become levels. */
class QuantizeActivationsNoiseTest {

  private static QuantizeActivations filter(String options) throws Exception {
    QuantizeActivations filter = new QuantizeActivations();
    filter.setOptions(Utils.splitOptions(options));
    return filter;
  }

  private static Instances data(int count) {
    ArrayList<Attribute> attributes =
        new ArrayList<>(
            List.of(
                new Attribute("a"), new Attribute("b"), new Attribute("c", List.of("no", "yes"))));
    Instances data = new Instances("data", attributes, count);
    data.setClassIndex(2);
    Random random = new Random(4);
    for (int i = 0; i < count; i++) {
      data.add(
          new DenseInstance(
              1, new double[] {random.nextDouble(), random.nextDouble(), random.nextInt(2)}));
    }
    return data;
  }

  /** Of neighbors in rows, in names and in seeds, too. */
  @Test
  void noiseIsNormalAndIndependent() {
    int count = 20_000;
    List<double[]> streams = new ArrayList<>();
    for (long seed : new long[] {1, 2}) {
      for (String unit : List.of("u1", "u2")) {
        ActivationNoise.Source source = new ActivationNoise(0.5, seed).of(unit);
        streams.add(IntStream.range(0, count).mapToDouble(i -> source.addTo(3, i)).toArray());
      }
    }
    for (double[] one : streams) {
      double p =
          new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new NormalDistribution(3, 0.5), one);
      assertTrue(p > 1e-3, "p = " + p);
      assertEquals(0, correlation(one, one, 1), 5 / Math.sqrt(count));
      for (double[] other : streams) {
        if (other != one) {
          assertEquals(0, correlation(one, other, 0), 5 / Math.sqrt(count));
        }
      }
    }
  }

  private static double correlation(double[] a, double[] b, int lag) {
    return IntStream.range(0, a.length - lag)
            .mapToDouble(i -> (a[i] - 3) * (b[i + lag] - 3) / 0.25)
            .sum()
        / a.length;
  }

  @Test
  void noiseDependsOnSeedRowAndNameOnly() throws Exception {
    Instances data = data(200);
    String options = "-limits sigmoid -noise 0.2 -S 3";
    Instances whole = Filter.useFilter(data, withFormat(options, data));
    // In two batches.
    QuantizeActivations filter = withFormat(options, data);
    Instances parts = Filter.useFilter(new Instances(data, 0, 120), filter);
    parts.addAll(Filter.useFilter(new Instances(data, 120, 80), filter));
    assertEquals(whole.toString(), parts.toString());
    // Without the other unit.
    Instances alone = new Instances(data);
    alone.deleteAttributeAt(0);
    Instances levels = Filter.useFilter(alone, withFormat(options, alone));
    for (int i = 0; i < 200; i++) {
      assertEquals(whole.instance(i).value(1), levels.instance(i).value(0));
    }
    Instances other = Filter.useFilter(data, withFormat(options.replace("-S 3", "-S 4"), data));
    assertTrue(!whole.toString().equals(other.toString()));
    // Limits are those of the values without noise.
    QuantizeActivations quiet = withFormat("-limits data", data);
    QuantizeActivations noisy = withFormat("-limits data -noise 5", data);
    Filter.useFilter(data, quiet);
    Filter.useFilter(data, noisy);
    assertEquals(quiet.quantizer(0), noisy.quantizer(0));
  }

  private static QuantizeActivations withFormat(String options, Instances data) throws Exception {
    QuantizeActivations filter = filter(options);
    filter.setInputFormat(data);
    return filter;
  }

  /**
   * A unit that tells one bit, through a Gaussian channel: integrated, and counted in fine bins.
   */
  @Test
  void informationFallsWithTheNoiseAsThatOfTheChannel() throws Exception {
    Instances data = data(60_000);
    data.deleteAttributeAt(1);
    for (int i = 0; i < data.numInstances(); i++) {
      data.instance(i).setValue(0, i % 2 == 0 ? -1 : 1);
      data.instance(i).setValue(1, i % 2);
    }
    double before = 1.1;
    for (double deviation : new double[] {0.4, 0.8, 1.6}) {
      String options = "-L 60 -limits -6,6 -rounding equal-width -noise " + deviation;
      UnitQuantizer quantizer = UnitQuantizer.of(filter(options));
      double information =
          Backbone.of(quantizer.count(data, false).distribution(), Execution.sequential())
              .mutualInformation();
      assertEquals(ofChannel(deviation), information, 0.012);
      assertTrue(information < before - 0.05);
      before = information;
      assertTrue(
          quantizer
              .describe(data)
              .endsWith("deviation " + deviation + " (seed 1) added to the" + " activations"),
          quantizer.describe(data));
    }
  }

  /** Of inputs -1 and 1, equally likely, with noise. */
  private static double ofChannel(double deviation) {
    NormalDistribution noise = new NormalDistribution(1, deviation);
    return new SimpsonIntegrator()
        .integrate(
            1_000_000,
            y ->
                noise.density(y)
                    * (1 - Math.log1p(Math.exp(-2 * y / (deviation * deviation))) / Math.log(2)),
            1 - 8 * deviation,
            1 + 8 * deviation);
  }

  @Test
  void noiseWithoutActivationsIsRefused() throws Exception {
    Instances nominal = data(4);
    nominal.deleteAttributeAt(0);
    nominal.deleteAttributeAt(0);
    nominal.insertAttributeAt(new Attribute("n", List.of("0", "1")), 0);
    for (int i = 0; i < 4; i++) {
      nominal.instance(i).setValue(0, i % 2);
    }
    QuantizeActivations filter = filter("-noise 0.5");
    String message =
        assertThrows(IllegalArgumentException.class, () -> filter.setInputFormat(nominal))
            .getMessage();
    assertTrue(message.contains("(0.5)"), message);
    assertThrows(
        IllegalArgumentException.class, () -> UnitQuantizer.of(filter).count(nominal, false));
  }
}
