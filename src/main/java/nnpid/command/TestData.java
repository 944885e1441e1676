package nnpid.command;

import java.util.Optional;
import nnpid.weka.Arrangement;
import nnpid.weka.UnitSelection;
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
      throw new IllegalArgumentException(subject(noun, name) + ": " + e.getMessage(), e);
    }
    Optional<Arrangement> arrangement = Arrangement.of(own, model, subject(noun, name), others);
    return arrangement.isEmpty() ? own : arranged(own, arrangement.get());
  }

  private static Instances arranged(Instances own, Arrangement arrangement) {
    Instances arranged = new Instances(arrangement.header(), own.numInstances());
    for (Instance instance : own) {
      double[] cells = new double[arranged.numAttributes()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = arrangement.value(i, instance.value(arrangement.place(i)));
      }
      arranged.add(new DenseInstance(instance.weight(), cells));
    }
    return arranged;
  }

  /** What a message about data begins with. */
  static String subject(String noun, String name) {
    return "The " + noun + (name.isEmpty() ? "" : " (" + name + ")");
  }
}
