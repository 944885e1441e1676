package nnpid.weka;

import java.util.List;

/** A loader of Weka for files that hold arrays, of which one may be the class. */
public interface ArrayLoader {
  /** The names that make an array the class, if it is the only one in a file, and never a layer. */
  List<String> LABEL_ARRAYS = List.of("labels", "label", "y");

  /**
   * Makes an array the class if an archive has one of this name; otherwise the class is chosen as
   * ever. An array that an option of the loader names must be there, and goes before this one.
   */
  void preferLabelArray(String name);
}
