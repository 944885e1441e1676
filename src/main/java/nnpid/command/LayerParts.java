package nnpid.command;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnpid.analysis.LayerPart;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;

/**
 * What a run has found about the layers of data, or one of several that share it.
 *
 * @param relation name of the data
 * @param quantization how activations became levels, as a sentence
 * @param atomCount how many atoms are to be listed
 * @param layers the names of all layers, in order
 * @param found of which something is known, in their order
 * @param test name of the test data, if there are any
 */
record LayerParts(
    String relation,
    String quantization,
    int atomCount,
    List<String> layers,
    List<Found> found,
    Optional<String> test)
    implements ShardFile.Content {
  private static final long serialVersionUID = 7402213985136640719L;

  /**
   * About one layer.
   *
   * @param name the layer
   * @param whole the result, if one run has it whole
   * @param part else a part of it
   * @param test the layer of the test data; missing also if the run was stopped before it
   */
  record Found(
      String name,
      Optional<LayerResult> whole,
      Optional<LayerPart> part,
      Optional<LayerResult> test)
      implements Serializable {
    private static final long serialVersionUID = 1099352174482203566L;

    static Found of(String name, LayerResult whole) {
      return new Found(name, Optional.of(whole), Optional.empty(), Optional.empty());
    }

    static Found of(String name, LayerPart part) {
      return new Found(name, Optional.empty(), Optional.of(part), Optional.empty());
    }

    Found withTest(LayerResult ofTest) {
      return new Found(name, whole, part, Optional.of(ofTest));
    }
  }

  /** Makes the lists immutable. */
  LayerParts {
    layers = List.copyOf(layers);
    found = List.copyOf(found);
  }

  /** The results of a run that was not shared. */
  Report report() {
    return report(List.of(this));
  }

  /**
   * The results of all runs together.
   *
   * @throws IllegalArgumentException if they do not fit together
   */
  static Report report(List<LayerParts> runs) {
    LayerParts any = runs.get(0);
    List<LayerResult> results = new ArrayList<>();
    List<LayerResult> ofTest = new ArrayList<>();
    List<String> unfinished = new ArrayList<>();
    for (String layer : any.layers) {
      List<Found> found =
          runs.stream()
              .flatMap(run -> run.found.stream())
              .filter(one -> one.name().equals(layer))
              .toList();
      if (found.isEmpty()) {
        unfinished.add(layer);
        continue;
      }
      results.add(
          found
              .get(0)
              .whole()
              .orElseGet(
                  () ->
                      LayerPart.merge(
                          found.stream().flatMap(one -> one.part().stream()).toList())));
      found.get(0).test().ifPresent(ofTest::add);
    }
    return new Report(
        any.relation,
        any.quantization,
        results,
        any.atomCount,
        unfinished,
        any.test.map(name -> new Report.Test(name, ofTest)));
  }
}
