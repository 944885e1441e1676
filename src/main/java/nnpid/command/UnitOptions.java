package nnpid.command;

import nnpid.weka.InstancesBridge.MissingValues;
import nnpid.weka.UnitQuantizer;
import nnpid.weka.UnitSelection;
import weka.core.OptionMetadata;
import weka.filters.Filter;

/**
 * What in the data is what: the class, the units of every layer and how they become levels, and
 * what counts as a sample.
 */
public abstract sealed class UnitOptions permits AnalysisOptions {
  /** Orders below are those of properties with fields of their own. */
  public static final int OWN_FIELD = 100;

  /** By its name: the filter is one of the adapters that use this package. */
  private static final String QUANTIZER = "weka.filters.unsupervised.attribute.QuantizeActivations";

  private String classAttribute = "last";
  private boolean nominalClass;
  private String sources = "";
  private String layers = "";
  private String groups = "";
  private String weights = "";
  private String samples = "auto";
  private Filter quantizer = UnitQuantizer.parseFilter(QUANTIZER);
  private MissingValues missingValues = MissingValues.LEVEL;

  // Its only kind is that of an analysis.
  UnitOptions() {}

  @OptionMetadata(
      displayName = "Class",
      description = "The class: the target of the information. It must be nominal.",
      commandLineParamName = "c",
      commandLineParamSynopsis = "INDEX|first|last|NAME",
      displayOrder = 1)
  public String getClassAttribute() {
    return classAttribute;
  }

  /** Sets the class: index from 1, first, last, or a name. */
  public void setClassAttribute(String classAttribute) {
    this.classAttribute = classAttribute;
  }

  @OptionMetadata(
      displayName = "Layer pattern",
      description =
          "Regular expression with one capturing group that matches whole names of attributes:"
              + " units with the same captured text are a layer, e.g. (L\\d+)_.* for L1_1, L1_2,"
              + " ...; other attributes are left out. auto: names such as L3_1, or conv1-0 of"
              + " Weka's Dl4jMlpFilter, tell the layer, if all units are numbered so, from 0 or 1"
              + " in each layer, and there are several layers; else all units are one layer, called"
              + " what their names have in common: h of h1, h2, h3. all: all units are one layer of"
              + " that name. If nothing is given: auto, but all if units or groups are named.",
      commandLineParamName = "layers",
      commandLineParamSynopsis = "REGEX|auto|all",
      displayOrder = 2)
  public String getLayers() {
    return layers;
  }

  /** Sets how layers are named; empty for the default. */
  public void setLayers(String layers) {
    new UnitSelection("last", false, "", layers, "", "", ""); // checks it
    this.layers = layers;
  }

  @OptionMetadata(
      displayName = "Quantizer",
      description =
          "The filter, with its options, that turns numeric activations into levels; nominal"
              + " attributes stay.",
      commandLineParamName = "Q",
      commandLineParamSynopsis = "FILTER",
      displayOrder = 3)
  public Filter getQuantizer() {
    return quantizer;
  }

  /** Sets the filter that quantizes numeric attributes. */
  public void setQuantizer(Filter quantizer) {
    this.quantizer = quantizer;
  }

  @OptionMetadata(
      displayName = "Units",
      description =
          "The attributes that are units: indices and ranges such as 1,3-5,last, or a regular"
              + " expression that matches the whole of their names. If nothing is given: all but"
              + " the class.",
      commandLineParamName = "sources",
      commandLineParamSynopsis = "LIST|REGEX",
      displayOrder = OWN_FIELD)
  public String getSources() {
    return sources;
  }

  /** Sets which attributes are units. */
  public void setSources(String sources) {
    // Lists of numbers may have blanks; regular expressions keep them.
    String list = sources.matches("[\\d,\\s-]+") ? sources.replaceAll("\\s", "") : sources;
    new UnitSelection("last", false, list, "", "", "", ""); // checks it
    this.sources = list;
  }

  @OptionMetadata(
      displayName = "Groups",
      description =
          "Makes one source of several units: their numbers within the layer, from 1, groups"
              + " separated by semicolons, e.g. 1,2;3-5. Every unit is in one group. If nothing is"
              + " given, every unit is a source.",
      commandLineParamName = "groups",
      commandLineParamSynopsis = "GROUPS",
      displayOrder = OWN_FIELD + 1)
  public String getGroups() {
    return groups;
  }

  /** Sets which units are one source. */
  public void setGroups(String groups) {
    this.groups = groups.replaceAll("\\s*([,;-])\\s*", "$1").strip();
  }

  @OptionMetadata(
      displayName = "Nominal class",
      description = "Makes every value of a numeric class a class of its own.",
      commandLineParamName = "nominal-class",
      commandLineParamIsFlag = true,
      displayOrder = OWN_FIELD + 2)
  public boolean isNominalClass() {
    return nominalClass;
  }

  /** Sets whether every value of a numeric class becomes a class. */
  public void setNominalClass(boolean nominalClass) {
    this.nominalClass = nominalClass;
  }

  @OptionMetadata(
      displayName = "Weights",
      description =
          "Attribute with the weight of every instance, e.g. the counts of a table of counts; it is"
              + " no unit. If nothing is given: the weights of the instances.",
      commandLineParamName = "weights",
      commandLineParamSynopsis = "NAME",
      displayOrder = OWN_FIELD + 3)
  public String getWeights() {
    return weights;
  }

  /** Sets the attribute with the weights. */
  public void setWeights(String weights) {
    this.weights = weights;
  }

  @OptionMetadata(
      displayName = "Samples",
      description =
          "Attribute that tells which instances are stochastic passes of the same sample; it is no"
              + " unit. All its passes are then one sample for halves, shuffles, R/m and corrected"
              + " values, which are the mean over passes. auto: "
              + UnitSelection.SAMPLE_ID
              + " if there is one, as HiddenActivations -passes makes it; none: every instance is a"
              + " sample.",
      commandLineParamName = "samples",
      commandLineParamSynopsis = "NAME",
      displayOrder = 23)
  public String getSamples() {
    return samples;
  }

  /** Sets the attribute of samples. */
  public void setSamples(String samples) {
    this.samples = samples;
  }

  @OptionMetadata(
      displayName = "Missing values",
      description =
          "Missing values in a source. level: they are a level of their own. drop: the instance is"
              + " left out. Instances without a class, or of weight 0, are always left out.",
      commandLineParamName = "missing",
      displayOrder = OWN_FIELD + 4)
  public MissingValues getMissingValues() {
    return missingValues;
  }

  /** Sets what becomes of missing values in sources. */
  public void setMissingValues(MissingValues missingValues) {
    this.missingValues = missingValues;
  }

  /** Which attributes are what. */
  public UnitSelection selection() {
    return new UnitSelection(
        classAttribute, nominalClass, sources, layers, groups, weights, samples);
  }
}
