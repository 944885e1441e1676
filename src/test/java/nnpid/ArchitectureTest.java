package nnpid;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which package may see which, and what no class may do.
 *
 * <p>Our adapters live in packages of Weka's name, so a module declaration is impossible and these
 * rules stand in for it. A rule about a package that does not exist yet passes.
 */
class ArchitectureTest {
  private static final String COMMONS_MATH = "org.apache.commons.math3..";
  private static final String GSON = "com.google.gson..";
  private static final String JFREECHART = "org.jfree..";
  private static final String OPTAPLANNER = "org.optaplanner..";

  private static final List<String> ANALYSIS_SEES =
      List.of(
          "nnpid.search..",
          "nnpid.coarsegraining..",
          "nnpid.estimation..",
          "nnpid.decomposition..",
          "nnpid.distribution..",
          "nnpid.lattice..",
          "nnpid.network..",
          COMMONS_MATH);

  /** The JDK as far as a computation needs it: no windows, no drawing. */
  private static final DescribedPredicate<JavaClass> PLAIN_JDK =
      resideInAPackage("java..")
          .and(not(resideInAnyPackage("java.awt..", "java.applet..", "java.beans..")))
          .as("plain JDK");

  private static JavaClasses classes;

  /** By path: by package name it would import Weka's own thousands of classes as well. */
  @BeforeAll
  static void read() {
    classes = new ClassFileImporter().importPath(Path.of("target", "classes"));
  }

  static Stream<Arguments> mayDependOn() {
    return Stream.of(
        Arguments.of("nnpid.execution", List.of()),
        Arguments.of("nnpid.numpy", List.of()),
        Arguments.of("nnpid.distribution", List.of(COMMONS_MATH)),
        Arguments.of("nnpid.lattice", List.of(COMMONS_MATH)),
        Arguments.of(
            "nnpid.decomposition",
            List.of("nnpid.distribution..", "nnpid.lattice..", COMMONS_MATH)),
        Arguments.of(
            "nnpid.estimation",
            List.of(
                "nnpid.decomposition..", "nnpid.distribution..", "nnpid.lattice..", COMMONS_MATH)),
        Arguments.of(
            "nnpid.coarsegraining",
            List.of(
                "nnpid.search..",
                "nnpid.estimation..",
                "nnpid.decomposition..",
                "nnpid.distribution..",
                "nnpid.lattice..",
                COMMONS_MATH,
                OPTAPLANNER)),
        Arguments.of("nnpid.search", List.of(COMMONS_MATH, OPTAPLANNER)),
        Arguments.of("nnpid.network", List.of("nnpid.distribution..", COMMONS_MATH)),
        Arguments.of("nnpid.analysis", plus(ANALYSIS_SEES)),
        Arguments.of("nnpid.report", plus(ANALYSIS_SEES, "nnpid.analysis..", GSON)),
        Arguments.of(
            "nnpid.chart",
            plus(ANALYSIS_SEES, "nnpid.analysis..", "java.awt..", "javax.imageio..", JFREECHART)));
  }

  private static List<String> plus(List<String> packages, String... others) {
    return Stream.concat(packages.stream(), Stream.of(others)).toList();
  }

  @ParameterizedTest
  @MethodSource("mayDependOn")
  void packageDependsOnlyOn(String name, List<String> allowed) {
    List<String> packages = new ArrayList<>(allowed);
    packages.addAll(List.of(name + "..", "nnpid.execution..", "org.jspecify.annotations.."));
    check(
        classes()
            .that()
            .resideInAPackage(name + "..")
            .should()
            .onlyDependOnClassesThat(
                PLAIN_JDK.or(resideInAnyPackage(packages.toArray(String[]::new)))));
  }

  /** A new package joins the list above, where its place among the others is decided. */
  @Test
  void everyPackageHasItsRule() {
    List<String> ruled =
        new ArrayList<>(
            List.of("nnpid", "nnpid.command..", "nnpid.weka..", "nnpid.spark..", "weka.."));
    mayDependOn().forEach(arguments -> ruled.add(arguments.get()[0] + ".."));
    check(classes().should().resideInAnyPackage(ruled.toArray(String[]::new)));
  }

  @Test
  void onlyTheBridgeAndTheAdaptersSeeWeka() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("nnpid.command..", "nnpid.weka..", "nnpid.spark..", "weka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("weka..", "nnpid.weka.."));
  }

  @Test
  void onlyAdaptersSeeAdapters() {
    Set<String> ours = Set.copyOf(classes.stream().map(JavaClass::getName).toList());
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("weka..")
            .should()
            .dependOnClassesThat(
                describe(
                    "are our Weka adapters",
                    type ->
                        type.getPackageName().startsWith("weka")
                            && ours.contains(type.getName()))));
  }

  @Test
  void onlyCoarseGrainingAndSearchSeeOptaPlanner() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("nnpid.coarsegraining..", "nnpid.search..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(OPTAPLANNER));
  }

  /** A user without Spark never notices it: nothing else leads there. */
  @Test
  void onlyNnpidSparkSeesSpark() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("nnpid.spark..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache.spark..", "org.apache.hadoop..", "scala..", "nnpid.spark.."));
  }

  /** Windows show charts as they are; commands have them as pictures. */
  @Test
  void onlyChartsAndWindowsSeeJFreeChart() {
    check(
        noClasses()
            .that()
            .resideInAPackage("nnpid..")
            .and()
            .resideOutsideOfPackage("nnpid.chart..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JFREECHART));
  }

  @Test
  void packagesHaveNoCycles() {
    check(
        slices()
            .assignedFrom(
                new SliceAssignment() {
                  @Override
                  public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return SliceIdentifier.of(type.getPackageName());
                  }

                  @Override
                  public String getDescription() {
                    return "packages";
                  }
                })
            .should()
            .beFreeOfCycles());
  }

  @Test
  void onlyTheCommandLinePrints() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("nnpid.command..", "nnpid.weka..", "nnpid.spark..")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
  }

  @Test
  void onlyTheBridgeAndTheAdaptersLog() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("nnpid.command..", "nnpid.weka..", "weka..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging.."));
  }

  /** The computations have no command line: who has one tells which option a message is about. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "distribution",
        "lattice",
        "decomposition",
        "estimation",
        "search",
        "coarsegraining",
        "network",
        "numpy",
        "execution"
      })
  void messagesNameNoFlag(String name) throws IOException {
    Pattern comment = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");
    Pattern literal = Pattern.compile("(?s)\"\"\".*?\"\"\"|\"(?:[^\"\\\\]|\\\\.)*\"");
    Predicate<String> flag = Pattern.compile("(?<![\\w-])-[a-zA-Z]").asPredicate();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/nnpid", name))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String code = comment.matcher(Files.readString(file)).replaceAll("");
        List<String> literals =
            literal.matcher(code).results().map(MatchResult::group).filter(flag).toList();
        assertEquals(List.of(), literals, file::toString);
      }
    }
  }

  @Test
  void allRandomnessIsSeeded() {
    check(
        noClasses()
            .should()
            .callConstructorWhere(
                describe("a generator is made without a seed", ArchitectureTest::makesUnseeded))
            .orShould()
            .callMethodWhere(
                describe("chance comes without a seed", ArchitectureTest::drawsUnseeded))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(SecureRandom.class));
  }

  private static boolean makesUnseeded(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    boolean generator =
        owner.isAssignableTo(RandomGenerator.class)
            || owner.isAssignableTo("org.apache.commons.math3.random.RandomGenerator")
            || owner.isAssignableTo("org.apache.commons.math3.random.RandomData");
    return generator && call.getTarget().getRawParameterTypes().isEmpty();
  }

  private static boolean drawsUnseeded(JavaAccess<?> call) {
    String method = call.getTarget().getFullName();
    return call.getTargetOwner().isAssignableTo(ThreadLocalRandom.class)
        || Set.of(
                "java.lang.Math.random()",
                "java.lang.StrictMath.random()",
                "java.util.Collections.shuffle(java.util.List)",
                "java.util.UUID.randomUUID()",
                "java.util.random.RandomGenerator.getDefault()",
                "java.util.random.RandomGenerator.of(java.lang.String)",
                "org.apache.commons.math3.util.FastMath.random()")
            .contains(method);
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(classes);
  }
}
