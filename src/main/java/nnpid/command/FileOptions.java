package nnpid.command;

import java.util.Locale;
import nnpid.weka.DelimitedText;
import weka.core.OptionMetadata;

/** Which files the command line reads and writes, and how. Windows have their own ways. */
public final class FileOptions {
  /** The option for a part of the work. */
  static final String SHARD = "shard";

  /** The option for the parts together. */
  static final String MERGE = "merge";

  private String input = "";
  private String separator = "auto";
  private boolean example;
  private Form form = Form.TEXT;
  private String output = "";
  private String test = "";
  private String charts = "";
  private String shard = "";
  private String merge = "";

  /** The forms of results: those of reports, and Weka's own. */
  public enum Form {
    /** Tables for people. */
    TEXT,
    /** Everything. */
    JSON,
    /** The main figures. */
    CSV,
    /** The main figures, as instances. */
    ARFF;

    /** The name in options. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @OptionMetadata(
      displayName = "Input",
      description =
          "The data: hidden units as attributes, one instance per sample, in any format that Weka"
              + " reads (.arff, .arff.gz, .csv, .npz, ...). Weights of instances count. Several"
              + " files, as \"run*/epoch_*.npz\", a directory, or a list as in a class path, are"
              + " checkpoints of trainings: each is analyzed, and C is followed over the epochs.",
      commandLineParamName = "t",
      commandLineParamSynopsis = "FILE",
      displayOrder = 1)
  public String getInput() {
    return input;
  }

  /** Sets the file with the data. */
  public void setInput(String input) {
    this.input = input;
  }

  @OptionMetadata(
      displayName = "Separator",
      description =
          "What separates the cells of a file .csv, .tsv or .txt. auto: what its header tells.",
      commandLineParamName = "separator",
      commandLineParamSynopsis = "auto|comma|semicolon|tab|CHAR",
      displayOrder = 2)
  public String getSeparator() {
    return separator;
  }

  /** Sets what separates the cells of tables of text. */
  public void setSeparator(String separator) {
    DelimitedText.requireSeparator(separator);
    this.separator = separator;
  }

  @OptionMetadata(
      displayName = "Example",
      description = "Uses the bundled data instead: layers L3 to L5 of a network trained on MNIST.",
      commandLineParamName = "example",
      commandLineParamIsFlag = true,
      displayOrder = 3)
  public boolean isExample() {
    return example;
  }

  /** Sets whether the bundled data are used. */
  public void setExample(boolean example) {
    this.example = example;
  }

  @OptionMetadata(
      displayName = "Format",
      description =
          "Form of the result. JSON has everything. CSV and ARFF have the main figures: a row per"
              + " layer, in CSV per atom if atoms are listed; no permutations, classes or draws.",
      commandLineParamName = "format",
      displayOrder = 4)
  public Form getForm() {
    return form;
  }

  /** Sets the form of the result. */
  public void setForm(Form form) {
    this.form = form;
  }

  @OptionMetadata(
      displayName = "Output",
      description = "Writes the result to a file instead of standard output.",
      commandLineParamName = "o",
      commandLineParamSynopsis = "FILE",
      displayOrder = 5)
  public String getOutput() {
    return output;
  }

  /** Sets the file for the result. */
  public void setOutput(String output) {
    this.output = output;
  }

  @OptionMetadata(
      displayName = "Test data",
      description =
          "Test data, which must have the same units and labels. The same layers are analyzed on"
              + " them, with the limits of levels from the data (-t); with -train as the network"
              + " has them, and its accuracy on them is told.",
      commandLineParamName = "T",
      commandLineParamSynopsis = "FILE",
      displayOrder = 6)
  public String getTest() {
    return test;
  }

  /** Sets the file with test data. */
  public void setTest(String test) {
    this.test = test;
  }

  @OptionMetadata(
      displayName = "Charts",
      description =
          "Writes charts, .png and .svg, to PREFIX-complexity; with -pairs to PREFIX-pairs-LAYER, too."
              + " Training, or several files: also to PREFIX-degrees and PREFIX-invariants, with"
              + " -horizon to PREFIX-horizon; means over several repeats, with their 95% intervals,"
              + " to PREFIX-means.csv.",
      commandLineParamName = "charts",
      commandLineParamSynopsis = "PREFIX",
      displayOrder = 7)
  public String getCharts() {
    return charts;
  }

  /** Sets the beginning of the names of charts. */
  public void setCharts(String charts) {
    this.charts = charts;
  }

  @OptionMetadata(
      displayName = "Shard",
      description =
          "Does one part of the work, such as 3/10 the third of ten, and writes what it finds to the"
              + " file of -o, for -merge: some of the layers, of the files of checkpoints, or of the"
              + " repeats of -train; with fewer layers than shards some of the permutations and of the"
              + " ranked subsets of each. There is no time limit then.",
      commandLineParamName = SHARD,
      commandLineParamSynopsis = "NUMBER/COUNT",
      displayOrder = 8)
  public String getShard() {
    return shard;
  }

  /** Sets which part of the work is done; empty for all of it. */
  public void setShard(String shard) {
    Shard.parse(shard);
    this.shard = shard;
  }

  @OptionMetadata(
      displayName = "Merge",
      description =
          "Merges the files of all shards, and writes what a single run would have written, to the"
              + " last bit. Goes with -format, -o and -charts only.",
      commandLineParamName = MERGE,
      commandLineParamSynopsis = "FILES",
      displayOrder = 9)
  public String getMerge() {
    return merge;
  }

  /** Sets the files of shards to be merged; empty for none. */
  public void setMerge(String merge) {
    this.merge = merge;
  }
}
