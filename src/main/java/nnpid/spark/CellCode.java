package nnpid.spark;

/** Joint states of the units of a layer and the class as one number, with that of the layer. */
final class CellCode {
  /** What has more bits has so many states that hardly two rows have the same. */
  static final int MOST_BITS = 54;

  private final RowPlan plan;
  private final int layerBits;

  CellCode(RowPlan plan) {
    this.plan = plan;
    this.layerBits = bits(plan.layers().length);
  }

  /** How many bits the states of a layer need, without its number. */
  static int bits(RowPlan plan, RowPlan.Layer layer, int classCount) {
    int bits = bits(classCount);
    for (int unit : layer.units()) {
      bits += bits(plan.missingState(unit));
    }
    return bits;
  }

  /** Bits of numbers up to this one. */
  private static int bits(int largest) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
  }

  long key(int layer, int[] states, int target) {
    int[] units = plan.layers()[layer].units();
    long key = target;
    for (int i = states.length - 1; i >= 0; i--) {
      key = key << bits(plan.missingState(units[i])) | states[i];
    }
    return key << layerBits | layer;
  }

  int layer(long key) {
    return (int) (key & ((1L << layerBits) - 1));
  }

  /** Writes the states into the array; the class is returned. */
  int read(long key, int[] states) {
    int[] units = plan.layers()[layer(key)].units();
    long rest = key >>> layerBits;
    for (int i = 0; i < states.length; i++) {
      int bits = bits(plan.missingState(units[i]));
      states[i] = (int) (rest & ((1L << bits) - 1));
      rest >>>= bits;
    }
    return (int) rest;
  }
}
