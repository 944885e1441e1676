package nnpid.testing;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import nnpid.lattice.Antichain;

/** Antichains over few sources, whose bit masks are {@code int}s. */
public final class Antichains {
  private Antichains() {}

  public static Antichain of(int... sourceMasks) {
    return Antichain.of(Arrays.stream(sourceMasks).asLongStream().toArray());
  }

  public static Antichain of(Collection<Integer> sourceMasks) {
    return of(sourceMasks.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The bit masks of the members, in their order. */
  public static List<Integer> sourceMasks(Antichain antichain) {
    return antichain.sourceMasks().stream().map(Math::toIntExact).toList();
  }
}
