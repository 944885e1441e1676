package nnpid.network;

import java.util.Arrays;

/**
 * A convolution at work on a block of samples: matrices have a row per channel, in which the units
 * of the samples follow each other. The inputs of four weights at a time are moved to where the
 * units that they are connected to are, so that all is rows of the same length. Has memory of its
 * own to work in: not thread-safe.
 *
 * <p>The row of a weight in {@link Parameters} is that of its place in the kernel, row by row,
 * times the number of input channels, plus its channel.
 */
final class ConvolutionLayer {
  private final Layer.Convolution layer;
  private final Shape inputs;
  private final Shape outputs;
  private final int firstRow;
  private final int weightsPerUnit;
  private final Shift[] forward;
  private final Shift[] backward;
  private final double[][] moved; // four inputs, moved to the units
  private final double[][] movedBack; // four units' gradients, moved to the inputs
  private final double[] image; // inputs of a sample with padding, channels last
  private final double[][] windows = new double[4][]; // all inputs of four units
  private final double[][] weightGradients; // channel x weight

  ConvolutionLayer(Architecture architecture, int index) {
    this.layer = (Layer.Convolution) architecture.layers().get(index);
    this.inputs = architecture.inputsOf(index);
    this.outputs = architecture.inputsOf(index + 1);
    this.firstRow = Parameters.firstRow(architecture, index);
    this.weightsPerUnit = architecture.weightsPerUnit(index);
    int kernel = layer.kernel();
    forward = new Shift[kernel * kernel];
    backward = new Shift[kernel * kernel];
    for (int place = 0; place < forward.length; place++) {
      forward[place] = Shift.forward(layer, inputs, place / kernel, place % kernel);
      backward[place] = Shift.backward(layer, inputs, place / kernel, place % kernel);
    }
    moved = new double[4][SampleBlock.SAMPLES * outputs.area()];
    movedBack = new double[4][SampleBlock.SAMPLES * inputs.area()];
    image =
        new double
            [(inputs.height() + 2 * layer.padding())
                * (inputs.width() + 2 * layer.padding())
                * inputs.channels()];
    Arrays.setAll(windows, i -> new double[weightsPerUnit]);
    weightGradients = new double[layer.channels()][weightsPerUnit];
  }

  /** Sets the sums of the units: biases plus weighted inputs. */
  void forward(Parameters parameters, double[][] from, double[][] sums) {
    double[][] weights = parameters.rows();
    for (int channel = 0; channel < sums.length; channel++) {
      Arrays.fill(sums[channel], weights[firstRow + weightsPerUnit][channel]);
    }
    for (int weight = 0; weight < weightsPerUnit; weight += 4) {
      int count = Math.min(4, weightsPerUnit - weight);
      for (int k = 0; k < count; k++) {
        int place = (weight + k) / inputs.channels();
        forward[place].copy(from[(weight + k) % inputs.channels()], moved[k]);
      }
      int row = firstRow + weight;
      if (count == 4) {
        for (int channel = 0; channel < sums.length; channel++) {
          Rows.add(
              sums[channel],
              weights[row][channel],
              moved[0],
              weights[row + 1][channel],
              moved[1],
              weights[row + 2][channel],
              moved[2],
              weights[row + 3][channel],
              moved[3]);
        }
      } else {
        for (int k = 0; k < count; k++) {
          for (int channel = 0; channel < sums.length; channel++) {
            Rows.add(sums[channel], weights[row + k][channel], moved[k]);
          }
        }
      }
    }
  }

  /** Sets the gradients of the inputs by those of the units' sums. */
  void inputGradients(Parameters parameters, double[][] sums, double[][] gradients) {
    double[][] weights = parameters.rows();
    for (double[] row : gradients) {
      Arrays.fill(row, 0);
    }
    for (int place = 0; place < backward.length; place++) {
      int first = firstRow + place * inputs.channels();
      for (int unit = 0; unit < sums.length; unit += 4) {
        int count = Math.min(4, sums.length - unit);
        for (int k = 0; k < count; k++) {
          backward[place].copy(sums[unit + k], movedBack[k]);
        }
        for (int channel = 0; channel < gradients.length; channel++) {
          double[] row = weights[first + channel];
          if (count == 4) {
            Rows.add(
                gradients[channel],
                row[unit],
                movedBack[0],
                row[unit + 1],
                movedBack[1],
                row[unit + 2],
                movedBack[2],
                row[unit + 3],
                movedBack[3]);
          } else {
            for (int k = 0; k < count; k++) {
              Rows.add(gradients[channel], row[unit + k], movedBack[k]);
            }
          }
        }
      }
    }
  }

  /** Forgets the gradients of weights. */
  void clearWeightGradients() {
    for (double[] row : weightGradients) {
      Arrays.fill(row, 0);
    }
  }

  /**
   * Adds the gradients of the weights of a block, to be fetched by {@link #addTo}.
   *
   * @param from the inputs of the last forward pass
   * @param sums gradients of the units' sums
   * @param count number of samples
   */
  void weightGradients(double[][] from, double[][] sums, int count) {
    int area = outputs.area();
    for (int sample = 0; sample < count; sample++) {
      turn(from, sample);
      for (int position = 0; position < area; position += 4) {
        int units = Math.min(4, area - position);
        for (int k = 0; k < units; k++) {
          window(position + k, windows[k]);
        }
        int i = sample * area + position;
        for (int channel = 0; channel < sums.length; channel++) {
          double[] gradients = sums[channel];
          if (units == 4) {
            Rows.add(
                weightGradients[channel],
                gradients[i],
                windows[0],
                gradients[i + 1],
                windows[1],
                gradients[i + 2],
                windows[2],
                gradients[i + 3],
                windows[3]);
          } else {
            for (int k = 0; k < units; k++) {
              Rows.add(weightGradients[channel], gradients[i + k], windows[k]);
            }
          }
        }
      }
    }
  }

  /** Puts the inputs of a sample into the image, channels last. */
  private void turn(double[][] from, int sample) {
    int channels = inputs.channels();
    int rowLength = (inputs.width() + 2 * layer.padding()) * channels;
    for (int y = 0; y < inputs.height(); y++) {
      int start = (y + layer.padding()) * rowLength + layer.padding() * channels;
      int source = sample * inputs.area() + y * inputs.width();
      for (int channel = 0; channel < channels; channel++) {
        double[] row = from[channel];
        for (int x = 0; x < inputs.width(); x++) {
          image[start + x * channels + channel] = row[source + x];
        }
      }
    }
  }

  /** Copies all inputs of a unit, in the order of its weights. */
  private void window(int position, double[] to) {
    int channels = inputs.channels();
    int rowLength = (inputs.width() + 2 * layer.padding()) * channels;
    int start =
        position / outputs.width() * layer.stride() * rowLength
            + position % outputs.width() * layer.stride() * channels;
    int length = layer.kernel() * channels;
    for (int row = 0; row < layer.kernel(); row++) {
      System.arraycopy(image, start + row * rowLength, to, row * length, length);
    }
  }

  /** Adds what {@link #weightGradients} has added up, and the gradients of biases. */
  void addTo(Parameters gradient) {
    for (int channel = 0; channel < weightGradients.length; channel++) {
      double[] own = weightGradients[channel];
      for (int weight = 0; weight < own.length; weight++) {
        gradient.rows()[firstRow + weight][channel] += own[weight];
      }
    }
  }

  /** Where the gradients of the biases are in {@link Parameters}. */
  int biasRow() {
    return firstRow + weightsPerUnit;
  }

  int channels() {
    return layer.channels();
  }
}
