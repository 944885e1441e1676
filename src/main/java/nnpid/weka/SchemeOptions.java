package nnpid.weka;

import java.beans.BeanInfo;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import weka.core.Option;
import weka.core.OptionMetadata;
import weka.core.Utils;

/**
 * The options of a scheme, read from its properties: those whose getter or setter has Weka's {@link
 * OptionMetadata} with a flag. What an option is called, what it means and what it defaults to is
 * said there and nowhere else.
 *
 * <p>A property may be a flag ({@code boolean}), a number, an {@link OptionalInt} or {@link
 * OptionalDouble} (empty if not given), a text, a file, an enum (its constants' {@code toString} is
 * what is typed, in whatever case) or another scheme. What is not given is as in a new scheme. A
 * setter refuses a value with an {@link IllegalArgumentException} whose sentence names the value in
 * parentheses; the flag is added here: {@code The precision (-precision -1) must be positive.}
 *
 * <p>The options that every scheme inherits from Weka, such as {@code -do-not-check-capabilities},
 * are among them, at the end. A scheme does not call its superclass: Weka would read the same
 * annotations once more, print a stack trace where a value is wrong, and go on.
 */
public final class SchemeOptions {
  /** Width of a line of help. */
  private static final int WIDTH = 80;

  /** Options of Weka's superclasses of schemes: the properties have no annotation. */
  private static final List<Inherited> INHERITED =
      List.of(
          new Inherited(
              "debug",
              "output-debug-info",
              "Whether more information than usual may be printed to the console."),
          new Inherited(
              "doNotCheckCapabilities",
              "do-not-check-capabilities",
              "Whether data are taken without checking whether they are of the right kind (use with"
                  + " caution)."),
          new Inherited(
              "numDecimalPlaces",
              "num-decimal-places",
              "How many decimal places the numbers in the description of the model have."),
          new Inherited(
              "batchSize",
              "batch-size",
              "How many instances are preferred in a batch to predict."));

  private record Inherited(String property, String flag, String description) {}

  private SchemeOptions() {}

  /**
   * One option.
   *
   * @param flag what is typed, without hyphen
   * @param label what it is called in windows
   * @param description what it means
   * @param category what Weka's annotation calls so: for the options of an analysis, the methods
   *     that they are for
   * @param synopsis what its value is called in the help; empty if the type tells
   * @param order its place among the others
   * @param isInherited whether it is an option of Weka's, which is only told if it is not as in a
   *     new scheme
   * @param getter reads the property
   * @param setter sets it
   */
  public record Property(
      String flag,
      String label,
      String description,
      String category,
      String synopsis,
      int order,
      boolean isInherited,
      Method getter,
      Method setter) {

    /** The property's name. */
    public String name() {
      return Introspector.decapitalize(getter.getName().replaceFirst("^(get|is)", ""));
    }

    /** The type of its value. */
    public Class<?> type() {
      return getter.getReturnType();
    }

    /** Whether it is given without a value. */
    public boolean isFlag() {
      return type() == boolean.class;
    }

    /** The texts of the values it may have, if it is an enum; else none. */
    public List<String> choices() {
      return type().isEnum()
          ? Arrays.stream(type().getEnumConstants()).map(Property::typed).toList()
          : List.of();
    }

    /** What is typed for the value that a scheme has; empty for none, or a flag that is not set. */
    public String text(Object scheme) {
      Object value = call(getter, scheme);
      if (value instanceof Boolean set) {
        return set ? "-" + flag : "";
      }
      if (value instanceof OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "";
      }
      if (value instanceof OptionalDouble number) {
        return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
      }
      if (value instanceof Enum) {
        return typed(value);
      }
      return isScheme() ? Utils.toCommandLine(value) : value.toString();
    }

    /** What is typed for a constant: its text, or in lower case its name if it has no other. */
    private static String typed(Object constant) {
      String text = constant.toString();
      return text.equals(((Enum<?>) constant).name()) ? text.toLowerCase(Locale.ROOT) : text;
    }

    private boolean isScheme() {
      return !type().isEnum() && type().getName().startsWith("weka.");
    }

    /**
     * Sets what is typed.
     *
     * @throws IllegalArgumentException if it is no such value; the message has flag and value
     */
    public void set(Object scheme, String text) {
      Object value = text;
      try {
        value = parse(text);
        call(setter, scheme, value);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(withFlag(e.getMessage(), text, value.toString()), e);
      }
    }

    private Object parse(String text) {
      Class<?> type = type();
      if (type == String.class) {
        return text;
      }
      if (type == File.class) {
        return new File(text);
      }
      if (type == int.class) {
        return (int) wholeNumber(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
      if (type == long.class) {
        return wholeNumber(text, Long.MIN_VALUE, Long.MAX_VALUE);
      }
      if (type == OptionalInt.class) {
        return OptionalInt.of((int) wholeNumber(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
      }
      if (type == double.class) {
        return number(text);
      }
      if (type == OptionalDouble.class) {
        return OptionalDouble.of(number(text));
      }
      if (type.isEnum()) {
        return Arrays.stream(type.getEnumConstants())
            .filter(constant -> constant.toString().equalsIgnoreCase(text))
            .findFirst()
            .orElseThrow(() -> wrong(text, inWords(choices())));
      }
      return Specification.parse(type, noun(), text);
    }

    private long wholeNumber(String text, long least, long most) {
      try {
        long number = Long.parseLong(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        if (!text.matches("[+-]?\\d+")) {
          throw wrong(text, "a whole number", e);
        }
      }
      throw wrong(text, "a whole number from " + least + " to " + most);
    }

    private double number(String text) {
      try {
        // Java reads 5d as 5, not as five days.
        if (!text.endsWith("d") && !text.endsWith("f")) {
          return Double.parseDouble(text);
        }
      } catch (NumberFormatException e) {
        throw wrong(text, "a number", e);
      }
      throw wrong(text, "a number");
    }

    private IllegalArgumentException wrong(String text, String wanted) {
      return wrong(text, wanted, null);
    }

    private IllegalArgumentException wrong(String text, String wanted, @Nullable Exception cause) {
      return new IllegalArgumentException(
          String.format("The %s (%s) must be %s.", noun(), text, wanted), cause);
    }

    /** The sentence of a setter, its value as it was typed and after the flag. */
    private String withFlag(@Nullable String sentence, String typed, String value) {
      String given = String.format("(-%s %s)", flag, typed);
      if (sentence == null) {
        return String.format("The option %s is wrong.", given);
      }
      if (sentence.matches("(?s).*(?<![\\w-])-" + flag + "(?![\\w-]).*")) {
        return sentence;
      }
      for (String text : List.of("(" + typed + ")", "(" + value + ")")) {
        int position = sentence.indexOf(text);
        if (position >= 0) {
          return sentence.substring(0, position)
              + given
              + sentence.substring(position + text.length());
        }
      }
      return String.format("The option %s is wrong: %s", given, sentence);
    }

    /** Its label within a sentence. */
    private String noun() {
      return label.toLowerCase(Locale.ROOT);
    }

    private Option help(Object fresh) {
      String byDefault = isFlag() ? "" : text(fresh).replaceFirst("^(\\d+)\\.0$", "$1");
      String text = description + (byDefault.isEmpty() ? "" : "\n(default: " + byDefault + ")");
      return new Option(
          wrap(text),
          flag,
          isFlag() ? 0 : 1,
          isFlag() ? "-" + flag : "-" + flag + " " + argument());
    }

    private String argument() {
      if (!synopsis.isEmpty()) {
        return "<" + synopsis + ">";
      }
      if (type().isEnum()) {
        return "<" + String.join("|", choices()) + ">";
      }
      if (type() == String.class) {
        return "<text>";
      }
      if (type() == File.class) {
        return "<file>";
      }
      return isScheme() ? "<class and options>" : "<number>";
    }
  }

  /** The options of a class, in order. */
  public static List<Property> of(Class<?> scheme) {
    BeanInfo info;
    try {
      info = Introspector.getBeanInfo(scheme);
    } catch (IntrospectionException e) {
      throw new IllegalStateException("The properties of " + scheme + " cannot be read.", e);
    }
    return Arrays.stream(info.getPropertyDescriptors())
        .filter(one -> one.getReadMethod() != null && one.getWriteMethod() != null)
        .flatMap(SchemeOptions::property)
        .sorted(Comparator.comparingInt(Property::order))
        .toList();
  }

  private static Stream<Property> property(PropertyDescriptor descriptor) {
    Method getter = descriptor.getReadMethod();
    Method setter = descriptor.getWriteMethod();
    Stream<Property> annotated =
        Stream.of(getter, setter)
            .map(method -> method.getAnnotation(OptionMetadata.class))
            .filter(one -> one != null && !one.commandLineParamName().isEmpty())
            .limit(1)
            .map(
                one ->
                    new Property(
                        one.commandLineParamName(),
                        one.displayName(),
                        one.description(),
                        one.category(),
                        one.commandLineParamSynopsis(),
                        one.displayOrder(),
                        false,
                        getter,
                        setter));
    Stream<Property> inherited =
        INHERITED.stream()
            .filter(one -> one.property().equals(descriptor.getName()))
            .map(
                one ->
                    new Property(
                        one.flag(),
                        one.flag().replace('-', ' '),
                        one.description(),
                        "",
                        "",
                        Integer.MAX_VALUE - INHERITED.size() + INHERITED.indexOf(one),
                        true,
                        getter,
                        setter));
    return Stream.concat(annotated, inherited);
  }

  /** What {@code listOptions} of a scheme returns. */
  public static Enumeration<Option> list(Object scheme) {
    Object fresh = fresh(scheme);
    return Collections.enumeration(
        of(scheme.getClass()).stream().map(property -> property.help(fresh)).toList());
  }

  /**
   * Sets all options of a scheme, and takes them out; others stay, for {@link
   * Utils#checkForRemainingOptions}.
   *
   * @throws IllegalArgumentException if one has a wrong value, none, or is given twice; the message
   *     names it
   */
  public static void set(Object scheme, String[] options) {
    Object fresh = fresh(scheme);
    for (Property property : of(scheme.getClass())) {
      String flag = "-" + property.flag();
      int position = position(property.flag(), options);
      if (position < 0) {
        call(property.setter(), scheme, call(property.getter(), fresh));
        continue;
      }
      options[position] = "";
      if (property.isFlag()) {
        call(property.setter(), scheme, true);
      } else {
        // An empty text is a value, where the option then means something else than by default.
        boolean mayBeEmpty = property.type() == String.class && !property.text(fresh).isEmpty();
        if (position == options.length - 1 || (options[position + 1].isEmpty() && !mayBeEmpty)) {
          throw new IllegalArgumentException("The option " + flag + " must have a value.");
        }
        String text = options[position + 1];
        options[position + 1] = "";
        property.set(scheme, text);
      }
      if (position(property.flag(), options) >= 0) {
        throw new IllegalArgumentException(
            "The option " + flag + " must be given once: it is given several times.");
      }
    }
  }

  /**
   * What {@code getOptions} of a scheme returns: all options, but for those that are empty by
   * default and still are, and those of Weka's that are as in a new scheme.
   */
  public static String[] get(Object scheme) {
    return given(scheme, of(scheme.getClass())).toArray(String[]::new);
  }

  /**
   * The same without some options that have values, which had no effect: so that commands and
   * reports stay what they were before there were these options.
   */
  public static String[] getWithout(Object scheme, List<String> flags) {
    List<String> options = new ArrayList<>(List.of(get(scheme)));
    for (String flag : flags) {
      int place = options.indexOf("-" + flag);
      options.subList(place, place + 2).clear();
    }
    return options.toArray(String[]::new);
  }

  /** What of it are options of Weka's superclasses. */
  public static List<String> inherited(Object scheme) {
    return given(scheme, of(scheme.getClass()).stream().filter(Property::isInherited).toList());
  }

  private static List<String> given(Object scheme, List<Property> properties) {
    Object fresh = fresh(scheme);
    List<String> options = new ArrayList<>();
    for (Property property : properties) {
      String text = property.text(scheme);
      if (text.equals(property.text(fresh)) && (text.isEmpty() || property.isInherited())) {
        continue;
      }
      if (!property.isFlag()) {
        options.add("-" + property.flag());
      }
      options.add(text);
    }
    return options;
  }

  /** Where an option is, or -1. Unlike Weka's own, it looks behind texts that begin with "--". */
  public static int position(String flag, String[] options) {
    return List.of(options).indexOf("-" + flag);
  }

  /** Some words as one does with several: a, b or c. */
  static String inWords(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** Lines of help as Weka has them: a tabulator before each, broken between words. */
  private static String wrap(String text) {
    return text.lines().map(SchemeOptions::wrapLine).collect(Collectors.joining("\n"));
  }

  private static String wrapLine(String line) {
    StringBuilder wrapped = new StringBuilder();
    int length = WIDTH;
    for (String word : line.split(" ", -1)) {
      boolean fits = length + word.length() < WIDTH - 4;
      wrapped.append(fits ? " " : wrapped.isEmpty() ? "\t" : "\n\t").append(word);
      length = (fits ? length + 1 : 0) + word.length();
    }
    return wrapped.toString();
  }

  private static Object fresh(Object scheme) {
    try {
      var constructor = scheme.getClass().getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(scheme.getClass() + " must have a default constructor.", e);
    }
  }

  private static Object call(Method method, Object scheme, Object... arguments) {
    try {
      method.setAccessible(true);
      return method.invoke(scheme, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw new IllegalStateException(method + " failed.", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " must be public.", e);
    }
  }
}
