package nnpid.command;

import java.util.ArrayList;
import java.util.List;
import nnpid.weka.AttributeNames;
import nnpid.weka.UnitSelection;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;

/**
 * Data beside others, which must have what these have: the same units, of the same types, and no
 * other labels. Attributes and labels may come in another order.
 *
 * @param instances the data as they were read
 * @param noun what they are called in messages: {@code test data}
 * @param name how the user named them: {@code -T test.arff}
 * @param others what the others are called: {@code the data}
 */
record TestData(Instances instances, String noun, String name, String others) {
  /**
   * What is selected of these data, with the attributes and labels of what was selected of others.
   *
   * @param model what was selected of the others
   * @throws IllegalArgumentException if these data lack something or have something else; the
   *     message names them and the attribute
   * @throws Exception if a filter of Weka fails
   */
  Instances like(Instances model, UnitSelection selection) throws Exception {
    Instances own;
    try {
      own = selection.select(instances);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(subject() + ": " + e.getMessage(), e);
    }
    if (own.equalHeaders(model)) {
      return own;
    }
    int[] places = new int[model.numAttributes()];
    int[][] values = new int[model.numAttributes()][];
    for (int i = 0; i < places.length; i++) {
      Attribute attribute = model.attribute(i);
      Attribute found = own.attribute(attribute.name());
      if (found == null) {
        throw different(
            "have the attribute \"%s\", as %s: there is none of this name.%s"
                .formatted(
                    attribute.name(), others, AttributeNames.nearest(attribute.name(), own)));
      }
      boolean isTarget = i == model.classIndex();
      if (isTarget != (found.index() == own.classIndex()) || found.type() != attribute.type()) {
        throw different(
            "have the attribute \"%s\" as %s: it is %s here, %s there."
                .formatted(
                    attribute.name(),
                    others,
                    describe(found, own.classIndex()),
                    describe(attribute, model.classIndex())));
      }
      places[i] = found.index();
      values[i] = values(found, attribute, own);
    }
    if (own.numAttributes() > places.length) {
      throw different(
          "have no other units than %s: \"%s\" is none of them."
              .formatted(others, firstUnknown(own, model)));
    }
    return arranged(own, model, places, values);
  }

  private static String firstUnknown(Instances own, Instances model) {
    for (int i = 0; i < own.numAttributes(); i++) {
      if (model.attribute(own.attribute(i).name()) == null) {
        return own.attribute(i).name();
      }
    }
    throw new IllegalStateException("Attributes have the same names and are more.");
  }

  /** The index that every value has among others; values that do not occur may be missing there. */
  private int[] values(Attribute own, Attribute other, Instances data) {
    if (!own.isNominal()) {
      return new int[0];
    }
    int[] values = new int[own.numValues()];
    for (int value = 0; value < values.length; value++) {
      values[value] = other.indexOfValue(own.value(value));
    }
    for (Instance instance : data) {
      if (!instance.isMissing(own) && values[(int) instance.value(own)] < 0) {
        throw different(
            "have no other values of \"%s\" than %s: \"%s\" is none of them."
                .formatted(own.name(), others, own.value((int) instance.value(own))));
      }
    }
    return values;
  }

  private static Instances arranged(Instances own, Instances model, int[] places, int[][] values) {
    Instances arranged = new Instances(model, own.numInstances());
    arranged.setRelationName(own.relationName());
    for (Instance instance : own) {
      double[] cells = new double[places.length];
      for (int i = 0; i < places.length; i++) {
        double value = instance.value(places[i]);
        cells[i] = Double.isNaN(value) || values[i].length == 0 ? value : values[i][(int) value];
      }
      arranged.add(new DenseInstance(instance.weight(), cells));
    }
    return arranged;
  }

  private static String describe(Attribute attribute, int classIndex) {
    List<String> facts = new ArrayList<>();
    facts.add(Attribute.typeToString(attribute));
    if (attribute.index() == classIndex) {
      facts.add("the class");
    }
    return String.join(" and ", facts);
  }

  private IllegalArgumentException different(String rule) {
    return new IllegalArgumentException(subject() + " must " + rule);
  }

  private String subject() {
    return "The " + noun + (name.isEmpty() ? "" : " (" + name + ")");
  }
}
