package nnpid.analysis;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import nnpid.coarsegraining.CoarseGraining;

/**
 * A layer as its analysis begins.
 *
 * @param name how it is called
 * @param sources the units of every source: one name each, or several for a group
 * @param target name of the target
 * @param targetStates names of its states
 * @param units how the activations of units became levels; none for units that were nominal
 * @param warnings sentences about what is already known to make the result doubtful
 */
public record Layer(
    String name,
    List<List<String>> sources,
    String target,
    List<String> targetStates,
    List<UnitLevels> units,
    List<String> warnings)
    implements Serializable {

  /** Makes the lists immutable. */
  public Layer {
    sources = sources.stream().map(List::copyOf).toList();
    targetStates = List.copyOf(targetStates);
    units = List.copyOf(units);
    warnings = List.copyOf(warnings);
  }

  /** A layer of which no more is known. */
  public Layer(String name, List<List<String>> sources, String target, List<String> targetStates) {
    this(name, sources, target, targetStates, List.of(), List.of());
  }

  /** Sources of one unit each, named after the layer: L3_1, L3_2, ... */
  static List<List<String>> numberedUnits(String layer, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(unit -> List.of(layer + "_" + unit)).toList();
  }

  /** The name of a source: its unit's, or those of a group joined by {@code +}. */
  public static String sourceName(List<String> units) {
    return String.join("+", units);
  }

  /** The names of the sources. */
  public List<String> sourceNames() {
    return sources.stream().map(Layer::sourceName).toList();
  }

  /** The names of the sources of every group. */
  public List<List<String>> unitsOf(CoarseGraining groups) {
    List<String> names = sourceNames();
    return groups.groups().stream().map(group -> group.stream().map(names::get).toList()).toList();
  }
}
