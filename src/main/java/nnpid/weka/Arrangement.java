package nnpid.weka;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import weka.core.Attribute;
import weka.core.Instances;

/**
 * Where data have the attributes and nominal values of others, the model: attributes and values may
 * come in another order, but must be the same. Immutable.
 */
public final class Arrangement {
  private final Instances model;
  private final Instances own;
  private final String subject;
  private final String others;
  private final int[] places; // by attribute of the model
  private final int[][] values; // the same, by own value; negative where the model has none

  private Arrangement(Instances own, Instances model, String subject, String others) {
    this.model = new Instances(model, 0);
    this.own = new Instances(own, 0);
    this.subject = subject;
    this.others = others;
    places = new int[model.numAttributes()];
    values = new int[places.length][];
    for (int i = 0; i < places.length; i++) {
      Attribute found = find(i);
      places[i] = found.index();
      values[i] = values(found, model.attribute(i));
    }
    if (own.numAttributes() > places.length) {
      throw different(
          "have no other units than %s: \"%s\" is none of them.".formatted(others, firstUnknown()));
    }
  }

  /**
   * How data are to be arranged; empty if they are so already.
   *
   * @param own the selected attributes of the data
   * @param model those of the others
   * @param subject the data as a message begins: {@code The test data (-T test.arff)}
   * @param others what the others are called: {@code the data}
   * @throws IllegalArgumentException if the data lack an attribute or have another one; the message
   *     names it
   */
  public static Optional<Arrangement> of(
      Instances own, Instances model, String subject, String others) {
    return own.equalHeaders(model)
        ? Optional.empty()
        : Optional.of(new Arrangement(own, model, subject, others));
  }

  private Attribute find(int i) {
    Attribute attribute = model.attribute(i);
    Attribute found = own.attribute(attribute.name());
    if (found == null) {
      throw different(
          "have the attribute \"%s\", as %s: there is none of this name.%s"
              .formatted(attribute.name(), others, AttributeNames.nearest(attribute.name(), own)));
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
    return found;
  }

  private static int[] values(Attribute own, Attribute other) {
    int[] values = new int[own.isNominal() ? own.numValues() : 0];
    for (int value = 0; value < values.length; value++) {
      values[value] = other.indexOfValue(own.value(value));
    }
    return values;
  }

  private String firstUnknown() {
    for (int i = 0; i < own.numAttributes(); i++) {
      if (model.attribute(own.attribute(i).name()) == null) {
        return own.attribute(i).name();
      }
    }
    throw new IllegalStateException("Attributes have the same names and are more.");
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
    return new IllegalArgumentException(subject + " must " + rule);
  }

  /** The attributes as they are to be, without data, by the name of the data. */
  public Instances header() {
    Instances header = new Instances(model, 0);
    header.setRelationName(own.relationName());
    return header;
  }

  /** Where the data have an attribute of the model. */
  public int place(int attribute) {
    return places[attribute];
  }

  /**
   * What a value of an attribute of the model is there.
   *
   * @param value as the data have it: a number, the index of a nominal value, NaN if it is missing
   * @throws IllegalArgumentException if it is a nominal value that the model does not have
   */
  public double value(int attribute, double value) {
    return values[attribute].length == 0 || Double.isNaN(value)
        ? value
        : label(attribute, (int) value);
  }

  /**
   * What a nominal value of an attribute of the model is there.
   *
   * @throws IllegalArgumentException if the model does not have it
   */
  int label(int attribute, int value) {
    int there = values[attribute][value];
    if (there < 0) {
      Attribute found = own.attribute(places[attribute]);
      throw different(
          "have no other values of \"%s\" than %s: \"%s\" is none of them."
              .formatted(found.name(), others, found.value(value)));
    }
    return there;
  }
}
