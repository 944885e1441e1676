package nnpid.analysis;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The results of one run: one report per layer, and how the data were prepared.
 *
 * @param relation name of the data set
 * @param quantization how numeric activations became levels, as a sentence
 * @param layers the layers in order of appearance
 * @param atomCount how many atoms are to be listed per layer, the largest first: 0 for none, {@link
 *     #ALL_ATOMS} for all in the order of the lattice
 * @param unfinishedLayers names of the layers that were not analyzed, since the run was stopped
 * @param test the same layers of test data, if there are any
 */
public record Report(
    String relation,
    String quantization,
    List<LayerResult> layers,
    int atomCount,
    List<String> unfinishedLayers,
    Optional<Test> test)
    implements Serializable {
  /**
   * The same layers of other data, with the same limits of levels.
   *
   * @param relation name of the data set
   * @param layers in the same order, named {@link #nameOfTest}; if the run was stopped, one may be
   *     missing
   */
  public record Test(String relation, List<LayerResult> layers) implements Serializable {
    /** Makes the list immutable. */
    public Test {
      layers = List.copyOf(layers);
    }
  }

  /** Lists every atom. */
  public static final int ALL_ATOMS = Integer.MAX_VALUE;

  /** Makes the lists immutable. */
  public Report {
    layers = List.copyOf(layers);
    unfinishedLayers = List.copyOf(unfinishedLayers);
  }

  /** Results without test data. */
  public Report(
      String relation,
      String quantization,
      List<LayerResult> layers,
      int atomCount,
      List<String> unfinishedLayers) {
    this(relation, quantization, layers, atomCount, unfinishedLayers, Optional.empty());
  }

  /** The results of a run that was not stopped. */
  public Report(String relation, String quantization, List<LayerResult> layers, int atomCount) {
    this(relation, quantization, layers, atomCount, List.of());
  }

  /** The same with another number of atoms to be listed. */
  public Report withAtoms(int newAtomCount) {
    return new Report(relation, quantization, layers, newAtomCount, unfinishedLayers, test);
  }

  /** What a layer is called as one of test data. */
  public static String nameOfTest(String layer) {
    return layer + " test";
  }

  /** All layers, each followed by that of the test data, if there are any. */
  public List<LayerResult> rows() {
    List<LayerResult> rows = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      rows.add(layers.get(i));
      testOf(i).ifPresent(rows::add);
    }
    return rows;
  }

  /** The layer of the test data that belongs to one of the others. */
  public Optional<LayerResult> testOf(int layerIndex) {
    return test.filter(one -> layerIndex < one.layers().size())
        .map(one -> one.layers().get(layerIndex));
  }

  /** What is to be said of layers that were not analyzed; empty if there are none. */
  public String unfinishedNote() {
    return unfinishedLayers.isEmpty()
        ? ""
        : "The run was stopped; not analyzed: " + String.join(", ", unfinishedLayers) + ".";
  }
}
