package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Attribute;
import weka.core.Instances;

class UserRegexTest {
  private static String messageOf(String regex, String name) {
    UserRegex expression = UserRegex.compile("layers", regex);
    return assertThrows(IllegalArgumentException.class, () -> expression.matches(name))
        .getMessage();
  }

  @Test
  void matchesWholeNames() {
    UserRegex regex = UserRegex.compile("layers", "(L\\d+)_.*");
    assertTrue(regex.matches("L3_1"));
    assertFalse(regex.matches("xL3_1"));
    assertEquals(Optional.of("L12"), regex.captured("L12_unit"));
    assertEquals(Optional.empty(), regex.captured("L12"));
    assertEquals(Optional.empty(), UserRegex.compile("layers", "(a)?b").captured("b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a|b)*", "((?:a|b)*)_\\d+", "(?:a|bc|b)*x"})
  void expressionsThatOverflowTheStackEndWithASentence(String regex) {
    String message = messageOf(regex, "ab".repeat(1_000_000));
    assertTrue(message.contains("(-layers " + regex + ") must"), message);
    assertTrue(message.contains("stack") && message.contains("2000000 characters"), message);
    assertTrue(message.length() < 500, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"((a+)+)\\2x", "(a*)*\\1b", "(?:(a|aa)+)+\\1x"})
  void expressionsThatTryTooManyWaysEndWithASentence(String regex) {
    String message = messageOf(regex, "a".repeat(60) + "!");
    assertTrue(message.contains("(-layers " + regex + ") must"), message);
    assertTrue(message.contains("steps"), message);
  }

  /** A pattern that is just bearable with one name is not with a hundred thousand. */
  @Test
  void stepsOfAllNamesAreCountedTogether() {
    UserRegex regex = UserRegex.compile("layers", "((a+)+)\\2x");
    String name = "a".repeat(16);
    assertFalse(regex.matches(name));
    assertThrows(
        IllegalArgumentException.class,
        () -> IntStream.range(0, 100_000).forEach(i -> regex.matches(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(L\\d+)_.*", "(?i)(.*)[-_]\\d+", "(.*conv.*)-(?:\\d+)", "(?!L3)(.*)_.*"})
  void usualExpressionsMatchAHundredThousandNames(String regex) {
    UserRegex expression = UserRegex.compile("layers", regex);
    for (int i = 0; i < 100_000; i++) {
      assertTrue(expression.matches("L2conv_unit-" + i) || expression.matches("L2_conv-" + i));
    }
  }

  @Test
  void nestingThatIsTooDeepIsNoExpression() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> UserRegex.compile("sources", "(".repeat(20_000) + ")".repeat(20_000)));
    assertTrue(e.getMessage().contains("must be a regular expression"), e::getMessage);
  }

  /** The Explorer writes such lists for layers of which units are unchecked. */
  @Test
  void listsOfAHundredThousandNumbersAreNoProblem() {
    String numbers =
        IntStream.rangeClosed(1, 100_000)
            .mapToObj(i -> i % 2 == 0 ? i + "-" + i : "" + i)
            .collect(Collectors.joining(","));
    new UnitSelection("last", false, numbers, "", "", "", "");
    UnitSelection grouped = new UnitSelection("last", false, "", "", numbers, "", "");
    assertEquals(1, grouped.groupsOf("all", 100_000).size());
  }

  @Test
  void expressionsForUnitsAreGuardedToo() throws Exception {
    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("a".repeat(60) + "!"));
    attributes.add(new Attribute("class", List.of("x", "y")));
    Instances data = new Instances("r", attributes, 0);
    UnitSelection selection = new UnitSelection("last", false, "((a+)+)\\2x", "", "", "", "");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> selection.select(data));
    assertTrue(e.getMessage().contains("-sources"), e::getMessage);
  }
}
