package nnpid.weka;

import java.util.Locale;
import weka.core.Utils;

/** An option's text that names a scheme of Weka: its class and its options. */
public final class Specification {
  private Specification() {}

  /**
   * The options in a text, as Weka writes them.
   *
   * @param noun what the text is called in messages: quantizer
   * @throws IllegalArgumentException if a quote is not closed
   */
  public static String[] split(String noun, String text) {
    try {
      return Utils.splitOptions(text);
    } catch (Exception e) {
      // Weka declares Exception; it is about quotes.
      throw new IllegalArgumentException(
          String.format("The %s (%s) must have all quotes closed.", noun, text), e);
    }
  }

  /**
   * The scheme of a class name and options, such as {@code weka.classifiers.trees.J48 -M 5}.
   *
   * @param type the class or interface that the scheme must have
   * @param noun what the text is called in messages: quantizer
   * @throws IllegalArgumentException if the text names no such scheme, or the scheme does not take
   *     the options
   */
  public static <T> T parse(Class<T> type, String noun, String specification) {
    String kind = type.getSimpleName().toLowerCase(Locale.ROOT);
    String[] options = split(noun, specification);
    if (options.length == 0) {
      throw new IllegalArgumentException(
          String.format("The %s () must be the class name of a %s.", noun, kind));
    }
    String name = options[0];
    options[0] = "";
    try {
      return type.cast(Utils.forName(type, name, options));
    } catch (Exception e) {
      // Weka declares Exception, and reports an unknown class in many ways.
      throw new IllegalArgumentException(
          String.format(
              "The %s (%s) must be a %s with its options: %s",
              noun,
              specification,
              kind,
              e instanceof ClassNotFoundException
                  ? "there is no class " + name + "."
                  : e.getMessage()),
          e);
    }
  }
}
