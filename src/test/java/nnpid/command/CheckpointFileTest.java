package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import nnpid.network.Epochs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which number in the names of files is the epoch, which the repeat. */
class CheckpointFileTest {

  private static List<CheckpointFile> of(String names, String epoch, String repeat) {
    return CheckpointFile.of(
        List.of(names.split(" ", -1)), epoch == null ? "" : epoch, repeat == null ? "" : repeat);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          e_10.npz e_9.npz e_009x.npz | e_(\\d+) | | refused
          e_10.npz e_9.npz | | | 1/9 1/10
          net5_L3_e0.npy net5_L3_e20.npy | | | 1/0 1/20
          run2/epoch_1.npz run10/epoch_0.npz run2/epoch_0.npz | | | 2/0 2/1 10/0
          seed7-step=100.csv seed8-step=50.csv | | | 7/100 8/50
          a1_b2.npz a2_b3.npz | b(\\d+) | a(\\d+) | 1/2 2/3
          a1_b2.npz a2_b3.npz | | a(\\d+) | 1/2 2/3
          a1_b2.npz a2_b3.npz | b(\\d+) | | 1/2 1/3
          epoch_1/m_epoch_3.npz epoch_1/m_epoch_4.npz | epoch_(\\d+) | | 1/3 1/4
          one7.npz | | | 1/7
          run1/epoch_0.25.npz run1/epoch_1.npz | | | 1/0.25 1/1
          run1.5.npz run1.10.npz | | | 1/5 1/10
          a0.5.npz a1.npz | a([\\d.]+)\\. | | 1/0.5 1/1
          """)
  void numbersAreFound(String names, String epoch, String repeat, String expected) {
    if (expected.equals("refused")) {
      assertThrows(IllegalArgumentException.class, () -> of(names, epoch, repeat));
      return;
    }
    assertEquals(
        expected,
        of(names, epoch, repeat).stream()
            .map(file -> file.repeat() + "/" + Epochs.number(file.epoch()))
            .collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          last.npz | | | The name of the file (last.npz) must have a number
          e1.npz last.npz | | | The name of the file (last.npz) must have a number
          e1.npz init2.npz | | | "e1.npz" and "init2.npz" differ in more
          a1_b2.npz a2_b3.npz | | | -epoch "b[_.=-]?(\\d+)" -repeat "a[_.=-]?(\\d+)"
          run1/e5.npz run2/e5.npz | e(\\d+) | | "run1/e5.npz" and "run2/e5.npz" are both of epoch 5
          e1.npz f2.npz | e(\\d+) | | The name of the file (f2.npz) must match the epoch
          e1.npz e20260101120000.npz | | | at most 9 digits: it is "20260101120000"
          ex.npz e1.npz | e(.) | | it is "x"
          """)
  void whatIsNotClearIsRefused(String names, String epoch, String repeat, String told) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> of(names, epoch, repeat)).getMessage();
    assertTrue(message.contains(told), message);
  }
}
