package nnpid.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hidden layers as a text such as {@code conv 32 k3 p1 relu, maxpool 2, dense 128 tanh q8}: from
 * the inputs to the outputs, with commas between the layers and blanks or colons within them.
 *
 * <p>{@code conv} is followed by the number of channels and the size of the kernel ({@code k3}), of
 * the stride if it is not 1 ({@code s2}) and of the padding if there is any ({@code p1}); {@code
 * maxpool} by the size of the windows and their stride, if it is another; {@code dense} by the
 * number of units. Convolution and dense layers then have their activation and, if they are
 * quantized, the number of levels ({@code q8}).
 */
public final class LayerList {
  private static final Pattern WORD = Pattern.compile("[^\\s:,]+|,");
  private static final Pattern PART = Pattern.compile("([kspq])(\\d{1,9})");
  private static final String CONVOLUTION = "conv";
  private static final String POOLING = "maxpool";
  private static final String DENSE = "dense";

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private int next;

  private record Word(String text, int position) {}

  private LayerList(String text) {
    this.text = text;
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(new Word(matcher.group(), matcher.start() + 1));
    }
  }

  /**
   * The layers of a text.
   *
   * @throws IllegalArgumentException if it cannot be read; the message tells the position
   */
  public static List<Layer> parse(String text) {
    LayerList list = new LayerList(text);
    List<Layer> layers = new ArrayList<>();
    layers.add(list.layer());
    while (list.next < list.words.size()) {
      list.next++; // a layer ends at a comma
      layers.add(list.layer());
    }
    return List.copyOf(layers);
  }

  /** The text of layers that {@link #parse} reads. */
  public static String toString(List<Layer> layers) {
    return layers.stream().map(Layer::toString).collect(Collectors.joining(", "));
  }

  private Layer layer() {
    int first = next;
    String kind = word();
    String partsAllowed =
        switch (kind) {
          case CONVOLUTION -> "kspq";
          case POOLING -> "s";
          case DENSE -> "q";
          default -> throw wrong(first, "must have conv, maxpool or dense");
        };
    int size = size(kind);
    Map<String, Integer> parts = new HashMap<>();
    List<Activation> activations = new ArrayList<>();
    for (; !word().isEmpty() && !word().equals(","); next++) {
      Matcher part = PART.matcher(word());
      if (part.matches() && partsAllowed.contains(part.group(1))) {
        if (parts.put(part.group(1), Integer.parseInt(part.group(2))) != null) {
          throw wrong(next, "must not have a second " + part.group(1));
        }
      } else {
        activations.add(activation(kind, partsAllowed));
      }
    }
    if (!kind.equals(POOLING) && activations.size() != 1) {
      throw wrong(next, "must have one activation per layer: %s".formatted(activationNames()));
    }
    if (kind.equals(CONVOLUTION) && !parts.containsKey("k")) {
      throw wrong(next, "must have the size of the kernel of a convolution, such as k3");
    }
    try {
      return switch (kind) {
        case CONVOLUTION ->
            new Layer.Convolution(
                size,
                parts.getOrDefault("k", 0),
                parts.getOrDefault("s", 1),
                parts.getOrDefault("p", 0),
                activations.get(0),
                levelCount(parts));
        case POOLING -> new Layer.MaxPooling(size, parts.getOrDefault("s", size));
        default -> new Layer.Dense(size, activations.get(0), levelCount(parts));
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The layers (%s) are wrong at character %s, \"%s\". %s"
              .formatted(text, words.get(first).position(), kind, e.getMessage()),
          e);
    }
  }

  /** That of the text; 0 is no text for "none", which is said by leaving it out. */
  private static int levelCount(Map<String, Integer> parts) {
    int levelCount = parts.getOrDefault("q", 0);
    if (parts.containsKey("q") && levelCount < 2) {
      throw new IllegalArgumentException(
          "The number of levels (q%s) must be at least 2.".formatted(levelCount));
    }
    return levelCount;
  }

  private int size(String kind) {
    next++;
    if (!word().matches("\\d{1,9}")) {
      throw wrong(
          next,
          switch (kind) {
            case CONVOLUTION -> "must have the number of channels of the convolution";
            case POOLING -> "must have the size of the windows of max pooling";
            default -> "must have the number of units of the dense layer";
          });
    }
    return Integer.parseInt(words.get(next++).text());
  }

  private Activation activation(String kind, String partsAllowed) {
    String parts =
        Stream.of(partsAllowed.split("")).map(part -> part + "N").collect(Collectors.joining(", "));
    String rule =
        kind.equals(POOLING)
            ? "must have a comma or %s after the size of max pooling".formatted(parts)
            : "must have %s or an activation (%s)".formatted(parts, activationNames());
    if (kind.equals(POOLING)) {
      throw wrong(next, rule);
    }
    return Stream.of(Activation.values())
        .filter(activation -> activation.toString().equals(word()))
        .findFirst()
        .orElseThrow(() -> wrong(next, rule));
  }

  private static String activationNames() {
    return Stream.of(Activation.values()).map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** The next word; empty at the end. */
  private String word() {
    return next < words.size() ? words.get(next).text() : "";
  }

  private IllegalArgumentException wrong(int index, String rule) {
    String there =
        index < words.size()
            ? "character %s, where \"%s\" is"
                .formatted(words.get(index).position(), words.get(index).text())
            : "character %s, the end".formatted(text.length() + 1);
    return new IllegalArgumentException(
        "The layers (%s) %s at %s.\nMaybe use conv 32 k3 p1 relu, maxpool 2, dense 128 tanh q8."
            .formatted(text, rule, there));
  }
}
