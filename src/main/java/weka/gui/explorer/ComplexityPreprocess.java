package weka.gui.explorer;

import java.io.File;
import java.lang.reflect.Field;
import java.util.Optional;
import javax.swing.JFileChooser;
import nnpid.weka.HiddenUnits;
import nnpid.weka.NetworkClassifier;
import weka.core.Instances;
import weka.filters.Filter;
import weka.filters.supervised.attribute.HiddenActivations;

/** What there is to do with the Preprocess tab: where the data come from and activations go. */
final class ComplexityPreprocess {
  private ComplexityPreprocess() {}

  /**
   * The file that was chosen last on the tab, to read the data or to save them. Whether they are in
   * it must be seen.
   */
  static Optional<File> file(PreprocessPanel panel) {
    if (panel == null) {
      return Optional.empty();
    }
    try {
      // Nothing that Weka lets others see tells the file.
      Field chooser = PreprocessPanel.class.getDeclaredField("m_FileChooser");
      chooser.setAccessible(true);
      return Optional.ofNullable(((JFileChooser) chooser.get(panel)).getSelectedFile());
    } catch (ReflectiveOperationException | RuntimeException e) {
      return Optional.empty(); // another version of Weka: then it is not known
    }
  }

  /**
   * The levels of a network's hidden units for data.
   *
   * @throws IllegalArgumentException if they do not fit; the message is for users
   * @throws Exception if the filter fails
   */
  static Instances activations(NetworkClassifier network, Instances data) throws Exception {
    Instances copy = new Instances(data);
    String className = HiddenUnits.of(network).header().classAttribute().name();
    if (copy.attribute(className) == null) {
      throw new IllegalArgumentException(
          "The loaded data must have the class of the network, \""
              + className
              + "\": they have no such attribute.\nMaybe load the data it was trained on.");
    }
    copy.setClass(copy.attribute(className));
    HiddenActivations filter = new HiddenActivations();
    filter.setInputFormat(copy, network);
    Instances activations = Filter.useFilter(copy, filter);
    activations.setRelationName(data.relationName() + "-activations");
    return activations;
  }
}
