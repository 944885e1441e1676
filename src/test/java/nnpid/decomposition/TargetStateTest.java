package nnpid.decomposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import nnpid.decomposition.PartialInformationDecomposition.TargetState;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SpecificInformation;
import nnpid.execution.Execution;
import nnpid.testing.Gates;
import nnpid.testing.GoldenFile;
import nnpid.testing.GoldenFile.GoldenAtom;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decomposition of the information about single target states. */
class TargetStateTest {
  static Stream<GoldenFile> targetLocalFiles() {
    return GoldenFile.targetLocal();
  }

  @ParameterizedTest
  @MethodSource("targetLocalFiles")
  void everyAtomAgreesWithSxPid(GoldenFile golden) {
    List<TargetState> states = of(golden.table());
    assertEquals(golden.targetCount(), states.size());
    for (int i = 0; i < states.size(); i++) {
      TargetState state = states.get(i);
      assertEquals(i, state.targetState());
      assertEquals(golden.targetProbability(i), state.probability(), 1e-12);
      for (GoldenAtom expected : golden.targetAtoms(i)) {
        Atom atom = state.decomposition().atom(expected.antichain());
        assertEquals(expected.informative(), atom.informative(), 1e-9);
        assertEquals(expected.misinformative(), atom.misinformative(), 1e-9);
        assertEquals(expected.average(), atom.average(), 1e-9);
      }
    }
  }

  @ParameterizedTest
  @MethodSource({"nnpid.testing.Distributions#oneToFourSources", "nnpid.testing.Gates#all"})
  void weightedByProbabilityTheySumToTheWhole(SampleTable table) {
    PartialInformationDecomposition whole =
        PartialInformationDecomposition.of(
            table.toDistribution(), Measure.SX, Execution.sequential());
    List<TargetState> states = of(table);
    assertEquals(1, states.stream().mapToDouble(TargetState::probability).sum(), 1e-12);
    whole
        .atoms()
        .forEach(
            atom -> {
              double informative = 0;
              double misinformative = 0;
              for (TargetState state : states) {
                Atom local = state.decomposition().atom(atom.antichain());
                informative += state.probability() * local.informative();
                misinformative += state.probability() * local.misinformative();
              }
              assertEquals(atom.informative(), informative, 1e-11);
              assertEquals(atom.misinformative(), misinformative, 1e-11);
            });
    for (int degree = 1; degree <= table.sourceCount(); degree++) {
      double sum = 0;
      for (TargetState state : states) {
        sum += state.probability() * state.decomposition().backbone().information(degree);
      }
      assertEquals(whole.backbone().information(degree), sum, 1e-11);
    }
  }

  @ParameterizedTest
  @MethodSource({"nnpid.testing.Distributions#oneToFourSources", "nnpid.testing.Gates#all"})
  void atomsOfAStateSumToItsSpecificInformation(SampleTable table) {
    SpecificInformation information = SpecificInformation.of(table.toDistribution());
    double[] weighted = information.weighted(information.allSources());
    List<TargetState> states = of(table);
    for (int i = 0; i < states.size(); i++) {
      PartialInformationDecomposition decomposition = states.get(i).decomposition();
      double expected = weighted[i] / states.get(i).probability();
      assertEquals(expected, decomposition.mutualInformation(), 1e-11);
      assertEquals(expected, decomposition.atoms().mapToDouble(Atom::average).sum(), 1e-10);
    }
  }

  /** Samples of a class see the others of all classes, and the others of theirs. */
  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#countsOfOneToFiveSources")
  void correctedStatesSumToTheCorrectedWhole(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    BothValues<PartialInformationDecomposition> whole =
        PartialInformationDecomposition.ofBoth(distribution, Execution.sequential());
    List<TargetState> corrected =
        PartialInformationDecomposition.ofTargetStates(
            distribution, Values.CORRECTED, Execution.sequential());
    for (int degree = 1; degree <= table.sourceCount(); degree++) {
      double informative = 0;
      double misinformative = 0;
      for (TargetState state : corrected) {
        Backbone backbone = state.decomposition().backbone();
        informative += state.probability() * backbone.informative(degree);
        misinformative += state.probability() * backbone.misinformative(degree);
      }
      Backbone expected = whole.corrected().backbone();
      assertEquals(expected.informative(degree), informative, 1e-11);
      assertEquals(expected.misinformative(degree), misinformative, 1e-11);
    }
    List<TargetState> plugIn = of(table);
    for (int i = 0; i < plugIn.size(); i++) {
      Backbone both = corrected.get(i).backbones().orElseThrow().plugIn();
      assertEquals(
          plugIn.get(i).decomposition().mutualInformation(), both.mutualInformation(), 1e-12);
      double information = 0; // by hand, from the harmonic numbers of samples that agree
      double weight = 0;
      for (int s = 0; s < table.sampleCount(); s++) {
        if (table.target(s) == plugIn.get(i).targetState()) {
          double ofClass = count(table, s, false, true);
          information +=
              table.weight(s)
                  * (harmonic(distribution.totalWeight())
                      - harmonic(count(table, s, true, false))
                      - harmonic(ofClass)
                      + harmonic(count(table, s, true, true)));
          weight += table.weight(s);
        }
      }
      assertEquals(
          information / weight / Math.log(2),
          corrected.get(i).decomposition().mutualInformation(),
          1e-11);
    }
  }

  /** How many samples agree in the sources, the target, or both. */
  private static double count(SampleTable table, int sample, boolean sources, boolean target) {
    double count = 0;
    for (int other = 0; other < table.sampleCount(); other++) {
      boolean agrees = !target || table.target(other) == table.target(sample);
      for (int i = 0; i < table.sourceCount(); i++) {
        agrees &= !sources || table.state(other, i) == table.state(sample, i);
      }
      count += agrees ? table.weight(other) : 0;
    }
    return count;
  }

  /** H_(N-1). */
  private static double harmonic(double count) {
    double sum = 0;
    for (int i = 1; i < count; i++) {
      sum += 1.0 / i;
    }
    return sum;
  }

  @Test
  void rejectsMoreThanSixSources() {
    JointDistribution distribution = Gates.giantBit(7).toDistribution();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                PartialInformationDecomposition.ofTargetStates(
                    distribution, Execution.sequential()));
    assertTrue(e.getMessage().contains("(7)"), e.getMessage());
  }

  private static List<TargetState> of(SampleTable table) {
    return PartialInformationDecomposition.ofTargetStates(
        table.toDistribution(), Execution.sequential());
  }
}
