package nnpid.chart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import nnpid.analysis.Correction;
import nnpid.analysis.Layer;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.chart.ComplexityChart.Entry;
import nnpid.decomposition.Values;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.SamplingError;
import nnpid.execution.Execution;
import nnpid.report.Figure;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedDomainXYPlot;

/**
 * What C of the same layers is with 500 to 60,000 samples: the picture and the table of README. The
 * arguments are the file of the layers, such as ../shared/data/mnist8_epoch1000_layers.arff.gz, and
 * the PNG to write.
 */
public final class SampleSizesPicture {
  private static final int[] SIZES = {500, 2_000, 8_000, 30_000, 60_000};
  private static final int[] WIDTHS = {50, 10, 5}; // of L1, L2, L3, which come first in a row
  private static final double PRECISION = 0.004;
  private static final int HALVES = 10;

  private SampleSizesPicture() {}

  /** Prints the table and writes the picture. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    List<int[]> rows = read(Path.of(arguments[0]));
    Collections.shuffle(rows, new Random(1));
    out.println("| layer | samples | C | C corrected | I | I corrected | supported k |");
    out.println("|---|---|---|---|---|---|---|");
    List<Entry> entries = new ArrayList<>();
    for (int size : SIZES) {
      List<LayerResult> layers = new ArrayList<>();
      int first = 0;
      for (int i = 0; i < WIDTHS.length; i++) {
        LayerResult layer = analyze("L" + (i + 1), rows.subList(0, size), first, WIDTHS[i]);
        out.println(row(layer, size));
        layers.add(layer);
        first += WIDTHS[i];
      }
      // What the chart knows as an epoch is here the number of samples.
      entries.add(new Entry("epoch " + size, new Report("epoch " + size, "none", layers, 0)));
    }
    JFreeChart chart = ComplexityChart.of(entries, ChartStyle.LIGHT);
    chart.setTitle("The same layers, seen in 500 to 60,000 samples");
    CombinedDomainXYPlot plot = (CombinedDomainXYPlot) chart.getPlot();
    LogAxis samples = new LogAxis("Samples");
    samples.setNumberFormatOverride(NumberFormat.getIntegerInstance(Locale.ROOT));
    samples.setTickUnit(new NumberTickUnit(1));
    samples.setLabelFont(plot.getDomainAxis().getLabelFont());
    samples.setTickLabelFont(plot.getDomainAxis().getTickLabelFont());
    samples.setRange(400, 75_000);
    plot.setDomainAxis(samples);
    try (OutputStream picture = Files.newOutputStream(Path.of(arguments[1]))) {
      new Picture(chart, 760, 480).writePng(picture, 1.5);
    }
  }

  private static LayerResult analyze(String name, List<int[]> rows, int first, int width) {
    SampledDistribution.Counter counter = new SampledDistribution.Counter(width);
    for (int[] row : rows) {
      int[] states = IntStream.range(first, first + width).map(unit -> row[unit]).toArray();
      counter.add(states, row[row.length - 1], 1);
    }
    Layer layer =
        new Layer(
            name,
            IntStream.rangeClosed(1, width).mapToObj(i -> List.of(name + "_" + i)).toList(),
            "digit",
            IntStream.range(0, 10).mapToObj(Integer::toString).toList());
    return LayerAnalysis.DEFAULT
        .withCoverage(CoverageSettings.DEFAULT.withPrecision(PRECISION))
        .withWanted(new LayerAnalysis.Wanted(false, 0, 0, false, Values.PLUG_IN, HALVES))
        .analyze(
            layer,
            counter.toSamples(WeightMeaning.COUNTS, SampledDistribution.LeftOut.NONE),
            (grouping, value, step) -> {},
            Execution.ofThreads(2));
  }

  private static String row(LayerResult layer, int size) {
    SamplingError error = layer.samplingError().orElseThrow();
    Correction correction = layer.correction().orElseThrow();
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %s +- %s | %s | %s +- %s | %s | %d of %d |",
        layer.name(),
        size,
        Figure.number(layer.representationalComplexity()),
        Figure.number(error.complexity().standardError()),
        Figure.number(correction.corrected().representationalComplexity()),
        Figure.number(layer.mutualInformation()),
        Figure.number(error.mutualInformation().standardError()),
        Figure.number(correction.corrected().backbone().mutualInformation()),
        correction.support().supportedDegree(),
        layer.sourceCount());
  }

  /** Levels of all units, and the class at the end. */
  private static List<int[]> read(Path file) throws IOException {
    List<int[]> rows = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isEmpty() && Character.isDigit(line.charAt(0))) {
          rows.add(Arrays.stream(line.split(",", -1)).mapToInt(Integer::parseInt).toArray());
        }
      }
    }
    return rows;
  }
}
