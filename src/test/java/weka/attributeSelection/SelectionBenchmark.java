package weka.attributeSelection;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import weka.classifiers.AbstractClassifier;
import weka.classifiers.Classifier;
import weka.classifiers.Evaluation;
import weka.classifiers.bayes.NaiveBayes;
import weka.classifiers.lazy.IBk;
import weka.classifiers.trees.J48;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Utils;
import weka.core.converters.ArffLoader;
import weka.core.converters.CSVLoader;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.Remove;

/**
 * The tables on attribute selection of the README and BENCHMARKS.md: five units of the 10-unit and
 * the 50-unit layer of MNIST networks, by several evaluators and searches, and what classifiers
 * make of them; and the merits of 2,000 units. Run its main from the test class path, with the
 * directory of the shared data as argument. Times are processor times of all threads together.
 */
final class SelectionBenchmark {
  private static final int SIZE = 5;

  /** Rows that classifiers are tested on by cross-validation. */
  private static final int ROWS = 6_000;

  private SelectionBenchmark() {}

  public static void main(String[] args) throws Exception {
    manyUnits(2_000, 20_000);
    File shared = new File(args.length > 0 ? args[0] : "../shared");
    Instances narrow =
        countTable(new File(shared, "data/activations/mnist4_seed0_epoch100_L2.csv"));
    speed(narrow);
    compare("10 units, 4 levels (mnist4 L2, epoch 100)", narrow);
    Instances wide = layer(new File(shared, "data/mnist8_epoch1000_layers.arff.gz"), "L1_");
    long start = processorNanos();
    PidAttributeEval ranking = new PidAttributeEval();
    ranking.buildEvaluator(wide);
    System.out.printf(
        Locale.ROOT, "PidAttributeEval, 50 units, 60,000 rows: %.1f s%n", secondsSince(start));
    compare("50 units, 8 levels (mnist8 L1, epoch 1000)", wide);
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double secondsSince(long start) {
    return (processorNanos() - start) / 1e9;
  }

  /** Units that see 20 common Gaussian variables, two of which make the class. */
  private static void manyUnits(int unitCount, int rows) throws Exception {
    Random random = new Random(1);
    ArrayList<Attribute> attributes = new ArrayList<>();
    double[][] weights = new double[unitCount][20];
    for (int unit = 0; unit < unitCount; unit++) {
      attributes.add(new Attribute("u" + unit));
      Arrays.setAll(weights[unit], i -> random.nextGaussian() / 4);
    }
    attributes.add(new Attribute("class", List.of("0", "1", "2", "3")));
    Instances data = new Instances("many units", attributes, rows);
    data.setClassIndex(unitCount);
    for (int row = 0; row < rows; row++) {
      double[] common = random.doubles(20).map(x -> random.nextGaussian()).toArray();
      double[] values = new double[unitCount + 1];
      for (int unit = 0; unit < unitCount; unit++) {
        double sum = 0.3 * random.nextGaussian();
        for (int i = 0; i < common.length; i++) {
          sum += weights[unit][i] * common[i];
        }
        values[unit] = Math.tanh(sum);
      }
      values[unitCount] = (common[0] > 0 ? 2 : 0) + (common[1] > 0 ? 1 : 0);
      data.add(new DenseInstance(1, values));
    }
    long start = processorNanos();
    PidAttributeEval evaluator = new PidAttributeEval();
    evaluator.setMerit(PidAttributeEval.Merit.MUTUAL_INFORMATION);
    evaluator.setContexts(0);
    evaluator.buildEvaluator(data);
    System.out.printf(
        Locale.ROOT,
        "PidAttributeEval -contexts 0, %d units, %d rows: %.1f s%n",
        unitCount,
        rows,
        secondsSince(start));
  }

  /** All subsets of five units, on one thread. */
  private static void speed(Instances data) throws Exception {
    PidSubsetEval evaluator = new PidSubsetEval();
    evaluator.setThreads(1);
    evaluator.buildEvaluator(data);
    long start = processorNanos();
    int count = 0;
    for (int bits = 0; bits < 1 << 10; bits++) {
      if (Integer.bitCount(bits) == SIZE) {
        evaluator.evaluateSubset(BitSet.valueOf(new long[] {bits}));
        count++;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "PidSubsetEval accessible, subsets of five of 10 units, 60,000 rows: %.0f per second%n",
        count / secondsSince(start));
  }

  private static void compare(String title, Instances data) throws Exception {
    System.out.printf("%n%s%n%n", title);
    System.out.println(
        "| selection | accessible, bits | time | J48 | NaiveBayes | IBk | units |\n"
            + "|---|---|---|---|---|---|---|");
    PidSubsetEval judge = new PidSubsetEval();
    judge.buildEvaluator(data);
    Instances sample = sample(data);
    boolean exhaustive = data.numAttributes() < 20;
    if (exhaustive) {
      row(
          "PidSubsetEval + SubsetRanking (all subsets)",
          data,
          judge,
          sample,
          () -> search("SubsetRanking", "-size " + SIZE, new PidSubsetEval(), data));
    }
    row(
        "PidSubsetEval + OptaPlannerSearch",
        data,
        judge,
        sample,
        () -> search("OptaPlannerSearch", "-size " + SIZE, new PidSubsetEval(), data));
    row(
        "PidSubsetEval + GreedyStepwise",
        data,
        judge,
        sample,
        () -> search("GreedyStepwise", "", new AtMostFive(), data));
    row(
        "PidSubsetEval + BestFirst",
        data,
        judge,
        sample,
        () -> search("BestFirst", "", new AtMostFive(), data));
    row(
        "PidAttributeEval + Ranker",
        data,
        judge,
        sample,
        () -> ranked(new Ranker(), "-N " + SIZE, new PidAttributeEval(), data));
    row(
        "InfoGainAttributeEval + Ranker",
        data,
        judge,
        sample,
        () -> ranked(new Ranker(), "-N " + SIZE, new InfoGainAttributeEval(), data));
    ReliefFAttributeEval relief = new ReliefFAttributeEval();
    relief.setSampleSize(2000);
    row(
        "ReliefFAttributeEval (2,000 rows) + Ranker",
        data,
        judge,
        sample,
        () -> ranked(new Ranker(), "-N " + SIZE, relief, sample));
    row(
        "CfsSubsetEval + BestFirst",
        data,
        judge,
        sample,
        () -> search("BestFirst", "", new CfsSubsetEval(), data));
  }

  private static void row(
      String name, Instances data, PidSubsetEval judge, Instances sample, Callable<int[]> selection)
      throws Exception {
    long start = processorNanos();
    int[] selected = selection.call();
    double seconds = secondsSince(start);
    Arrays.sort(selected);
    BitSet subset = new BitSet();
    Arrays.stream(selected).forEach(subset::set);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "| %s | %.4f | %.1f s ", name, judge.evaluateSubset(subset), seconds));
    for (Classifier classifier : List.of(new J48(), new NaiveBayes(), new IBk(5))) {
      text.append(String.format(Locale.ROOT, "| %.1f ", accuracy(classifier, sample, selected)));
    }
    List<String> names = Arrays.stream(selected).mapToObj(i -> data.attribute(i).name()).toList();
    System.out.println(text + "| " + String.join(" ", names) + " |");
  }

  /** For searches without a size: larger subsets are worse than all others. */
  private static final class AtMostFive extends PidSubsetEval {
    private static final long serialVersionUID = 1;

    @Override
    public double evaluateSubset(BitSet subset) throws Exception {
      return subset.cardinality() > SIZE ? -1 : super.evaluateSubset(subset);
    }
  }

  private static int[] search(String search, String options, ASEvaluation evaluator, Instances data)
      throws Exception {
    evaluator.buildEvaluator(data);
    return ASSearch.forName("weka.attributeSelection." + search, Utils.splitOptions(options))
        .search(evaluator, data);
  }

  private static int[] ranked(
      ASSearch search, String options, ASEvaluation evaluator, Instances data) throws Exception {
    AttributeSelection selection = new AttributeSelection();
    ((weka.core.OptionHandler) search).setOptions(Utils.splitOptions(options));
    selection.setSearch(search);
    selection.setEvaluator(evaluator);
    selection.setRanking(true);
    selection.SelectAttributes(data);
    int[] attributes = selection.selectedAttributes();
    return Arrays.copyOf(attributes, Math.min(SIZE, attributes.length - 1));
  }

  private static double accuracy(Classifier classifier, Instances sample, int[] selected)
      throws Exception {
    int[] kept = Arrays.copyOf(selected, selected.length + 1);
    kept[selected.length] = sample.classIndex();
    Remove remove = new Remove();
    remove.setInvertSelection(true);
    remove.setAttributeIndicesArray(kept);
    remove.setInputFormat(sample);
    Instances projected = Filter.useFilter(sample, remove);
    Evaluation evaluation = new Evaluation(projected);
    evaluation.crossValidateModel(
        AbstractClassifier.makeCopy(classifier), projected, 10, new Random(1));
    return evaluation.pctCorrect();
  }

  /** Rows drawn by weight, with weight 1. */
  private static Instances sample(Instances data) {
    Instances sample = data.resampleWithWeights(new Random(1));
    sample.randomize(new Random(2));
    return new Instances(sample, 0, Math.min(ROWS, sample.numInstances()));
  }

  /** A count table as instances with nominal levels. */
  private static Instances countTable(File file) throws Exception {
    CSVLoader loader = new CSVLoader();
    loader.setNominalAttributes("first-last");
    loader.setFile(file);
    Instances table = loader.getDataSet();
    int units = table.numAttributes() - 2;
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (int i = 0; i <= units; i++) {
      attributes.add(table.attribute(i));
    }
    Instances data = new Instances(file.getName(), attributes, table.numInstances());
    data.setClassIndex(units);
    // Several of the evaluators compared here do not know weights.
    for (Instance row : table) {
      for (int i = 0; i < Integer.parseInt(row.stringValue(units + 1)); i++) {
        data.add(new DenseInstance(1, Arrays.copyOf(row.toDoubleArray(), units + 1)));
      }
    }
    return data;
  }

  private static Instances layer(File file, String prefix) throws Exception {
    ArffLoader loader = new ArffLoader();
    loader.setFile(file);
    Instances data = loader.getDataSet();
    data.setClassIndex(data.numAttributes() - 1);
    for (int i = data.numAttributes() - 2; i >= 0; i--) {
      if (!data.attribute(i).name().startsWith(prefix)) {
        data.deleteAttributeAt(i);
      }
    }
    return data;
  }
}
