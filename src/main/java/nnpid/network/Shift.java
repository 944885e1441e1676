package nnpid.network;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which unit of a channel every unit of another channel is connected to by one weight of a kernel.
 * Immutable.
 */
final class Shift {
  private static final int OUTSIDE = -1;

  private final int fromArea;
  private final int[] sources;
  private final int offset;
  private final int[] outside;
  private final boolean isFixed; // whether sources are a fixed distance apart

  private Shift(int fromArea, int[] sources) {
    this.fromArea = fromArea;
    this.sources = sources;
    this.outside = IntStream.range(0, sources.length).filter(i -> sources[i] == OUTSIDE).toArray();
    int[] inside = IntStream.range(0, sources.length).filter(i -> sources[i] != OUTSIDE).toArray();
    this.offset = inside.length == 0 ? 0 : sources[inside[0]] - inside[0];
    this.isFixed =
        fromArea == sources.length && Arrays.stream(inside).allMatch(i -> sources[i] == i + offset);
  }

  /** From the inputs of a convolution to its units, by the weight in a row and column. */
  static Shift forward(Layer.Convolution layer, Shape inputs, int row, int column) {
    Shape outputs = layer.outputs(inputs);
    int[] sources = new int[outputs.area()];
    for (int i = 0; i < sources.length; i++) {
      int y = i / outputs.width() * layer.stride() + row - layer.padding();
      int x = i % outputs.width() * layer.stride() + column - layer.padding();
      boolean inside = y >= 0 && y < inputs.height() && x >= 0 && x < inputs.width();
      sources[i] = inside ? y * inputs.width() + x : OUTSIDE;
    }
    return new Shift(inputs.area(), sources);
  }

  /** From the units of a convolution back to its inputs, by the same weight. */
  static Shift backward(Layer.Convolution layer, Shape inputs, int row, int column) {
    Shift forward = forward(layer, inputs, row, column);
    int[] sources = new int[inputs.area()];
    Arrays.fill(sources, OUTSIDE);
    for (int i = 0; i < forward.sources.length; i++) {
      if (forward.sources[i] != OUTSIDE) {
        sources[forward.sources[i]] = i;
      }
    }
    return new Shift(forward.sources.length, sources);
  }

  /** Copies the channel of every sample of a block, zeros where there is no unit. */
  void copy(double[] from, double[] to) {
    for (int sample = 0; sample < SampleBlock.SAMPLES; sample++) {
      int start = sample * fromArea;
      int target = sample * sources.length;
      if (!isFixed) {
        for (int i = 0; i < sources.length; i++) {
          to[target + i] = sources[i] == OUTSIDE ? 0 : from[start + sources[i]];
        }
        continue;
      }
      int length = sources.length - Math.abs(offset);
      System.arraycopy(
          from, start + Math.max(0, offset), to, target + Math.max(0, -offset), length);
      for (int i : outside) {
        to[target + i] = 0;
      }
    }
  }
}
