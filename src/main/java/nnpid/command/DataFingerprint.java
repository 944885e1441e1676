package nnpid.command;

import weka.core.Attribute;
import weka.core.Instance;
import weka.core.Instances;

/**
 * A number that is the same for the same data, to tell whether a file still has what was analyzed.
 * The name of the data does not count, nor which attribute is the class.
 */
public final class DataFingerprint {
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private long sum;

  private DataFingerprint() {}

  /** That of some data; takes about as long as to copy them. */
  public static long of(Instances data) {
    DataFingerprint print = new DataFingerprint();
    for (int i = 0; i < data.numAttributes(); i++) {
      Attribute attribute = data.attribute(i);
      print.add(attribute.toString().hashCode());
    }
    for (Instance instance : data) {
      print.add(Double.doubleToLongBits(instance.weight()));
      for (int i = 0; i < data.numAttributes(); i++) {
        print.add(Double.doubleToLongBits(instance.value(i)));
      }
    }
    return print.sum;
  }

  private void add(long bits) {
    sum = (Long.rotateLeft(sum, 23) ^ bits) * FACTOR;
    sum ^= sum >>> 29;
  }
}
