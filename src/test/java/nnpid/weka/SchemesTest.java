package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.beans.PropertyEditor;
import java.beans.PropertyEditorManager;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weka.core.CapabilitiesHandler;
import weka.core.CheckGOE;
import weka.core.CheckOptionHandler;
import weka.core.OptionHandler;
import weka.core.OptionMetadata;
import weka.core.RevisionHandler;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformation.Field;
import weka.core.TechnicalInformationHandler;
import weka.knowledgeflow.steps.Step;

/** What the About boxes of all schemes of the package say. */
class SchemesTest {
  /** Everything that Weka's editors can show: what has options and a description. */
  static List<Class<?>> schemes() throws IOException {
    Path root = Path.of("target", "classes");
    try (Stream<Path> files = Files.walk(root.resolve("weka"))) {
      return files
          .map(file -> root.relativize(file).toString().replace('/', '.').replace('\\', '.'))
          .filter(name -> name.endsWith(".class") && !name.contains("$"))
          .filter(name -> !name.endsWith("-info.class"))
          .map(name -> load(name.replaceAll("\\.class$", "")))
          .filter(type -> Modifier.isPublic(type.getModifiers()))
          .filter(type -> !Modifier.isAbstract(type.getModifiers()))
          .filter(SchemesTest::isScheme)
          .<Class<?>>map(type -> type)
          .sorted(java.util.Comparator.comparing(Class::getName))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, SchemesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isScheme(Class<?> type) {
    return Stream.of(type.getMethods()).anyMatch(method -> method.getName().equals("globalInfo"));
  }

  @Test
  void allAreFound() throws IOException {
    List<String> names = schemes().stream().map(Class::getSimpleName).toList();
    assertTrue(
        names.containsAll(
            List.of(
                "PidAttributeEval",
                "PidSubsetEval",
                "OptaPlannerSearch",
                "SubsetRanking",
                "QuantizeActivations",
                "CoarseGrainUnits",
                "QuantizedNetwork",
                "NpyLoader",
                "IdxLoader",
                "CifarLoader")),
        names::toString);
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void aboutBoxIsComplete(Class<?> type) throws Exception {
    Object scheme = type.getConstructor().newInstance();
    String about = (String) type.getMethod("globalInfo").invoke(scheme);
    assertTrue(about.strip().length() > 60, about);
    // Weka shows the first sentence, and the rest under "More".
    assertTrue(firstDotEndsASentence(about.substring(0, Math.min(350, about.length()))), about);
    if (!(scheme instanceof Step)) { // Weka's own steps have none
      assertFalse(((RevisionHandler) scheme).getRevision().isBlank());
    }
    for (PropertyDescriptor property : Introspector.getBeanInfo(type).getPropertyDescriptors()) {
      boolean isOption =
          !property.getName().equals("options")
              && property.getReadMethod() != null
              && property.getWriteMethod() != null
              && property.getWriteMethod().getDeclaringClass().getName().startsWith(type.getName());
      if (isOption) {
        OptionMetadata option =
            Stream.of(property.getReadMethod(), property.getWriteMethod())
                .map(method -> method.getAnnotation(OptionMetadata.class))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        String text =
            option == null
                ? (String) type.getMethod(property.getName() + "TipText").invoke(scheme)
                : option.description() + (scheme instanceof Step ? "." : "");
        assertTrue(
            text.endsWith(".") && (scheme instanceof Step || firstDotEndsASentence(text)),
            () -> property.getName() + ": " + text);
      }
    }
    if (scheme instanceof CapabilitiesHandler handler) {
      assertNotNull(handler.getCapabilities());
    }
    if (scheme instanceof OptionHandler handler) {
      handler.setOptions(handler.getOptions());
    }
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void passesWekasCheckers(Class<?> type) throws Exception {
    Object scheme = type.getConstructor().newInstance();
    if (scheme instanceof Step) {
      return; // they have an editor of their own
    }
    CheckGOE windows = new CheckGOE();
    windows.setObject(scheme);
    windows.setSilent(true);
    windows.doTests();
    assertTrue(windows.getSuccess());
    CheckOptionHandler options = new CheckOptionHandler();
    options.setOptionHandler((OptionHandler) scheme);
    options.setSilent(true);
    options.doTests();
    assertTrue(options.getSuccess());
    assertNotNull(type.getDeclaredField("serialVersionUID"));
  }

  /** Windows show what is before it. */
  private static boolean firstDotEndsASentence(String text) {
    return text.matches("(?s)[^.]{10,}\\.(\\s.*)?");
  }

  /** Windows offer what is typed, not the names of constants in the source code. */
  @ParameterizedTest
  @MethodSource("schemes")
  void choicesAreOfferedByTheirText(Class<?> type) throws Exception {
    Object scheme = type.getConstructor().newInstance();
    for (SchemeOptions.Property property : SchemeOptions.of(type)) {
      if (property.type().isEnum()) {
        PropertyEditor editor = PropertyEditorManager.findEditor(property.type());
        editor.setValue(property.getter().invoke(scheme));
        assertEquals(property.choices(), List.of(editor.getTags()), property.flag());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void citationIsBibTex(Class<?> type) throws Exception {
    Object scheme = type.getConstructor().newInstance();
    if (!(scheme instanceof TechnicalInformationHandler)) {
      // To try all subsets, or to read a file, there is nothing to cite.
      assertTrue(
          type == weka.attributeSelection.SubsetRanking.class
              || type.getPackageName().equals("weka.core.converters")
              || type.getPackageName().equals("weka.knowledgeflow.steps"),
          type::getName);
      return;
    }
    TechnicalInformation paper = ((TechnicalInformationHandler) scheme).getTechnicalInformation();
    String bibtex = paper.toBibTex();
    assertTrue(bibtex.strip().matches("(?s)@\\w+\\{[^,]+,.*\\}"), bibtex);
    for (Field field : List.of(Field.AUTHOR, Field.TITLE, Field.YEAR)) {
      assertTrue(paper.exists(field), () -> field + "\n" + bibtex);
    }
    assertTrue(paper.getValue(Field.YEAR).matches("(19|20)\\d\\d"), bibtex);
    // As many braces are opened as closed.
    assertEquals(
        bibtex.chars().filter(c -> c == '{').count(), bibtex.chars().filter(c -> c == '}').count());
    String about = (String) type.getMethod("globalInfo").invoke(scheme);
    assertTrue(
        about.contains(paper.getValue(Field.TITLE)), () -> "The About box must cite: " + about);
  }
}
