package nnpid.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TransferTest {
  private record Result(
      Optional<Result> inner,
      OptionalInt few,
      OptionalLong many,
      OptionalDouble value,
      List<Optional<String>> texts)
      implements Serializable {
    private static final long serialVersionUID = 1;
  }

  @Test
  void optionalValuesArriveWhereverTheyAre() {
    Result empty =
        new Result(
            Optional.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            List.of(Optional.empty(), Optional.of("text")));
    Result full =
        new Result(
            Optional.of(empty),
            OptionalInt.of(-3),
            OptionalLong.of(1L << 40),
            OptionalDouble.of(-0.0),
            List.of());

    assertEquals(full, Transfer.object(Transfer.bytes(full)));
    assertEquals(Optional.of(1), Transfer.object(Transfer.bytes(Optional.of(1))));
  }

  @Test
  void whatCannotBeSentIsRefused() {
    Optional<Object> inside = Optional.of(new Object());

    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Transfer.bytes(List.of(inside)));

    assertTrue(String.valueOf(e.getMessage()).contains("java.lang.Object"), e::getMessage);
    assertThrows(IllegalArgumentException.class, () -> Transfer.object(new byte[] {1, 2, 3}));
  }
}
