import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.Locale;
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
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnitSource;
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

  /** A way to tell how complex a layer is, in the words of its curve. */
  private record Way(String name, LayerAnalysis analysis) {}

  private static final LayerAnalysis ANALYSIS = LayerAnalysis.DEFAULT.withoutAtoms();
  private static final LayerAnalysis GROUPS = ANALYSIS.withMethod(Method.COARSE_GRAINING);
  private static final Way[] WAYS = {
    new Way("C, estimated", ANALYSIS.withMethod(Method.COVERAGE)),
    new Way("25 subsets of five units", ANALYSIS.withMethod(Method.SUBSAMPLING)),
    new Way(
        "pairs in order", GROUPS.withCoarseGraining(grouping(CoarseGrainingSettings.SEQUENTIAL))),
    new Way("groups, best lower bound", GROUPS),
    new Way("groups, best upper bound", GROUPS.withCoarseGraining(upper()))
  };
  private static final Color[] COLORS = {
    new Color(0x202020),
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7)
  };

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
    YIntervalSeries[] curves =
        Arrays.stream(WAYS)
            .map(way -> new YIntervalSeries(way.name()))
            .toArray(YIntervalSeries[]::new);
    for (Checkpoint checkpoint : network.savedCheckpoints()) {
      JointDistribution layer = layer(network, data, checkpoint);
      System.out.printf(Locale.ROOT, "epoch %s%n", checkpoint.epoch());
      for (int way = 0; way < WAYS.length; way++) {
        LayerResult result = WAYS[way].analysis().analyze("L2", layer, execution);
        Interval range = range(result);
        double middle = result.representationalComplexity();
        if (Double.isNaN(middle)) {
          middle = (range.lower() + range.upper()) / 2; // bounds have no value between them
        }
        System.out.printf(
            Locale.ROOT, "  %-26s  %.4f to %.4f%n", WAYS[way].name(), range.lower(), range.upper());
        curves[way].add(Math.max(checkpoint.epoch(), 0.5), middle, range.lower(), range.upper());
      }
    }
    draw(curves, png);
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

  /** Bounds of groups; mean and standard deviation over subsets; C and two standard errors. */
  private static Interval range(LayerResult result) {
    if (result.bounds().isPresent()) {
      return result.bounds().get();
    }
    double c = result.representationalComplexity();
    double spread =
        result.finding() instanceof Finding.Subsampled subsets
            ? subsets.subsampling().standardDeviation()
            : 2 * result.standardError();
    return new Interval(c - spread, c + spread);
  }

  private static void draw(YIntervalSeries[] curves, Path png) throws IOException {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    DeviationRenderer renderer = new DeviationRenderer(true, true);
    renderer.setAlpha(0.15f);
    for (int i = 0; i < curves.length; i++) {
      data.addSeries(curves[i]);
      renderer.setSeriesPaint(i, COLORS[i]);
      renderer.setSeriesFillPaint(i, COLORS[i]);
    }
    LogAxis epochs = new LogAxis("Epoch (before training: 0.5)");
    epochs.setStandardTickUnits(new NumberTickUnitSource(false));
    epochs.setNumberFormatOverride(NumberFormat.getInstance(Locale.ROOT));
    XYPlot plot = new XYPlot(data, epochs, new NumberAxis("C, and its bounds"), renderer);
    plot.setBackgroundPaint(Color.WHITE);
    JFreeChart chart = new JFreeChart("Ten units, four levels", plot);
    chart.setBackgroundPaint(Color.WHITE);
    try (OutputStream out = Files.newOutputStream(png)) {
      new Picture(chart, 900, 560).writePng(out, 1);
    }
  }

  private static CoarseGrainingSettings grouping(String name) {
    return CoarseGrainingSettings.DEFAULT.withGrouping(name);
  }

  private static CoarseGrainingSettings upper() {
    return CoarseGrainingSettings.DEFAULT.withObjective(GroupingObjective.TIGHTEST_UPPER);
  }
}
