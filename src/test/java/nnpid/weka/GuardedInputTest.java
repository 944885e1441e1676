package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.core.SerializedObject;

/**
 * Streams that are made to hang, to overflow the stack or the heap, or to load what they should
 * not.
 */
class GuardedInputTest {
  @TempDir private Path directory;

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes) throws IOException {
    return GuardedInput.readFirst(
        new ByteArrayInputStream(bytes), bytes.length, 100, name -> name.startsWith("weka.core."));
  }

  private static void assertRefused(byte[] bytes, String told) {
    String message = assertThrows(IOException.class, () -> read(bytes)).getMessage();
    assertTrue(message.contains(told), message);
  }

  @Test
  void readsWhatIsSimple() throws IOException {
    Object object = new HashMap<>(Map.of("a", List.of(1, 2.5, "x"), "b", List.of()));
    assertEquals(object, read(serialized(object)));
  }

  @Test
  void refusesClassesThatAreNotAllowed() throws Exception {
    assertRefused(serialized(new HashSet<>(List.of(1))), "it has a java.util.HashSet");
    assertRefused(serialized(new PriorityQueue<>(List.of(1))), "PriorityQueue");
    assertRefused(serialized(new HashSet<?>[] {}), "java.util.HashSet");
    Object proxy =
        Proxy.newProxyInstance(
            GuardedInputTest.class.getClassLoader(),
            new Class<?>[] {Comparable.class},
            (InvocationHandler & Serializable) (self, method, arguments) -> null);
    assertRefused(serialized(proxy), "it has a");
    // It holds bytes that Weka reads later, without any guard.
    Path model = directory.resolve("bytes.model");
    Files.write(model, serialized(new SerializedObject("x")));
    String message =
        assertThrows(IllegalArgumentException.class, () -> HiddenUnits.read(model.toFile()))
            .getMessage();
    assertTrue(message.contains("it has a weka.core.SerializedObject"), message);
  }

  /** A key that is written as another, whose hash its maker does not wait for. */
  private static final class Key implements Serializable {
    private static final long serialVersionUID = 1;

    private final Object written;

    Key(Object written) {
      this.written = written;
    }

    private Object writeReplace() {
      return written;
    }
  }

  /** Each list has the next one twice: a few hundred bytes whose hash takes 2^60 steps. */
  @Test
  void refusesKeysThatWouldBeHashedForever() throws IOException {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      list = new ArrayList<>(List.of(list, list));
    }
    assertRefused(serialized(new HashMap<>(Map.of(new Key(list), 1))), "nested in each other");
    Map<Object, Object> map = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      map = new HashMap<>(Map.of(new Key(map), map));
    }
    assertRefused(serialized(map), "nested in each other");
  }

  /** After Coekaerts (2015): every set has two sets of the next level. */
  @Test
  void refusesSetsOfSets() throws IOException {
    Set<Object> root = new HashSet<>();
    Set<Object> first = root;
    Set<Object> second = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Set<Object> firstInner = new HashSet<>(Set.of("x"));
      Set<Object> secondInner = new HashSet<>();
      for (Set<Object> set : List.of(first, second)) {
        set.add(firstInner);
        set.add(secondInner);
      }
      first = firstInner;
      second = secondInner;
    }
    byte[] bytes = serialized(root);
    assertRefused(bytes, "it has a java.util.HashSet");
    Path model = Files.write(directory.resolve("sets.model"), bytes);
    String message =
        assertThrows(IllegalArgumentException.class, () -> HiddenUnits.read(model.toFile()))
            .getMessage();
    assertTrue(message.contains("it has a java.util.HashSet"), message);
  }

  @Test
  void refusesWhatIsNestedTooDeeplyWithoutOverflowingTheStack() throws Exception {
    Path model = directory.resolve("deep.model");
    Files.write(model, deep(19_000));
    String message =
        assertThrows(IllegalArgumentException.class, () -> HiddenUnits.read(model.toFile()))
            .getMessage();
    assertTrue(message.contains("it has a java.util.ArrayList"), message);
    Files.write(model, deep(25_000));
    message =
        assertThrows(IllegalArgumentException.class, () -> HiddenUnits.read(model.toFile()))
            .getMessage();
    assertTrue(message.contains("nested too deeply"), message);
    assertRefused(deep(200), "nested too deeply");
  }

  /** Written with much stack. */
  private static byte[] deep(int depth) throws InterruptedException, ExecutionException {
    FutureTask<byte[]> writing =
        new FutureTask<>(
            () -> {
              List<Object> list = new ArrayList<>();
              for (int i = 1; i < depth; i++) {
                List<Object> outer = new ArrayList<>();
                outer.add(list);
                list = outer;
              }
              return serialized(list);
            });
    new Thread(null, writing, "writing", 1 << 28).start();
    return writing.get();
  }

  /** A text of gigabytes takes few bytes in a compressed model. */
  @Test
  void refusesTextsOfAnyLength() throws IOException {
    byte[] start = {(byte) 0xac, (byte) 0xed, 0, 5, 0x7c}; // a long text follows
    Path model = directory.resolve("text.model.gz");
    try (DataOutputStream out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(model)))) {
      out.write(start);
      out.writeLong(20_000_000);
      out.write(new byte[20_000_000]);
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> HiddenUnits.read(model.toFile()))
            .getMessage();
    assertTrue(message.contains("a text that is too long"), message);
    assertEquals("x".repeat(70_000), read(serialized("x".repeat(70_000))));
    double[] values = new double[1 << 18];
    assertEquals(values.length, ((double[]) read(serialized(values))).length);
  }

  @Test
  void refusesArraysAndTablesThatTheStreamDoesNotHave() throws IOException {
    for (Object object :
        new Object[] {new double[10], new byte[10], new Object[10], new int[10][]}) {
      byte[] bytes = serialized(object);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      int length = text.lastIndexOf("\0\0\0\n");
      ByteBuffer.wrap(bytes).putInt(length, 500_000_000);
      assertRefused(bytes, "larger than its length explains");
    }
    byte[] map = serialized(new HashMap<>(Map.of("key", 1)));
    String text = new String(map, StandardCharsets.ISO_8859_1);
    // The number of entries, after the capacity.
    int entries = text.indexOf("w\10\0\0") + 6;
    ByteBuffer.wrap(map).putInt(entries, 500_000_000);
    assertRefused(map, "larger than its length explains");
  }
}
