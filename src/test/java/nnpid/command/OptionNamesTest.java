package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages with flags of the command line, as they are read in a window. */
class OptionNamesTest {
  private static final OptionNames WINDOW =
      new OptionNames(Set.of("method", "permutations", "c", "Q"), "More options");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "The option -permutations (few) must be a whole number."
            + "| The field \"Permutations\" (few) must be a whole number.",
        "The number of permutations (-permutations -3) must not be negative."
            + "| The number of permutations (\"Permutations\": -3) must not be negative.",
        "Compare with shuffled classes (-permutations)."
            + "| Compare with shuffled classes (\"Permutations\").",
        "Maybe leave out -method; others are for sx. | Maybe leave out \"Method\"; others are for"
            + " sx.",
        "Maybe use -nominal-class, or name another with -c."
            + "| Maybe use -nominal-class (in \"More options\"), or name another with \"Class\".",
        "choose some with -sources, or make groups with -groups."
            + "| choose some with -sources (in \"More options\"), or make groups with -groups.",
        "The option -missing (no) must be level or drop."
            + "| The option -missing (in \"More options\") (no) must be level or drop.",
        "The quantizer (-Q weka.filters.Some -L 8 -R 1-5) must keep the attributes.| The quantizer"
            + " (\"Quantizer\": weka.filters.Some -L 8 -R 1-5) must keep the attributes.",
        "I lies from -1 to 1, sub-c and -cc. | I lies from -1 to 1, sub-c and -cc."
      })
  void flagsBecomeTheNamesOfFields(String message, String inWindow) {
    assertEquals(inWindow, WINDOW.in(message));
  }
}
