package nnpid.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that is told of a layer or of a point of a training: what it is called, what it means,
 * and its value. Every form of output goes through the lists of {@link LayerFigures}, {@link
 * PointFigures} and {@link AtomFigures}, so that a new figure is added there and nowhere else.
 *
 * @param <T> what it is told of
 * @param key its name in CSV, ARFF and JSON
 * @param kind what its values are
 * @param value its value
 * @param places where it is told
 * @param heading its name for people; for values by degree of synergy a pattern of k - 1 and k
 * @param explanation what it means, for people, in the same way
 * @param optional whether it is left out where there is no value: by JSON, and by tables for people
 *     if no row has one
 * @param text the value in tables of text
 * @param doubt whether a value rests on too few samples, which tables for people mark
 */
public record Figure<T>(
    String key,
    Kind kind,
    Value<T> value,
    Set<Place> places,
    String heading,
    String explanation,
    boolean optional,
    Function<T, String> text,
    Doubt<T> doubt) {

  /** What the values of a figure are. */
  public enum Kind {
    /** A {@code String}. */
    TEXT,
    /** An {@code Integer} or {@code Long}; a {@code Double} where parts are counted, too. */
    COUNT,
    /** A {@code Double}. */
    NUMBER,
    /** A list of numbers, for degrees of synergy from 1. */
    BY_DEGREE,
    /** What else JSON can tell: a {@code Boolean}, or lists and maps. */
    STRUCTURE
  }

  /** Where figures are told. */
  public enum Place {
    /** The tables of CSV and ARFF. */
    TABLE,
    /** The tables of CSV and ARFF, but only where some row has a value. */
    TABLE_IF_ANY,
    /** The members of JSON. */
    JSON,
    /** The first table of the text. */
    LAYERS,
    /** The text's table of what samples tell about where they come from. */
    ORIGIN,
    /** The text's table of values at a horizon. */
    HORIZON,
    /** The text's table of related measures: averages over the sources. */
    AVERAGES,
    /** The text's table of related measures: those of Reing et al. */
    REING,
    /** The summary in the Explorer. */
    SUMMARY
  }

  /** Tells a value. */
  @FunctionalInterface
  public interface Value<T> {
    /** The value; null if there is none, NaN if it is undefined. */
    @Nullable Object of(T told);
  }

  /** Tells whether a value is doubtful. */
  @FunctionalInterface
  public interface Doubt<T> {
    /** Whether it is; {@code degree} is 0 for figures that are not told by degree of synergy. */
    boolean of(T told, int degree);
  }

  /**
   * The columns of a table, those by degree of synergy last, in one column per degree; in the
   * summary first what decides whether C means something.
   *
   * @param rows what the table is of
   * @param degrees how many degrees have a column
   */
  public static <T> List<Figure<T>> columns(
      List<Figure<T>> figures, Place place, List<T> rows, int degrees) {
    return figures.stream()
        .filter(
            figure ->
                figure.places().contains(place)
                    || (place == Place.TABLE && figure.places().contains(Place.TABLE_IF_ANY)))
        .filter(
            figure ->
                !figure.optional()
                    || (place == Place.TABLE && figure.places().contains(place))
                    || rows.stream().anyMatch(row -> figure.value().of(row) != null))
        .sorted(
            place == Place.SUMMARY
                ? Comparator.comparingInt(figure -> LayerFigures.IN_SUMMARY.indexOf(figure.key()))
                : Comparator.comparing(figure -> figure.kind() == Kind.BY_DEGREE))
        .flatMap(
            figure ->
                figure.kind() == Kind.BY_DEGREE
                    ? IntStream.rangeClosed(1, degrees).mapToObj(figure::ofDegree)
                    : Stream.of(figure))
        .toList();
  }

  private Figure<T> ofDegree(int degree) {
    Value<T> one =
        told -> {
          List<?> all = (List<?>) value.of(told);
          return all == null || all.size() < degree ? null : all.get(degree - 1);
        };
    return new Figure<>(
        key + degree,
        Kind.NUMBER,
        one,
        places,
        String.format(Locale.ROOT, heading, degree - 1, degree),
        String.format(Locale.ROOT, explanation, degree - 1, degree),
        optional,
        textOf(one),
        (told, all) -> doubt.of(told, degree));
  }

  /** A number for people: four decimals, more than enough for bits. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "undefined";
    }
    // The pattern of String.format takes a tenth of a second for a page of a table.
    return Double.isInfinite(value)
        ? Double.toString(value)
        : BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP).toPlainString();
  }

  private static <T> Function<T, String> textOf(Value<T> value) {
    return told -> {
      Object cell = value.of(told);
      return cell == null ? "" : cell instanceof Double bits ? number(bits) : cell.toString();
    };
  }

  private static <T> Figure<T> figure(String key, Kind kind, Value<T> value) {
    return new Figure<>(
        key,
        kind,
        value,
        Set.of(Place.TABLE, Place.JSON),
        key,
        "",
        false,
        textOf(value),
        (told, degree) -> false);
  }

  static <T> Figure<T> text(String key, Value<T> value) {
    return figure(key, Kind.TEXT, value);
  }

  static <T> Figure<T> count(String key, Value<T> value) {
    return figure(key, Kind.COUNT, value);
  }

  static <T> Figure<T> number(String key, Value<T> value) {
    return figure(key, Kind.NUMBER, value);
  }

  static <T> Figure<T> byDegree(String key, Value<T> value) {
    return figure(key, Kind.BY_DEGREE, value);
  }

  static <T> Figure<T> structure(String key, Value<T> value) {
    return figure(key, Kind.STRUCTURE, value).onlyIn(Place.JSON);
  }

  Figure<T> alsoIn(Place... more) {
    EnumSet<Place> all = EnumSet.copyOf(places);
    all.addAll(List.of(more));
    return in(all);
  }

  Figure<T> onlyIn(Place... only) {
    return in(Set.of(only));
  }

  private Figure<T> in(Set<Place> newPlaces) {
    return new Figure<>(
        key, kind, value, Set.copyOf(newPlaces), heading, explanation, optional, text, doubt);
  }

  Figure<T> called(String newHeading, String newExplanation) {
    return new Figure<>(
        key, kind, value, places, newHeading, newExplanation, optional, text, doubt);
  }

  Figure<T> ifAny() {
    return new Figure<>(key, kind, value, places, heading, explanation, true, text, doubt);
  }

  Figure<T> value(Value<T> newValue) {
    return new Figure<>(
        key, kind, newValue, places, heading, explanation, optional, textOf(newValue), doubt);
  }

  Figure<T> text(Function<T, String> newText) {
    return new Figure<>(key, kind, value, places, heading, explanation, optional, newText, doubt);
  }

  Figure<T> doubted(Doubt<T> newDoubt) {
    return new Figure<>(key, kind, value, places, heading, explanation, optional, text, newDoubt);
  }

  /** Whether there is a value, and it rests on too few samples. */
  public boolean isDoubtful(T told) {
    return doubt.of(told, 0) && value.of(told) != null;
  }

  /** The same figure of something that has what it is told of. */
  <S> Figure<S> of(Function<S, T> part) {
    return new Figure<>(
        key,
        kind,
        whole -> value.of(part.apply(whole)),
        places,
        heading,
        explanation,
        optional,
        whole -> text.apply(part.apply(whole)),
        (whole, degree) -> doubt.of(part.apply(whole), degree));
  }
}
