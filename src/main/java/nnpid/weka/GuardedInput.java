package nnpid.weka;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import nnpid.numpy.NumpyArray;
import org.jspecify.annotations.Nullable;
import weka.core.WekaPackageClassLoaderManager;

/**
 * Reads serialized objects of unknown origin. Only classes that are allowed are loaded, and depth,
 * memory and processor time are limited by what a stream of its length can need: whatever it holds,
 * reading it ends soon and within the heap.
 */
final class GuardedInput extends ObjectInputStream {
  /** Java's own classes that networks, filters and headers consist of; sets are not needed. */
  private static final Set<String> JAVA_CLASSES =
      Set.of(
          "java.io.File",
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Double",
          "java.lang.Enum",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Number",
          "java.lang.Object",
          "java.lang.Short",
          "java.lang.String",
          "java.lang.StringBuffer",
          "java.text.AttributedCharacterIterator$Attribute",
          "java.text.DateFormat",
          "java.text.DateFormatSymbols",
          "java.text.DecimalFormat",
          "java.text.DecimalFormatSymbols",
          "java.text.Format",
          "java.text.NumberFormat",
          "java.text.SimpleDateFormat",
          "java.math.RoundingMode",
          "java.util.AbstractCollection",
          "java.util.AbstractList",
          "java.util.ArrayList",
          "java.util.BitSet",
          "java.util.Calendar",
          "java.util.CollSer",
          "java.util.Collections$EmptyList",
          "java.util.Currency",
          "java.util.Date",
          "java.util.GregorianCalendar",
          "java.util.HashMap",
          "java.util.Hashtable",
          "java.util.LinkedHashMap",
          "java.util.LinkedList",
          "java.util.Locale",
          "java.util.Properties",
          "java.util.Random",
          "java.util.SimpleTimeZone",
          "java.util.TimeZone",
          "java.util.TreeMap",
          "java.util.Vector",
          "sun.util.calendar.ZoneInfo");

  /** About what an object and its place in an array or a table need. */
  private static final int OBJECT_BYTES = 48;

  /** What the table of a map may have more than its entries have in the stream. */
  private static final int MOST_EXPANSION = 16;

  private static final int FREE_BYTES = 1 << 20;

  /** Also of what the stream reads ahead. */
  private static final int MOST_TEXT_BYTES = 1 << 20;

  private static final int FREE_NANOSECONDS = 2_000_000_000;
  private static final int NANOSECONDS_PER_BYTE = 1000;
  private static final int OBJECTS_PER_CHECK = 256;
  private static final String TOO_LARGE = "it needs more memory than Java has";
  private static final String TOO_SLOW = "it takes longer to read than its length explains";
  private static final String DAMAGED = "it is something else, or damaged";

  private final Counter counter;
  private final Predicate<String> allowed;
  private final double mostArrayBytes;
  private final double mostNanoseconds;
  private final long mostBytes = availableBytes();
  private final long start = processorNanoseconds();
  private final IdentityHashMap<Object, Long> hashCosts = new IdentityHashMap<>();
  private long arrayBytes;
  private long references;
  private long objects;
  private String rejection = "";

  private GuardedInput(Counter counter, long length, int mostDepth, Predicate<String> allowed)
      throws IOException {
    super(counter);
    this.counter = counter;
    this.allowed = allowed;
    this.mostArrayBytes = FREE_BYTES + MOST_EXPANSION * (double) length;
    this.mostNanoseconds = FREE_NANOSECONDS + NANOSECONDS_PER_BYTE * (double) length;
    enableResolveObject(true);
    setObjectInputFilter(info -> check(info, mostDepth));
  }

  /**
   * The first object of a stream.
   *
   * @param length how many bytes the stream has, at most
   * @param mostDepth how deep objects may be nested; a thousand need a megabyte of stack
   * @param allowed the names of classes that may be read, besides simple ones of Java
   * @throws IOException if there is none; the message is the end of a sentence that tells why
   */
  static @Nullable Object readFirst(
      InputStream in, long length, int mostDepth, Predicate<String> allowed) throws IOException {
    GuardedInput input = null;
    try {
      input = new GuardedInput(new Counter(in), length, mostDepth, allowed);
      return input.readObject();
    } catch (InvalidClassException e) {
      String fact = "it is of another version of Weka or of a package, or damaged";
      throw new IOException(input == null || input.rejection.isEmpty() ? fact : input.rejection, e);
    } catch (InvalidObjectException e) {
      throw new IOException(e.getMessage() == null ? DAMAGED : e.getMessage(), e);
    } catch (ClassNotFoundException e) {
      throw new IOException("it needs what is not installed; " + e.getMessage(), e);
    } catch (EOFException e) {
      throw new IOException("it ends too early", e);
    } catch (IOException | RuntimeException e) {
      // ObjectInputStream answers damage with many kinds of exceptions.
      throw new IOException(DAMAGED, e);
    }
  }

  /**
   * Counts the bytes, of which a small file may have very many if it is compressed. There may not
   * be many more than the values of an array from one object to the next: those would be a text.
   */
  private static final class Counter extends FilterInputStream {
    private final long most = availableBytes() / 2;
    private long mostNow = MOST_TEXT_BYTES;
    private long count;

    void expect(long bytes) {
      mostNow = Math.max(mostNow, count + bytes + MOST_TEXT_BYTES);
    }

    Counter(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int result = super.read();
      count(result < 0 ? 0 : 1);
      return result;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int result = super.read(bytes, offset, length);
      count(Math.max(0, result));
      return result;
    }

    private void count(int bytes) throws IOException {
      count += bytes;
      if (count > most) {
        throw new InvalidObjectException(TOO_LARGE);
      }
      if (count > mostNow) {
        throw new InvalidObjectException("it has a text that is too long");
      }
    }
  }

  private static long availableBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  /** Of this thread, so that other work on the machine does not count. */
  private static long processorNanoseconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description)
      throws IOException, ClassNotFoundException {
    String name = description.getName();
    String element = name.replaceFirst("^\\[+(L(.*);)?", "$2");
    boolean isPrimitive = name.startsWith("[") && element.length() == 1;
    if (!isPrimitive && !JAVA_CLASSES.contains(element) && !allowed.test(element)) {
      throw notAllowed(element);
    }
    try {
      return Class.forName(name, false, GuardedInput.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      // Of another package of Weka.
      WekaPackageClassLoaderManager loaders =
          WekaPackageClassLoaderManager.getWekaPackageClassLoaderManager();
      return Class.forName(name, false, loaders.getLoaderForClass(element));
    }
  }

  @Override
  protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
    throw notAllowed("proxy");
  }

  private InvalidClassException notAllowed(String name) {
    rejection = "it has a " + NumpyArray.shown(name) + ", which is not among what may be in it";
    return new InvalidClassException(name, rejection);
  }

  private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info, int mostDepth) {
    references = info.references();
    if (info.arrayLength() >= 0) {
      long bytes = info.arrayLength() * elementBytes(info.serialClass());
      arrayBytes += bytes;
      counter.expect(bytes);
    } else {
      counter.expect(0);
    }
    if (info.depth() > mostDepth) {
      rejection = "its objects are nested too deeply";
    } else if (arrayBytes > mostArrayBytes) {
      rejection = "it has arrays that are larger than its length explains";
    } else if (arrayBytes + OBJECT_BYTES * (double) references > mostBytes) {
      rejection = TOO_LARGE;
    } else if (processorNanoseconds() - start > mostNanoseconds) {
      rejection = TOO_SLOW;
    }
    return rejection.isEmpty()
        ? ObjectInputFilter.Status.ALLOWED
        : ObjectInputFilter.Status.REJECTED;
  }

  private static long elementBytes(@Nullable Class<?> type) {
    Class<?> element = type == null ? null : type.getComponentType();
    if (element == byte.class || element == boolean.class) {
      return Byte.BYTES;
    }
    return element == int.class || element == float.class ? Integer.BYTES : Long.BYTES;
  }

  /**
   * Collections of collections that share their elements can take forever to be hashed, which Java
   * does when they become keys of a map. So what hashing takes may not be much more than reading.
   */
  @Override
  protected Object resolveObject(Object object) throws IOException {
    objects++;
    counter.expect(0);
    if (objects % OBJECTS_PER_CHECK == 0 && processorNanoseconds() - start > mostNanoseconds) {
      throw new InvalidObjectException(TOO_SLOW);
    }
    long cost = 0;
    if (object instanceof Collection<?> collection) {
      cost = hashCost(collection);
    } else if (object instanceof Map<?, ?> map) {
      cost = hashCost(map.keySet()) + hashCost(map.values());
    }
    if (cost > 0) {
      if (cost > FREE_BYTES + MOST_EXPANSION * (objects + references)) {
        throw new InvalidObjectException("its collections are nested in each other");
      }
      hashCosts.put(object, cost);
    }
    return object;
  }

  private long hashCost(Collection<?> elements) {
    long cost = 1;
    for (Object element : elements) {
      cost += element == null ? 1 : hashCosts.getOrDefault(element, 1L);
    }
    return cost;
  }
}
