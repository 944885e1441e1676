package nnpid.analysis;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.ComplexityBounds;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.Subsampling;
import nnpid.execution.ProgressReports;

/**
 * What was found out about the information by degree of synergy and about C: exactly, or in another
 * way that the kind of finding tells.
 */
public sealed interface Finding extends Serializable {

  /** How it was found. */
  Method method();

  /** Information by degree of synergy, of what was decomposed: for groups that of the groups. */
  Backbone backbone();

  /** C of what was decomposed: for subsets their mean, for groups that of the groups. */
  default double complexity() {
    return backbone().representationalComplexity();
  }

  /** C of the layer; NaN where it is undefined or not known. */
  default double representationalComplexity() {
    return complexity();
  }

  /** Whether C is exact wherever it is defined. */
  default boolean isExact() {
    return false;
  }

  /** Whether C has a standard error wherever it is defined. */
  default boolean isEstimated() {
    return false;
  }

  /** Standard error of C; NaN if it has none, or an undefined one, as from a single subset. */
  default double standardError() {
    return Double.NaN;
  }

  /** Between what C lies where it is not known. */
  default Optional<Interval> bounds() {
    return Optional.empty();
  }

  /** All atoms, where they were computed. */
  default Optional<PartialInformationDecomposition> decomposition() {
    return Optional.empty();
  }

  /** Why C is undefined or not known. */
  default String whyUnknown() {
    return "The representational complexity is undefined: the sources have no information about"
        + " the target.";
  }

  /** Whether it was stopped before its time. */
  default boolean isStopped() {
    return false;
  }

  /** Sentences about what makes it doubtful. */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * Bounds for C.
   *
   * @param lower at most C
   * @param upper at least C
   */
  record Interval(double lower, double upper) {}

  /** All atoms, and from them everything else. */
  record Decomposed(PartialInformationDecomposition atoms) implements Finding {
    @Override
    public Method method() {
      return Method.LATTICE;
    }

    @Override
    public Backbone backbone() {
      return atoms.backbone();
    }

    @Override
    public boolean isExact() {
      return backbone().isExact();
    }

    @Override
    public Optional<PartialInformationDecomposition> decomposition() {
      return Optional.of(atoms);
    }
  }

  /** The information by degree of synergy without atoms. */
  record Exact(Backbone backbone) implements Finding {
    @Override
    public Method method() {
      return Method.BACKBONE;
    }

    @Override
    public boolean isExact() {
      return backbone.isExact();
    }

    @Override
    public List<String> warnings() {
      return isExact()
          ? List.of()
          : List.of(
              "Too many subsets of sources to try all: the information of some degrees rests on a"
                  + " heuristic search. C is an upper bound.");
    }
  }

  /** An estimate; bounds for C where searches ran out of nodes. */
  record Estimated(ComplexityEstimate estimate, CoverageSettings settings) implements Finding {
    @Override
    public Method method() {
      return Method.COVERAGE;
    }

    @Override
    public Backbone backbone() {
      return estimate.backbone();
    }

    @Override
    public boolean isEstimated() {
      return true;
    }

    @Override
    public double standardError() {
      return estimate.standardError();
    }

    @Override
    public Optional<Interval> bounds() {
      return estimate.bounds().map(bounds -> new Interval(bounds.lower(), bounds.upper()));
    }

    @Override
    public String whyUnknown() {
      return estimate.bounds().isPresent()
          ? "The representational complexity is not known: searches "
              + (endedByTime() ? "were ended by the time limit" : "ran out of nodes")
              + ". See its bounds."
          : Finding.super.whyUnknown();
    }

    private boolean endedByTime() {
      return estimate.end() == ComplexityEstimate.End.TIME;
    }

    @Override
    public boolean isStopped() {
      return !estimate.complete();
    }

    @Override
    public List<String> warnings() {
      List<String> warnings = new ArrayList<>();
      if (isStopped()) {
        warnings.add("The estimate was stopped before it reached the wanted precision.");
      }
      if (endedByTime() && estimate.bounds().isEmpty()) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "The estimate ended at its time limit (%s) before it reached the wanted precision"
                    + " (%s). The error that is shown holds; more time (-time-limit) makes it"
                    + " smaller.",
                ProgressReports.duration(settings.timeLimitSeconds()),
                settings.precision()));
      }
      estimate
          .bounds()
          .ifPresent(
              bounds ->
                  warnings.add(
                      String.format(
                          Locale.ROOT,
                          "%d searches %s: C lies between %.4f (+- %.4f) and %.4f (+- %.4f).%s",
                          bounds.unresolved(),
                          endedByTime()
                              ? String.format(
                                  "were not done when the time limit (%s) ended them",
                                  ProgressReports.duration(settings.timeLimitSeconds()))
                              : "ran out of nodes",
                          bounds.lower(),
                          bounds.lowerStandardError(),
                          bounds.upper(),
                          bounds.upperStandardError(),
                          endedByTime()
                              ? " More time (-time-limit) and nodes (-nodes), or fewer units, bring"
                                  + " them together."
                              : " More nodes (-nodes), or fewer units, bring them together.")));
      return warnings;
    }
  }

  /**
   * Random subsets of the sources.
   *
   * @param backbone their mean, from 1 to the size of the subsets
   */
  record Subsampled(Subsampling subsampling, Backbone backbone) implements Finding {
    static Subsampled of(Subsampling subsampling) {
      return new Subsampled(subsampling, subsampling.meanBackbone());
    }

    @Override
    public Method method() {
      return Method.SUBSAMPLING;
    }

    @Override
    public double complexity() {
      return subsampling.meanComplexity();
    }

    @Override
    public boolean isEstimated() {
      return true;
    }

    @Override
    public double standardError() {
      return subsampling.standardError();
    }
  }

  /** Groups of the sources and the bounds from them; C itself only if every unit is a group. */
  record Grouped(CoarseGrainedComplexity groups) implements Finding {
    @Override
    public Method method() {
      return Method.COARSE_GRAINING;
    }

    @Override
    public Backbone backbone() {
      return groups.backbone();
    }

    @Override
    public double representationalComplexity() {
      return groups.isExact() ? complexity() : Double.NaN;
    }

    /** They hold under the paper's assumption, see {@link ComplexityBounds}. */
    @Override
    public Optional<Interval> bounds() {
      return groups.isExact() || Double.isNaN(complexity())
          ? Optional.empty()
          : Optional.of(new Interval(groups.bounds().lower(), groups.bounds().upper()));
    }

    @Override
    public String whyUnknown() {
      if (bounds().isEmpty()) {
        return Finding.super.whyUnknown();
      }
      ComplexityBounds bounds = groups.bounds();
      return String.format(
          Locale.ROOT,
          "Groups of units bound the representational complexity: from %.4f, which is that of the"
              + " groups, to %.4f, if no information of the units is negative within a degree of"
              + " synergy of the groups; in any case from %.4f to %.4f.",
          bounds.lower(),
          bounds.upper(),
          bounds.lowerUnconditional(),
          bounds.upperUnconditional());
    }

    @Override
    public List<String> warnings() {
      List<String> warnings = new ArrayList<>();
      if (groups.search().isPresent() && !groups.search().get().complete()) {
        warnings.add("The search for groups ended before its last step; the best so far is shown.");
      }
      if (groups.refutesAssumption()) {
        warnings.add(
            "The information of some degree of synergy of the groups is negative: lower and upper"
                + " bound need not hold. The unconditional ones do.");
      }
      return warnings;
    }
  }
}
