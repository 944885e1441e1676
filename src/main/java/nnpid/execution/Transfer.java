package nnpid.execution;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Jobs and results as bytes, on their way to another machine and back: Java's serialization, but
 * with {@link Optional}s, which it refuses. Only for bytes that come from this program itself.
 */
public final class Transfer {
  private Transfer() {}

  /** What stands for an optional value. */
  private record Stand(Kind kind, @Nullable Object value) implements Serializable {
    private static final long serialVersionUID = 5410026413350127218L;

    private enum Kind {
      OBJECT,
      INT,
      LONG,
      DOUBLE
    }

    static Object of(Object object) {
      if (object instanceof Optional<?> one) {
        return new Stand(Kind.OBJECT, one.orElse(null));
      }
      if (object instanceof OptionalInt one) {
        return new Stand(Kind.INT, one.isPresent() ? one.getAsInt() : null);
      }
      if (object instanceof OptionalLong one) {
        return new Stand(Kind.LONG, one.isPresent() ? one.getAsLong() : null);
      }
      if (object instanceof OptionalDouble one) {
        return new Stand(Kind.DOUBLE, one.isPresent() ? one.getAsDouble() : null);
      }
      return object;
    }

    private Object readResolve() {
      return switch (kind) {
        case OBJECT -> Optional.ofNullable(value);
        case INT -> value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value);
        case LONG -> value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
        case DOUBLE -> value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
      };
    }
  }

  /**
   * The bytes of an object.
   *
   * @throws IllegalArgumentException if something in it is neither serializable nor an optional
   */
  public static byte[] bytes(Object object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = output(bytes)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new IllegalArgumentException("The object cannot become bytes: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  /** A stream for objects that may hold optionals. */
  public static ObjectOutputStream output(OutputStream out) throws IOException {
    return new Output(out);
  }

  /** Whether a class is one of those that stand for optionals in a stream. */
  public static boolean standsForOptional(String className) {
    return className.equals(Stand.class.getName()) || className.equals(Stand.Kind.class.getName());
  }

  /**
   * The object of some bytes.
   *
   * @throws IllegalArgumentException if they are not those of one, or of another version's
   */
  public static Object object(byte[] bytes) {
    try (ObjectInputStream in = new Input(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    } catch (IOException e) {
      throw new IllegalArgumentException("The bytes are no object: " + e.getMessage(), e);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("The bytes have an unknown class: " + e.getMessage(), e);
    }
  }

  private static final class Output extends ObjectOutputStream {
    Output(OutputStream out) throws IOException {
      super(out);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      return Stand.of(object);
    }
  }

  /** Classes are those that this one sees: an engine may have several loaders of classes. */
  private static final class Input extends ObjectInputStream {
    Input(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, Transfer.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description); // primitive types
      }
    }
  }
}
