package nnpid.estimation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import nnpid.estimation.Calibration.Kind;
import nnpid.execution.Execution;

/**
 * How far off plug-in values, corrected ones and those extrapolated from halves are as statements
 * about where samples come from, and how often the truth is in their 95% intervals: 30 known
 * distributions, 500 samples each. Writes the tables of CALIBRATION.md, which has the command.
 */
public final class CalibrationTable {
  private static final int SIZE = 500;

  /** Samples of every layer; of six units, where one takes seconds, fewer. */
  private static final int SAMPLES = 300;

  private static final int SAMPLES_OF_SIX_UNITS = 4;

  /** From less to more realizations by more levels, classes, patterns and noise. */
  private static final List<NoisyLayer> LAYERS =
      List.of(
          new NoisyLayer(3, 2, 2, 1, 0.02, 1),
          new NoisyLayer(3, 2, 2, 4, 0.2, 2),
          new NoisyLayer(3, 3, 3, 1, 0.9, 3),
          new NoisyLayer(3, 4, 4, 2, 0.3, 4),
          new NoisyLayer(3, 5, 2, 3, 0.02, 5),
          new NoisyLayer(3, 2, 3, 4, 0.45, 6),
          new NoisyLayer(3, 3, 4, 1, 0.05, 7),
          new NoisyLayer(3, 4, 2, 2, 0.6, 8),
          new NoisyLayer(3, 5, 3, 3, 0.1, 9),
          new NoisyLayer(4, 2, 2, 1, 0.3, 10),
          new NoisyLayer(4, 3, 3, 2, 0.02, 11),
          new NoisyLayer(4, 4, 4, 3, 0.35, 12),
          new NoisyLayer(4, 2, 2, 4, 0.05, 13),
          new NoisyLayer(4, 3, 3, 1, 0.6, 14),
          new NoisyLayer(4, 4, 4, 2, 0.1, 15),
          new NoisyLayer(4, 2, 2, 3, 0.75, 16),
          new NoisyLayer(4, 3, 3, 4, 0.2, 17),
          new NoisyLayer(4, 2, 4, 1, 0.1, 18),
          new NoisyLayer(5, 2, 2, 2, 0.45, 19),
          new NoisyLayer(5, 3, 3, 3, 0.05, 20),
          new NoisyLayer(5, 2, 4, 4, 0.6, 21),
          new NoisyLayer(5, 3, 2, 1, 0.1, 22),
          new NoisyLayer(5, 2, 3, 2, 0.75, 23),
          new NoisyLayer(5, 3, 4, 3, 0.2, 24),
          new NoisyLayer(5, 2, 2, 4, 0.9, 25),
          new NoisyLayer(5, 3, 3, 1, 0.3, 26),
          new NoisyLayer(6, 2, 2, 2, 0.2, 27),
          new NoisyLayer(6, 2, 3, 4, 0.1, 28),
          new NoisyLayer(6, 2, 4, 1, 0.75, 29),
          new NoisyLayer(6, 2, 2, 3, 0.6, 30));

  private CalibrationTable() {}

  /** Prints the tables. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    List<Calibration> all = new ArrayList<>();
    for (NoisyLayer layer : LAYERS) {
      int samples = layer.sources() == 6 ? SAMPLES_OF_SIX_UNITS : SAMPLES;
      all.add(Calibration.of(layer, SIZE, samples, Execution.ofThreads(2)));
    }
    out.println(
        "| share of intervals with the truth | V_k, supported | I, supported | C, all supported"
            + " | V_k, not supported | I, not supported | C, not all supported |");
    out.println("|---|---|---|---|---|---|---|");
    for (Kind kind : Kind.values()) {
      double width = SamplingError.intervalFactor(Calibration.HALVES);
      out.println(row(name(kind) + ", +- 2.26 errors", shares(all, kind, width)));
      out.println(row(name(kind) + ", +- 1.96 errors", shares(all, kind, 1.96)));
    }
    out.println();
    out.println(
        "| units | levels | classes | R/m | support of I | I | bias: plug-in | corrected |"
            + " extrapolated | error/deviation | in 95%: I | V_k, supported | C | bias: plug-in |"
            + " corrected | extrapolated | error/deviation | in 95%: C |");
    out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (Calibration one : all) {
      out.println(row(one));
    }
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String row(String name, List<String> cells) {
    return "| " + name + " | " + String.join(" | ", cells) + " |";
  }

  private static List<String> shares(List<Calibration> all, Kind kind, double width) {
    List<String> shares = new ArrayList<>();
    for (boolean supported : new boolean[] {true, false}) {
      shares.add(
          share(
              all,
              one ->
                  IntStream.range(0, one.complexity() - 1)
                      .mapToObj(figure -> hits(one, kind, figure, width, supported))
                      .flatMapToDouble(hits -> hits)));
      shares.add(share(all, one -> hits(one, kind, one.complexity() - 1, width, supported)));
      shares.add(share(all, one -> hits(one, kind, one.complexity(), width, supported)));
    }
    return shares;
  }

  private static DoubleStream hits(
      Calibration one, Kind kind, int figure, double width, boolean supported) {
    return supported ? one.hits(kind, figure, width) : one.unsupportedHits(kind, figure, width);
  }

  private static String share(List<Calibration> all, Function<Calibration, DoubleStream> hits) {
    return percent(all.stream().flatMapToDouble(hits));
  }

  private static String percent(DoubleStream hits) {
    double share = hits.average().orElse(Double.NaN);
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String row(Calibration one) {
    NoisyLayer layer = one.layer();
    int complexity = one.complexity();
    int information = complexity - 1;
    double width = SamplingError.intervalFactor(Calibration.HALVES);
    DoubleStream anyI =
        DoubleStream.concat(
            one.hits(Kind.CORRECTED, information, width),
            one.unsupportedHits(Kind.CORRECTED, information, width));
    DoubleStream anyC =
        DoubleStream.concat(
            one.hits(Kind.CORRECTED, complexity, width),
            one.unsupportedHits(Kind.CORRECTED, complexity, width));
    DoubleStream accessible =
        IntStream.range(0, information)
            .mapToObj(figure -> one.hits(Kind.CORRECTED, figure, width))
            .flatMapToDouble(hits -> hits);
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(layer.levels()));
    cells.add(Integer.toString(layer.classes()));
    cells.add(String.format(Locale.ROOT, "%.2f", one.realizationShare()));
    cells.add(String.format(Locale.ROOT, "%.3f", one.support()));
    cells.addAll(biases(one, information));
    cells.add(percent(anyI));
    cells.add(percent(accessible));
    cells.addAll(biases(one, complexity));
    cells.add(percent(anyC));
    return row(Integer.toString(layer.sources()), cells);
  }

  /** The truth, by how much values are off, and how much too large the error of corrected is. */
  private static List<String> biases(Calibration one, int figure) {
    List<String> cells = new ArrayList<>();
    cells.add(String.format(Locale.ROOT, "%.4f", one.truth().get(figure)));
    for (Kind kind : Kind.values()) {
      cells.add(String.format(Locale.ROOT, "%+.4f", one.bias(kind, figure)));
    }
    cells.add(String.format(Locale.ROOT, "%.2f", one.errorRatio(Kind.CORRECTED, figure)));
    return cells.stream().map(cell -> cell.replace("NaN", "-")).collect(Collectors.toList());
  }
}
