package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import nnpid.estimation.Calibration.Kind;
import nnpid.execution.Execution;
import org.junit.jupiter.api.Test;

/** A small part of {@link CalibrationTable}: four layers that 500 samples support. */
class CalibrationTest {
  private static final List<Calibration> ALL =
      List.of(
              new NoisyLayer(3, 2, 2, 4, 0.2, 2),
              new NoisyLayer(3, 2, 3, 4, 0.45, 6),
              new NoisyLayer(3, 3, 4, 2, 0.3, 7),
              new NoisyLayer(4, 2, 2, 4, 0.2, 13))
          .stream()
          .map(layer -> Calibration.of(layer, 500, 200, Execution.sequential()))
          .toList();

  private static DoubleStream hits(Kind kind, double width) {
    return ALL.stream()
        .flatMapToDouble(
            one ->
                IntStream.range(0, one.complexity())
                    .mapToObj(figure -> one.hits(kind, figure, width))
                    .flatMapToDouble(hits -> hits));
  }

  /** An error that is off by a quarter would have them contain 88% or 98.5%. */
  @Test
  void intervalsOfCorrectedValuesContainTheTruth() {
    double factor = SamplingError.intervalFactor(Calibration.HALVES);
    double share = hits(Kind.CORRECTED, factor).average().orElseThrow();
    assertTrue(hits(Kind.CORRECTED, factor).count() > 2000, "most figures are supported");
    assertEquals(0.95, share, 0.025);
  }

  @Test
  void correctedValuesHaveLittleOfTheBias() {
    for (Calibration one : ALL) {
      int information = one.complexity() - 1;
      double plugIn = one.bias(Kind.PLUG_IN, information);
      assertTrue(plugIn > 0.008, () -> one.layer() + ": " + plugIn);
      assertEquals(0, one.bias(Kind.CORRECTED, information), 0.4 * plugIn);
    }
  }

  @Test
  void intervalsOfFewHalvesAreStudents() {
    assertEquals(12.706, SamplingError.intervalFactor(2), 1e-3);
    assertEquals(2.262, SamplingError.intervalFactor(10), 1e-3);
    assertEquals(1.96, SamplingError.intervalFactor(100_000), 1e-3);
  }
}
