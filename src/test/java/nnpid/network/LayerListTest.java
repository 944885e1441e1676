package nnpid.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerListTest {
  @Test
  void textsAreReadAndWritten() {
    List<Layer> layers =
        List.of(
            new Layer.Convolution(32, 3, 1, 1, Activation.RELU, 0),
            new Layer.MaxPooling(2, 2),
            new Layer.Convolution(64, 5, 2, 0, Activation.HARD_TANH, 4),
            new Layer.MaxPooling(3, 1),
            new Layer.Dense(128, Activation.TANH, 8),
            new Layer.Dense(5, Activation.LINEAR, 0));
    String text =
        "conv 32 k3 p1 relu, maxpool 2, conv 64 k5 s2 hard-tanh q4, maxpool 3 s1,"
            + " dense 128 tanh q8, dense 5 linear";
    assertEquals(text, LayerList.toString(layers));
    assertEquals(layers, LayerList.parse(text));
    assertEquals(layers, LayerList.parse(text.replace(' ', ':').replace(",:", ",")));
    assertEquals(layers.subList(0, 2), LayerList.parse("  conv 32 relu p1 k3 s1 ,maxpool 2 s2 "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                             | character 1, the end       | conv, maxpool or dense
          pool 2                         | character 1, where "pool"  | conv, maxpool or dense
          dense 5 tanh, conv x           | character 20, where "x"    | number of channels
          dense                          | character 6, the end       | number of units
          maxpool 2 relu                 | character 11, where "relu" | comma or sN
          dense 5                        | character 8, the end       | one activation
          dense 5 tanh relu, maxpool 2   | character 18, where ","    | one activation
          dense 5 step                   | character 9, where "step"  | qN or an activation
          dense 5 tanh k3                | character 14, where "k3"   | qN or an activation
          dense 5 tanh q8 q8             | character 17, where "q8"   | second q
          conv 5 relu                    | character 12, the end      | kernel
          dense 5 tanh,                  | character 14, the end      | conv, maxpool or dense
          dense 5 tanh dense 5 tanh      | character 14, where "dense" | an activation
          dense 5 tanh, dense 5 linear q8 | character 15, "dense"     | must have limits
          dense 5 tanh q1                | character 1, "dense"       | at least 2
          dense 0 tanh                   | character 1, "dense"       | at least 1
          conv 2 k3 p3 relu              | character 1, "conv"        | less than its kernel (3)
          conv 2 k3 s0 relu              | character 1, "conv"        | stride
          """)
  void mistakesAreNamedWithTheirPosition(String text, String position, String rule) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> LayerList.parse(text)).getMessage();
    assertTrue(message.contains(position) && message.contains(rule), message);
    assertTrue(message.startsWith("The layers (" + text + ")"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3x8x8 | conv 4 k9 relu                          | window (9)   | 8 of 3x8x8
          3x8x8 | conv 4 k9 p1 relu, conv 2 k5 relu       | window (5)   | 2 of 4x2x2
          3x8x8 | maxpool 4, maxpool 3                    | window (3)   | 2 of 3x2x2
          3x8x8 | dense 5 tanh, conv 4 k1 relu            | conv 4 k1 relu | before all dense
          """)
  void layersMustFitEachOther(String shape, String layers, String value, String rule) {
    Shape inputs = Shape.parse(shape);
    List<Layer> list = LayerList.parse(layers);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Architecture(inputs, list, OutputCode.ONE_HOT, 2))
            .getMessage();
    assertTrue(message.contains(value) && message.contains(rule), message);
  }
}
