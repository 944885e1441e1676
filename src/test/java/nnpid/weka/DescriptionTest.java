package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Description.props says what Weka requires and agrees with pom.xml. */
class DescriptionTest {
  /** As Weka gets it: with the version and the date of the pom. */
  private static final Path FILE = Path.of("target", "weka-package", "Description.props");

  private static final Properties DESCRIPTION = new Properties();
  private static Element pom;

  @BeforeAll
  static void read() throws Exception {
    try (Reader reader = Files.newBufferedReader(FILE)) {
      DESCRIPTION.load(reader);
    }
    Document document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    pom = document.getDocumentElement();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PackageName",
        "Version",
        "Date",
        "Title",
        "Category",
        "Author",
        "Maintainer",
        "License",
        "Description",
        "Changes",
        "PackageURL",
        "URL",
        "Depends",
        "JVMVersion"
      })
  void hasKey(String key) {
    assertFalse(DESCRIPTION.getProperty(key, "").isBlank());
  }

  @Test
  void namesThePackageLikeThePom() {
    assertEquals(ofPom("artifactId"), DESCRIPTION.getProperty("PackageName"));
  }

  /** Weka reads three numbers, so a snapshot is described as the release it leads to. */
  @Test
  void hasThePomsVersionWithoutSnapshot() {
    String version = DESCRIPTION.getProperty("Version");
    assertTrue(version.matches("\\d+\\.\\d+\\.\\d+"), version);
    assertEquals(ofPom("version").replaceFirst("-SNAPSHOT$", ""), version);
  }

  @Test
  void packageUrlNamesTheZipOfThisVersion() {
    String version = DESCRIPTION.getProperty("Version");
    String url = DESCRIPTION.getProperty("PackageURL");
    String end = "/v" + version + "/representationalComplexity-" + version + ".zip";
    assertTrue(url.startsWith(ofPom("url")) && url.endsWith(end), url);
  }

  @Test
  void hasThePomsDate() {
    assertEquals(property("release.date"), DESCRIPTION.getProperty("Date"));
  }

  @Test
  void dateIsADate() {
    String date = DESCRIPTION.getProperty("Date");
    assertEquals(date, LocalDate.parse(date).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Author", "Maintainer"})
  void personHasAnAddress(String key) {
    String person = DESCRIPTION.getProperty(key);
    assertTrue(person.matches("[^<>]+ <[^<>@]+@[^<>@]+>"), person);
  }

  /** {@code JVMVersion=>n} asks for a Java later than n. */
  @Test
  void asksForTheJavaThatTheCodeIsCompiledFor() {
    int release = Integer.parseInt(property("maven.compiler.release"));
    assertEquals(">" + (release - 1), DESCRIPTION.getProperty("JVMVersion"));
  }

  @Test
  void dependsOnTheWekaItIsBuiltWith() {
    assertEquals("weka (>=" + property("weka.version") + ")", DESCRIPTION.getProperty("Depends"));
  }

  /** All that the build had to fill in is filled in. */
  @Test
  void hasNoUnresolvedPlaceholders() throws IOException {
    String text = Files.readString(FILE);
    assertFalse(text.contains("${"), text);
  }

  private static String ofPom(String element) {
    return child(pom, element).getTextContent().strip();
  }

  private static String property(String name) {
    return child(child(pom, "properties"), name).getTextContent().strip();
  }

  private static Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    throw new IllegalStateException("pom.xml must have <" + name + "> in " + parent.getTagName());
  }
}
