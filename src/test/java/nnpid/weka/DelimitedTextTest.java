package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Attribute;
import weka.core.Instances;

/** Tables of text, as other programs and people write them. */
class DelimitedTextTest {
  private static final String HEADER = "L1_1,L1_2,label\n";

  @TempDir private Path directory;

  private File file(String text, Charset charset) throws IOException {
    return Files.writeString(directory.resolve("table.csv"), text, charset).toFile();
  }

  private Instances read(String text) throws IOException {
    return DelimitedText.read(file(text, StandardCharsets.UTF_8), "auto", List.of());
  }

  private void assertRefuses(String text, String... parts) {
    IOException e = assertThrows(IOException.class, () -> read(text));
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), () -> part + " must be in: " + e.getMessage());
    }
    assertFalse(e.getMessage().contains("Exception"), e::getMessage);
  }

  private static List<String> names(Instances data) {
    return Collections.list(data.enumerateAttributes()).stream().map(Attribute::name).toList();
  }

  private static List<String> values(Attribute attribute) {
    return Collections.list(attribute.enumerateValues()).stream().map(Object::toString).toList();
  }

  // Names

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFL1_1,L1_2,label\n",
        " L1_1 ,\u00A0L1_2\u00A0,label \n",
        "# L1_1,L1_2,label\n",
        "#L1_1,L1_2,label\n",
        "\uFEFF# L1_1, L1_2 ,\tlabel\n",
        "\"L1_1\", \"L1_2\" ,\"label\"\n",
        "'L1_1','L1_2','label'\n",
        "L1_1,L1\u200B_2,label\r\n"
      })
  void namesHaveNothingThatCannotBeSeen(String header) throws IOException {
    assertEquals(List.of("L1_1", "L1_2", "label"), names(read(header + "0.5,0.25,a\n")));
  }

  @Test
  void namesOfUnitsMayBeginWithANumberSign() throws IOException {
    assertEquals(List.of("#1", "#2", "#label"), names(read("#1,#2,#label\n0.5,1,a\n")));
  }

  @Test
  void namesMayCountAsThoseOfPandas() throws IOException {
    assertEquals(List.of("0", "1", "label"), names(read("0,1,label\n0.5,0.25,a\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.5,0.25,a\n0.5,1,b\n",
        "1,2,3\n4,5,6\n",
        "0.1,0.5,7\n",
        "7,3,a\n1,1,b\n",
        "0;1\n"
      })
  void numbersAreNoNames(String text) {
    assertRefuses(text, "first line", "names", "header");
  }

  @ParameterizedTest
  @ValueSource(strings = {",L1_1,label\n0,0.5,a\n", "Unnamed: 0,L1_1,label\n0,0.5,a\n"})
  void anIndexIsTold(String text) {
    assertRefuses(text, "first column", "index=False");
  }

  @ParameterizedTest
  @ValueSource(strings = {HEADER + "0,0.5,0.1,a\n1,0.5,0.1,b\n", HEADER + "\"1\",0.5,0.1,a\n"})
  void anIndexWithoutANameIsTold(String text) {
    assertRefuses(text, "Line 2", "3 cells", "has 4", "index=False", "row.names=FALSE");
  }

  @Test
  void namesMustDiffer() {
    assertRefuses("a,b,a \n1,2,x\n", "columns 1 and 3", "\"a\"");
  }

  @Test
  void namesMustNotBeEmpty() {
    assertRefuses("a,,b\n1,2,x\n", "column 2");
    assertRefuses("a,b,\n1,x,\n", "column 3", "end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n\r\n", "\uFEFF"})
  void anEmptyFileHasNoNames(String text) {
    assertRefuses(text, "table.csv", "empty");
  }

  @Test
  void aHeaderAloneHasNoInstances() throws IOException {
    assertEquals(0, read(HEADER).numInstances());
  }

  @ParameterizedTest
  @ValueSource(strings = {"L1_1 L1_2 label\n0.5 1 a\n", "L1_1|L1_2|label\n0.5|1|a\n"})
  void otherSeparatorsMustBeNamed(String text) throws IOException {
    assertRefuses(text, "several names", "-separator");
    String separator = text.substring(4, 5);
    Instances data = DelimitedText.read(file(text, StandardCharsets.UTF_8), separator, List.of());
    assertEquals(List.of("L1_1", "L1_2", "label"), names(data));
    assertEquals(0.5, data.instance(0).value(0));
  }

  // Separators

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b,c~0.5,1.5,x~",
        "a;b;c~0.5;1.5;x~",
        "a;b;c~0,5;1,5;x~",
        "a\tb\tc~0.5\t1.5\tx~",
        "a\tb\tc~0,5\t1,5\tx~",
        "a,b,c~\"0,5\",\"1,5\",x~",
        "\"a\";\"b\";\"c\"~\"0,5\";\"1,5\";\"x\"~",
        "'a';'b';'c'~0,5;1,5;'x'~",
        "a,b,c~0.5,1.5,x",
        "a,b,c~~0.5,1.5,x~~~",
        "a,b,c~5e-1,+1.5E0, x ~   ~"
      })
  void theHeaderTellsTheSeparator(String text) throws IOException {
    for (String lineEnd : List.of("\n", "\r\n", "\r")) {
      Instances data = read(text.replace("~", lineEnd));
      assertEquals(List.of("a", "b", "c"), names(data));
      assertEquals(1, data.numInstances());
      assertEquals(0.5, data.instance(0).value(0));
      assertEquals(1.5, data.instance(0).value(1));
      assertEquals("x", data.instance(0).stringValue(2));
    }
  }

  @Test
  void namesMayHaveTheOtherSeparators() throws IOException {
    Instances data = read("unit 1, left;unit 2, right;label\n0.5;1.5;x\n2;3;y\n");
    assertEquals(List.of("unit 1, left", "unit 2, right", "label"), names(data));
  }

  @Test
  void anAmbiguousSeparatorMustBeNamed() throws IOException {
    String text = "a,b;c\n0,5;1\n";
    assertRefuses(text, "commas", "semicolons", "-separator");
    Instances data = DelimitedText.read(file(text, StandardCharsets.UTF_8), "semicolon", List.of());
    assertEquals(List.of("a,b", "c"), names(data));
    assertEquals(0.5, data.instance(0).value(0));
  }

  /** Two decimal commas in three cells: as many cells by commas as there are names. */
  @Test
  void rowsSeparatedInAnotherWayThanTheNamesAreRefused() {
    assertRefuses("a,b,c\n0,5;0,7;x\n0,1;0,2;y\n", "commas", "semicolons");
    assertRefuses("a,b,c\n1;2;x\n3;4;y\n", "commas", "semicolons");
    assertRefuses("a,b,c\n1;2;x\n3;4;5;y\n", "Line 2", "3 cells");
    assertRefuses("a;b;c\n0.5,1,x\n", "semicolons", "commas");
  }

  @Test
  void decimalCommasBetweenCommasAreRefused() {
    assertRefuses("a,b,c\n0,5,0,7,x\n", "Line 2", "3 cells", "has 5", "decimal commas");
  }

  @Test
  void pointsAndCommasDoNotMix() {
    assertRefuses("a;b;c\n0,5;0.7;x\n", "decimal", "0,5", "0.7", "line 2");
    assertRefuses("a;b;c\n1;2;x\n0.5;1,000;x\n", "line 3", "1,000");
    assertRefuses("a;b;c\n1;2;x\n1.000,5;1;x\n", "\"a\"", "line 3", "1.000,5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5\n", "0.5,1\n", "0.5,1,a,\n", "0.5,1,a,b\n", "x\n"})
  void everyLineHasACellForEveryName(String row) {
    assertRefuses(HEADER + "1,2,a\n" + row, "Line 3", "3 cells");
  }

  // Cells

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NA", "N/A", "nan", "NaN", "-nan", "None", "none", "null", "NULL", "", "?", " ? ", "\"NA\"",
        "<NA>"
      })
  void missingNumbersLeaveTheColumnNumeric(String cell) throws IOException {
    for (String rows : List.of(cell + ",2,a\n1,3,b\n2,3,a\n", "1,2,a\n2,3,b\n" + cell + ",4,a\n")) {
      Instances data = read(HEADER + rows);
      assertTrue(data.attribute(0).isNumeric());
      assertEquals(1, data.attributeStats(0).missingCount);
      assertEquals(0, data.attributeStats(1).missingCount);
      assertEquals(3, data.numInstances());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "#DIV/0!",
        "x",
        "0.5.1",
        "1e",
        "0x10",
        "1f",
        "5d",
        "1_000",
        "50%",
        "0.5 V",
        "tensor(0.5)",
        "--1",
        "1 2",
        "\u22120.5",
        "\u0665",
        "1e5e5",
        ".",
        "+",
        "missing"
      })
  void strayTextsAreNamedByLineAndColumn(String cell) {
    String rest = "0.25,2,a\n0.5,3,b\n0.75,2,a\n";
    assertRefuses(HEADER + rest + cell + ",4,b\n", "\"L1_1\"", "line 5", "\"" + cell + "\"", "?");
    assertRefuses(HEADER + cell + ",4,b\n" + rest, "\"L1_1\"", "line 2", "\"" + cell + "\"");
  }

  @Test
  void numbersAndNamesInOneColumnAreRefused() {
    assertRefuses(
        HEADER + "x,1,a\ny,1,a\nz,2,b\n3,4,b\n", "\"L1_1\"", "line 2", "\"x\"", "line 5", "\"3\"");
  }

  /** A few numbers may be names, among ten times as many. */
  @Test
  void namesMayHaveANumberAmongThem() throws IOException {
    Instances data = read(HEADER + "1,1,a\n".repeat(20) + "1,1,7\n1,1,07\n");
    assertEquals(List.of("07", "7", "a"), values(data.attribute(2)));
    assertEquals("7", data.instance(20).stringValue(2));
    assertEquals("07", data.instance(21).stringValue(2));
  }

  @Test
  void theClassMayMixNumbersAndNames() throws IOException {
    File file = file(HEADER + "1,1,3\n1,2,3\n1,2,4\n1,1,other\n", StandardCharsets.UTF_8);
    for (String label : List.of("label", "last", "3")) {
      Instances data = DelimitedText.read(file, "auto", List.of(label));
      assertEquals(List.of("3", "4", "other"), values(data.attribute(2)));
      assertTrue(data.attribute(0).isNumeric());
    }
    assertThrows(IOException.class, () -> DelimitedText.read(file, "auto", List.of("L1_1")));
  }

  @Test
  void namesThatDifferInBlanksAreOne() throws IOException {
    Instances data = read(HEADER + "1,1,b \n1,1,b\n1,2, a\n1,2,a\u00A0\n1,3,\" a \"\n");
    assertEquals(List.of("a", "b"), values(data.attribute(2)));
  }

  @Test
  void noneIsANameAmongNames() throws IOException {
    Instances data = read(HEADER + "1,1,None\n1,1,Mild\n1,1,null\n1,1,inf\n1,1,NA\n1,1,\n");
    assertEquals(List.of("Mild", "None", "inf", "null"), values(data.attribute(2)));
    assertEquals(2, data.attributeStats(2).missingCount);
    assertEquals("None", data.instance(0).stringValue(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "-Infinity", "1e999"})
  void infiniteNumbersAreRefused(String cell) {
    assertRefuses(HEADER + "1,1,a\n1," + cell + ",b\n", "\"L1_2\"", "finite", "line 3", cell);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0.0",
        "+1",
        "1.",
        ".5",
        "0.1",
        "1e22",
        "1e23",
        "123456789012345678",
        "4.9e-324",
        "1.7976931348623157e308",
        "0.30000000000000004",
        "9007199254740993",
        "1e-22",
        "5e-23",
        "0.000000000000000000000000000000001234567890123456",
        "1E+5",
        "00012.50",
        "1e-0005",
        "123456789012345e-10",
        "999999999999999.9",
        "1e-400",
        "2.2250738585072011e-308"
      })
  void numbersAreThoseOfJava(String cell) {
    double number = TextColumn.number(cell.toCharArray(), 0, cell.length());
    assertEquals(
        Double.doubleToLongBits(Double.parseDouble(cell)), Double.doubleToLongBits(number));
  }

  // Quotes

  @Test
  void quotedCellsMayHaveSeparatorsAndQuotes() throws IOException {
    Instances data = read(HEADER + "1,2,\"a, \"\"b\"\"\"\n1,2,'c'\n");
    assertEquals(List.of("'c'", "a, \"b\""), values(data.attribute(2)));
  }

  @Test
  void singleQuotesAreThoseOfWeka() throws IOException {
    Instances data = read(HEADER + "1,2,'a, b'\n1,2,c\n");
    assertEquals(List.of("a, b", "c"), values(data.attribute(2)));
  }

  /** Else the rest of the file would be one name. */
  @ParameterizedTest
  @ValueSource(strings = {"\"b\n", "\"b\n1,2,a\n", "\"b\nc\"\n", "\"b\"c\n"})
  void quotesAreAroundWholeCells(String cell) {
    assertRefuses(HEADER + "1,2,a\n1,2," + cell, "line 3", "quotes");
  }

  // Bytes

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "ISO-8859-1"})
  void encodingsAreRecognized(String name) throws IOException {
    Charset charset = Charset.forName(name);
    String mark = name.startsWith("UTF") ? "\uFEFF" : "";
    File file = file(mark + "L1_1\tL1_2\tlabel\n0,5\t1\tgrün\n1\t2\trot\n", charset);
    Instances data = DelimitedText.read(file, "auto", List.of());
    assertEquals(List.of("grün", "rot"), values(data.attribute(2)));
    assertEquals(0.5, data.instance(0).value(0));
  }

  @Test
  void whatIsNoTextIsTold() throws IOException {
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      File file = file(HEADER + "1,2,a\n", charset);
      IOException e =
          assertThrows(IOException.class, () -> DelimitedText.read(file, "auto", List.of()));
      assertTrue(e.getMessage().contains("text") && e.getMessage().contains("UTF-8"), e::toString);
    }
    assertRefuses("PK\u0003\u0004\u0014", "text", "CSV");
  }

  @Test
  void compressedFilesAreRead() throws IOException {
    Path file = directory.resolve("table.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((HEADER + "0.5,1,a\n").getBytes(StandardCharsets.UTF_8));
    }
    Instances data = DelimitedText.read(file.toFile(), "auto", List.of());
    assertEquals("table", data.relationName());
    assertEquals(0.5, data.instance(0).value(0));
  }

  @Test
  void headersMayBeLongerThanTheSample() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int unit = 1; unit <= 30_000; unit++) {
      text.append("unit_").append(unit).append(';');
    }
    text.append("label\n").append("0,5;".repeat(30_000)).append("a\n");
    Instances data = read(text.toString());
    assertEquals(30_001, data.numAttributes());
    assertEquals(0.5, data.instance(0).value(29_999));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", ".", "-", "e", "\"", "xy", "\n"})
  void separatorsAreInNoNumber(String separator) {
    assertThrows(IllegalArgumentException.class, () -> DelimitedText.requireSeparator(separator));
  }
}
