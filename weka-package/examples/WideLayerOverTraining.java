import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import nnpid.analysis.Finding;
import nnpid.analysis.Finding.Interval;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Method;
import nnpid.chart.Picture;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.coarsegraining.GroupingObjective;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.network.Checkpoint;
import nnpid.network.Epochs;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import weka.classifiers.functions.QuantizedNetwork;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;

/**
 * A layer of ten units over training, in all the ways there are to tell how complex it is: the
 * paper's figure of its network with four levels, and the estimate of C itself beside it. It trains
 * a {@link QuantizedNetwork} on images of MNIST's format, takes the levels of its second layer at
 * every checkpoint, and analyzes these with the packages under {@code nnpid}. In the directory of
 * the installed package (on Windows with {@code ;} for {@code :}):
 *
 * <pre>
 * java -cp "weka.jar:representationalComplexity.jar:lib/*" examples/WideLayerOverTraining.java mnist-train.arff.gz wide.png
 * </pre>
 *
 * <p>A third argument, in quotes, has other options of the network than those of the paper.
 */
public final class WideLayerOverTraining {
  /** The paper's network; epochs at equal steps of the logarithm. */
  private static final String NETWORK =
      "-H 50,10,5,5,5 -L 4 -N 100 -checkpoints log:12 -scaling 256";

  private static final int LAYER = 1; // from 0: the layer of ten units

  private static final LayerAnalysis ANALYSIS = LayerAnalysis.DEFAULT.withoutAtoms();
  private static final LayerAnalysis LOWER = ANALYSIS.withMethod(Method.COARSE_GRAINING);
  private static final LayerAnalysis UPPER =
      LOWER.withCoarseGraining(
          CoarseGrainingSettings.DEFAULT.withObjective(GroupingObjective.TIGHTEST_UPPER));
  private static final LayerAnalysis IN_ORDER =
      LOWER.withCoarseGraining(
          CoarseGrainingSettings.DEFAULT.withGrouping(CoarseGrainingSettings.SEQUENTIAL));

  /** What is drawn: values over the epochs with their errors, or a bound without any. */
  private enum Curve {
    ESTIMATE("C, estimated", 0x202020, 3),
    SUBSETS("25 subsets of five units, mean and spread", 0x0072B2, 2),
    PAIRS_LOWER("bounds from pairs in order", 0xD55E00, 1),
    PAIRS_UPPER(PAIRS_LOWER.text, 0xD55E00, 1),
    GROUPS_LOWER("bounds from the best groups", 0x009E73, 1),
    GROUPS_UPPER(GROUPS_LOWER.text, 0x009E73, 1);

    final String text;
    final Color color;
    final float width;

    Curve(String text, int rgb, float width) {
      this.text = text;
      this.color = new Color(rgb);
      this.width = width;
    }
  }

  public static void main(String[] args) {
    if (args.length < 2 || args.length > 3) {
      System.err.println("Error: The arguments must be DATA PNG [\"options of the network\"].");
      System.exit(1);
    }
    try {
      run(args[0], Path.of(args[1]), args.length == 3 ? args[2] : NETWORK);
    } catch (Exception e) { // Weka's methods declare no other type
      System.err.println("Error: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(String file, Path png, String options) throws Exception {
    Instances data = DataSource.read(file);
    if (data == null) {
      throw new IllegalArgumentException("The data (" + file + ") must be a file Weka can read.");
    }
    data.setClassIndex(data.numAttributes() - 1);
    QuantizedNetwork network = new QuantizedNetwork();
    network.setOptions(Utils.splitOptions(options));
    System.err.println("Training ...");
    network.buildClassifier(data);

    Execution execution = Execution.ofThreads(Runtime.getRuntime().availableProcessors());
    Map<Curve, YIntervalSeries> curves = new EnumMap<>(Curve.class);
    for (Curve curve : Curve.values()) {
      curves.put(curve, new YIntervalSeries(curve));
    }
    // 0 has no place on a logarithmic axis: it gets one before all others.
    double start = network.savedCheckpoints().get(1).epoch() / 2;
    for (Checkpoint checkpoint : network.savedCheckpoints()) {
      JointDistribution layer = layer(network, data, checkpoint);
      LayerResult estimate =
          ANALYSIS.withMethod(Method.COVERAGE).analyze("estimate", layer, execution);
      LayerResult subsets =
          ANALYSIS.withMethod(Method.SUBSAMPLING).analyze("subsets", layer, execution);
      Interval inOrder = IN_ORDER.analyze("pairs", layer, execution).bounds().orElseThrow();
      Interval lower = LOWER.analyze("groups", layer, execution).bounds().orElseThrow();
      Interval upper = UPPER.analyze("groups", layer, execution).bounds().orElseThrow();
      double epoch = Math.max(checkpoint.epoch(), start);
      double c = estimate.representationalComplexity();
      add(curves.get(Curve.ESTIMATE), epoch, c, 2 * estimate.standardError());
      double mean = subsets.representationalComplexity();
      double spread = ((Finding.Subsampled) subsets.finding()).subsampling().standardDeviation();
      add(curves.get(Curve.SUBSETS), epoch, mean, spread);
      add(curves.get(Curve.PAIRS_LOWER), epoch, inOrder.lower(), 0);
      add(curves.get(Curve.PAIRS_UPPER), epoch, inOrder.upper(), 0);
      add(curves.get(Curve.GROUPS_LOWER), epoch, lower.lower(), 0);
      add(curves.get(Curve.GROUPS_UPPER), epoch, upper.upper(), 0);
      System.out.printf(
          Locale.ROOT,
          "epoch %s: C %.4f +- %.4f, subsets %.4f (%.4f), pairs %.4f to %.4f, groups %.4f to %.4f%n",
          Epochs.text(checkpoint.epoch()),
          c,
          estimate.standardError(),
          mean,
          spread,
          inOrder.lower(),
          inOrder.upper(),
          lower.lower(),
          upper.upper());
    }
    draw(curves, png);
  }

  private static void add(YIntervalSeries curve, double epoch, double value, double error) {
    curve.add(epoch, value, value - error, value + error);
  }

  /** How often every state of the layer's units is there with every class. */
  private static JointDistribution layer(
      QuantizedNetwork network, Instances data, Checkpoint checkpoint) throws Exception {
    JointDistribution.Counter counter = null;
    for (Instance image : data) {
      int[] levels = network.forward(image, checkpoint).levels(LAYER);
      if (counter == null) {
        counter = new JointDistribution.Counter(levels.length);
      }
      counter.add(levels, (int) image.classValue(), 1.0);
    }
    if (counter == null) {
      throw new IllegalArgumentException("The data must have instances: there are none.");
    }
    return counter.toDistribution();
  }

  private static void draw(Map<Curve, YIntervalSeries> curves, Path png) throws IOException {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(0.2f);
    LegendItemCollection legend = new LegendItemCollection();
    curves.forEach(
        (curve, series) -> {
          int index = data.getSeriesCount();
          data.addSeries(series);
          renderer.setSeriesPaint(index, curve.color);
          renderer.setSeriesFillPaint(index, curve.color);
          renderer.setSeriesStroke(index, new BasicStroke(curve.width));
          if (!curve.name().endsWith("_UPPER")) { // both bounds are one entry
            LegendItem item = new LegendItem(curve.text, curve.color);
            legend.add(item);
          }
        });
    LogAxis epochs = new LogAxis("Epoch (leftmost: before training)");
    epochs.setTickUnit(new NumberTickUnit(1)); // in powers of ten
    epochs.setNumberFormatOverride(NumberFormat.getInstance(Locale.ROOT));
    NumberAxis values = new NumberAxis("C, and its bounds");
    values.setAutoRangeIncludesZero(false); // C begins at 1
    XYPlot plot = new XYPlot(data, epochs, values, renderer);
    plot.setFixedLegendItems(legend);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    JFreeChart chart = new JFreeChart("Ten units, four levels", plot);
    chart.setBackgroundPaint(Color.WHITE);
    try (OutputStream out = Files.newOutputStream(png)) {
      new Picture(chart, 900, 560).writePng(out, 1);
    }
  }
}
