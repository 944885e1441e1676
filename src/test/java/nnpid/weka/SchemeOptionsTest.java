package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weka.classifiers.AbstractClassifier;
import weka.core.Instances;
import weka.core.Option;
import weka.core.OptionMetadata;
import weka.core.Utils;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.Remove;
import weka.filters.unsupervised.attribute.Standardize;

class SchemeOptionsTest {
  /** What is typed for a constant is its text. */
  public enum Kind {
    FIRST_KIND,
    SECOND_KIND;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A scheme with a property of every type. */
  public static class Scheme {
    private double precision = 0.5;
    private int count = 3;
    private long seed = 1;
    private boolean quick;
    private String text = "";
    private Kind kind = Kind.FIRST_KIND;
    private Filter filter = new Standardize();
    private OptionalInt most = OptionalInt.empty();

    @OptionMetadata(
        displayName = "Precision",
        description =
            "How exact it must be, which takes a description of more than one line, so that it is"
                + " broken between its words.",
        commandLineParamName = "precision",
        displayOrder = 1)
    public double getPrecision() {
      return precision;
    }

    public void setPrecision(double precision) {
      if (!(precision > 0)) {
        throw new IllegalArgumentException("The precision (" + precision + ") must be positive.");
      }
      this.precision = precision;
    }

    public int getCount() {
      return count;
    }

    @OptionMetadata(
        displayName = "Number of things",
        description = "How many.",
        commandLineParamName = "N",
        commandLineParamSynopsis = "things",
        displayOrder = 2)
    public void setCount(int count) {
      if (count == 13) {
        throw new IllegalArgumentException("There are superstitious users.");
      }
      this.count = count;
    }

    @OptionMetadata(
        displayName = "Seed",
        description = "Seed.",
        commandLineParamName = "S",
        displayOrder = 3)
    public long getSeed() {
      return seed;
    }

    public void setSeed(long seed) {
      this.seed = seed;
    }

    @OptionMetadata(
        displayName = "Quick",
        description = "Whether to hurry.",
        commandLineParamName = "quick",
        commandLineParamIsFlag = true,
        displayOrder = 4)
    public boolean getQuick() {
      return quick;
    }

    public void setQuick(boolean quick) {
      this.quick = quick;
    }

    @OptionMetadata(
        displayName = "Text",
        description = "Any text.",
        commandLineParamName = "text",
        displayOrder = 5)
    public String getText() {
      return text;
    }

    public void setText(String text) {
      this.text = text;
    }

    @OptionMetadata(
        displayName = "Kind",
        description = "Which kind.",
        commandLineParamName = "kind",
        displayOrder = 6)
    public Kind getKind() {
      return kind;
    }

    public void setKind(Kind kind) {
      this.kind = kind;
    }

    @OptionMetadata(
        displayName = "Quantizer",
        description = "A filter.",
        commandLineParamName = "Q",
        displayOrder = 7)
    public Filter getFilter() {
      return filter;
    }

    public void setFilter(Filter filter) {
      this.filter = filter;
    }

    @OptionMetadata(
        displayName = "Most",
        description = "At most so many (default: any number).",
        commandLineParamName = "most",
        displayOrder = 8)
    public OptionalInt getMost() {
      return most;
    }

    public void setMost(OptionalInt most) {
      this.most = most;
    }

    /** No option: it has no flag. */
    @OptionMetadata(displayName = "Shown", description = "Only in windows.")
    public int getShown() {
      return 0;
    }

    public void setShown(int shown) {}
  }

  /** A scheme of Weka's, with an option of its own. */
  public static class AnyClassifier extends AbstractClassifier {
    private static final long serialVersionUID = 1;

    private boolean own;
    private String range = "all";
    private File file = new File("");

    @OptionMetadata(
        displayName = "Own",
        description = "Own.",
        commandLineParamName = "x",
        commandLineParamIsFlag = true,
        displayOrder = 1)
    public boolean getOwn() {
      return own;
    }

    public void setOwn(boolean own) {
      this.own = own;
    }

    @OptionMetadata(
        displayName = "Range",
        description = "Which.",
        commandLineParamName = "range",
        displayOrder = 2)
    public String getRange() {
      return range;
    }

    public void setRange(String range) {
      this.range = range;
    }

    @OptionMetadata(
        displayName = "File",
        description = "Where.",
        commandLineParamName = "file",
        displayOrder = 3)
    public File getFile() {
      return file;
    }

    public void setFile(File file) {
      this.file = file;
    }

    @Override
    public void buildClassifier(Instances data) {}
  }

  private static Scheme set(String... options) {
    Scheme scheme = new Scheme();
    SchemeOptions.set(scheme, options);
    return scheme;
  }

  @Test
  void getsWhatWasSetInTheOrderOfTheProperties() throws Exception {
    String[] options = {
      "-most",
      "7",
      "-kind",
      "Second-Kind",
      "-text",
      "a b",
      "-quick",
      "-S",
      "5000000000",
      "-N",
      "-4",
      "-precision",
      "0.25",
      "-Q",
      "weka.filters.unsupervised.attribute.Remove -V -R 2"
    };
    Scheme scheme = new Scheme();
    SchemeOptions.set(scheme, options.clone());
    assertEquals(0.25, scheme.getPrecision());
    assertEquals(-4, scheme.getCount());
    assertEquals(5_000_000_000L, scheme.getSeed());
    assertTrue(scheme.getQuick());
    assertEquals("a b", scheme.getText());
    assertEquals(Kind.SECOND_KIND, scheme.getKind());
    assertEquals(OptionalInt.of(7), scheme.getMost());
    assertEquals("2", ((Remove) scheme.getFilter()).getAttributeIndices());
    String all =
        "-precision 0.25 -N -4 -S 5000000000 -quick -text \"a b\" -kind second-kind -Q"
            + " \"weka.filters.unsupervised.attribute.Remove -V -R 2\" -most 7";
    assertEquals(all, Utils.joinOptions(SchemeOptions.get(scheme)));
    String[] rest = Utils.splitOptions(all + " -other");
    Scheme again = new Scheme();
    SchemeOptions.set(again, rest);
    assertEquals(all, Utils.joinOptions(SchemeOptions.get(again)));
    assertEquals(List.of("-other"), List.of(rest).stream().filter(s -> !s.isEmpty()).toList());
  }

  @Test
  void whatIsNotGivenIsAsInANewScheme() {
    Scheme scheme = set("-N", "9", "-quick", "-text", "x", "-most", "2");
    SchemeOptions.set(scheme, new String[] {"-S", "2"});
    assertArrayEquals(SchemeOptions.get(set("-S", "2")), SchemeOptions.get(scheme));
    assertEquals(3, scheme.getCount());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "-precision; -1;      The precision (-precision -1) must be positive.",
        "-precision; 5d;      The precision (-precision 5d) must be a number.",
        "-N;         1.5;     The number of things (-N 1.5) must be a whole number.",
        "-N;         13;      The option (-N 13) is wrong: There are superstitious users.",
        "-kind;      third;   The kind (-kind third) must be first-kind or second-kind.",
        "-N; 5000000000; The number of things (-N 5000000000) must be a whole number from -2147483648"
            + " to 2147483647.",
        "-Q; no.Filter; The quantizer (-Q no.Filter) must be a filter with its options: there is no"
            + " class no.Filter."
      })
  void wrongValuesAreSentencesWithTheFlag(String flag, String value, String message) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> set(flag, value)).getMessage());
  }

  @Test
  void anOptionIsGivenOnceAndHasAValue() {
    for (String[] options :
        List.of(
            new String[] {"-N", "1", "-N", "2"},
            new String[] {"-quick", "-quick"},
            new String[] {"-N"},
            new String[] {"-N", ""})) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> set(options.clone())).getMessage();
      assertTrue(message.startsWith("The option " + options[0] + " must "), message);
    }
  }

  @Test
  void anEmptyTextIsAValueWhereItIsNotTheDefault() {
    for (String range : List.of("", "2")) {
      AnyClassifier classifier = new AnyClassifier();
      SchemeOptions.set(classifier, new String[] {"-range", range});
      assertEquals(range, classifier.getRange());
      assertArrayEquals(new String[] {"-range", range}, SchemeOptions.get(classifier));
    }
    assertThrows(IllegalArgumentException.class, () -> set("-text", ""));
  }

  @Test
  void aFileIsItsPath() {
    AnyClassifier classifier = new AnyClassifier();
    SchemeOptions.set(classifier, new String[] {"-file", "a/b"});
    assertEquals(new File("a/b"), classifier.getFile());
    assertEquals("-range all -file a/b", Utils.joinOptions(SchemeOptions.get(classifier)));
  }

  @Test
  void optionsOfWekasSuperclassesComeLastAndOnlyWhereTheyDiffer() throws Exception {
    assertEquals("-range all", Utils.joinOptions(SchemeOptions.get(new AnyClassifier())));
    String given =
        "-x -range all -output-debug-info -do-not-check-capabilities -num-decimal-places 4";
    AnyClassifier classifier = new AnyClassifier();
    String[] options = Utils.splitOptions(given + " -batch-size 7");
    SchemeOptions.set(classifier, options);
    assertEquals(given + " -batch-size 7", Utils.joinOptions(SchemeOptions.get(classifier)));
    SchemeOptions.set(classifier, new String[] {"-x"});
    assertEquals("-x -range all", Utils.joinOptions(SchemeOptions.get(classifier)));
    assertEquals(
        List.of(
            "x",
            "range",
            "file",
            "output-debug-info",
            "do-not-check-capabilities",
            "num-decimal-places",
            "batch-size"),
        Collections.list(SchemeOptions.list(classifier)).stream().map(Option::name).toList());
  }

  @Test
  void listsWhatIsTypedWhatItMeansAndTheDefault() {
    List<Option> options = Collections.list(SchemeOptions.list(new Scheme()));
    assertEquals(
        List.of("precision", "N", "S", "quick", "text", "kind", "Q", "most"),
        options.stream().map(Option::name).toList());
    assertEquals(
        List.of(
            "-precision <number>",
            "-N <things>",
            "-S <number>",
            "-quick",
            "-text <text>",
            "-kind <first-kind|second-kind>",
            "-Q <class and options>",
            "-most <number>"),
        options.stream().map(Option::synopsis).toList());
    assertEquals(
        "\tHow exact it must be, which takes a description of more than one line, so\n"
            + "\tthat it is broken between its words.\n\t(default: 0.5)",
        options.get(0).description());
    assertEquals("\tAt most so many (default: any number).", options.get(7).description());
    assertEquals(0, options.get(3).numArguments());
  }
}
