package nnpid.weka;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import nnpid.decomposition.Backbone;
import nnpid.report.LayerReport;
import nnpid.report.Report;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.Utils;

/**
 * Reports as a data set of Weka: an instance per layer, the columns of the CSV as attributes.
 *
 * <p>What is undefined is a missing value.
 */
public final class ReportInstances {
  private ReportInstances() {}

  /**
   * The layers of some reports, in order.
   *
   * @param name name of the data set
   */
  public static Instances of(String name, List<Report> reports) {
    List<LayerReport> layers =
        reports.stream().flatMap(report -> report.layers().stream()).toList();
    int degrees = layers.stream().mapToInt(l -> l.backbone().sourceCount()).max().orElse(0);
    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(nominal("layer", layers, LayerReport::layer));
    attributes.add(new Attribute("sources", (List<String>) null));
    attributes.add(nominal("target", layers, LayerReport::target));
    attributes.add(nominal("measure", layers, layer -> layer.measure().id()));
    attributes.add(nominal("method", layers, layer -> layer.method().id()));
    for (String column :
        List.of(
            "instances",
            "weight",
            "realizations",
            "realizationsPerInstance",
            "entropySources",
            "entropyTarget",
            "mutualInformation",
            "representationalComplexity",
            "standardError",
            "reingComplexity",
            "averageDegreeOfRedundancy",
            "averageDegreeOfVulnerability")) {
      attributes.add(new Attribute(column));
    }
    for (String column :
        List.of(
            "degreeOfSynergy",
            "degreeOfSynergyInformative",
            "degreeOfSynergyMisinformative",
            "reingDifference")) {
      for (int degree = 1; degree <= degrees; degree++) {
        attributes.add(new Attribute(column + degree));
      }
    }
    Instances data = new Instances(name, attributes, layers.size());
    for (LayerReport layer : layers) {
      data.add(new DenseInstance(1, values(layer, degrees, data)));
    }
    return data;
  }

  private static Attribute nominal(
      String name, List<LayerReport> layers, Function<LayerReport, String> value) {
    return new Attribute(name, layers.stream().map(value).distinct().toList());
  }

  private static double[] values(LayerReport layer, int degrees, Instances data) {
    List<Double> values = new ArrayList<>();
    values.add((double) data.attribute(0).indexOfValue(layer.layer()));
    String sources =
        layer.sources().stream().map(LayerReport::sourceName).collect(Collectors.joining(" "));
    values.add((double) data.attribute(1).addStringValue(sources));
    values.add((double) data.attribute(2).indexOfValue(layer.target()));
    values.add((double) data.attribute(3).indexOfValue(layer.measure().id()));
    values.add((double) data.attribute(4).indexOfValue(layer.method().id()));
    values.add((double) layer.instanceCount());
    values.add(layer.weight());
    values.add((double) layer.realizationCount());
    values.add(layer.realizationShare());
    values.add(layer.entropySources());
    values.add(layer.entropyTarget());
    values.add(layer.mutualInformation());
    values.add(layer.representationalComplexity().orElse(Utils.missingValue()));
    values.add(layer.standardError().orElse(Utils.missingValue()));
    values.add(layer.related().reingComplexity());
    values.add(layer.related().averageDegreeOfRedundancy());
    values.add(layer.related().averageDegreeOfVulnerability());
    Backbone backbone = layer.backbone();
    List<Double> reing = layer.related().reingDifferences();
    int sourceCount = backbone.sourceCount();
    addByDegree(values, backbone::information, sourceCount, degrees);
    addByDegree(values, backbone::informative, sourceCount, degrees);
    addByDegree(values, backbone::misinformative, sourceCount, degrees);
    addByDegree(values, degree -> reing.get(degree - 1), sourceCount, degrees);
    // NaN is what Weka means by missing.
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void addByDegree(
      List<Double> values, IntToDoubleFunction value, int sourceCount, int degrees) {
    for (int degree = 1; degree <= degrees; degree++) {
      values.add(degree <= sourceCount ? value.applyAsDouble(degree) : Utils.missingValue());
    }
  }
}
