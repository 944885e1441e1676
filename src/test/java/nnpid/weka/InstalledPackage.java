package nnpid.weka;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The package zip, installed into a WEKA_HOME of its own and used through plain Weka: the class
 * path of the started Java has Weka and what Weka depends on, and none of our classes.
 *
 * <p>Only for {@code *IT} classes, since the zip exists from the phase {@code package} on. The
 * directory is the caller's to delete, which {@code @TempDir} does.
 */
public final class InstalledPackage {
  /** Only against processes that hang. */
  private static final long TIMEOUT_MINUTES = 20;

  /** Characters of an output that are shown: its end, where errors are. */
  private static final int MOST_SHOWN = 1500;

  /**
   * Runs of more than two seconds, and schemes of ten, as on a busy machine, tell their progress.
   */
  private static final String PROGRESS =
      "(?m)^( *\\d+% done|Training the network: |\\w+(Search|Ranking): ).*\\R";

  /**
   * How one Java process ended.
   *
   * @param stderr without reports of progress
   */
  public record Result(int exitCode, String stdout, String stderr) {
    /** What one wants to know about the process, for the message of a failed assertion. */
    @Override
    public String toString() {
      return "exit code "
          + exitCode
          + "\n--- stdout\n"
          + end(stdout)
          + "\n--- stderr\n"
          + end(stderr);
    }

    private static String end(String text) {
      return text.length() <= MOST_SHOWN
          ? text
          : "... " + text.substring(text.length() - MOST_SHOWN);
    }
  }

  private final Path directory;
  private final Path wekaHome;
  private final Result installation;

  private InstalledPackage(Path directory, Path wekaHome, Result installation) {
    this.directory = directory;
    this.wekaHome = wekaHome;
    this.installation = installation;
  }

  /**
   * Installs the zip of this build with Weka's own package manager, without network.
   *
   * @param directory an existing directory; becomes the parent of WEKA_HOME and the working
   *     directory of all processes
   */
  public static InstalledPackage in(Path directory) {
    // Weka creates WEKA_HOME itself but not its parents.
    Path wekaHome = directory.resolve("wekafiles");
    Result installation =
        java(
            directory,
            wekaHome,
            Map.of(),
            property("weka.classpath"),
            List.of(),
            "weka.core.WekaPackageManager",
            "-offline",
            "-install-package",
            property("package.zip"));
    return new InstalledPackage(directory, wekaHome, installation);
  }

  /** How the installation itself ended. */
  public Result installation() {
    return installation;
  }

  /** The WEKA_HOME of this installation. */
  public Path wekaHome() {
    return wekaHome;
  }

  /** The directory the package was unpacked to. */
  public Path packageDirectory() {
    return wekaHome.resolve("packages").resolve("representationalComplexity");
  }

  /** The paths of all regular files in the package, sorted, relative and with slashes. */
  public List<String> files() {
    try (Stream<Path> paths = Files.walk(packageDirectory())) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> packageDirectory().relativize(path).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs {@code weka.Run}, Weka's command line that sees installed packages, with these arguments.
   * {@code weka.Run} exits with 0 even if the scheme failed: look at stderr too.
   */
  public Result run(String... wekaRunArguments) {
    String[] arguments =
        Stream.concat(Stream.of("weka.Run"), Stream.of(wekaRunArguments)).toArray(String[]::new);
    return java(List.of(), arguments);
  }

  /** Runs Weka's package manager with these arguments, without network. */
  public Result packageManager(String... arguments) {
    String[] all =
        Stream.concat(Stream.of("weka.core.WekaPackageManager", "-offline"), Stream.of(arguments))
            .toArray(String[]::new);
    return java(List.of(), all);
  }

  /**
   * Runs a main class of Weka in this WEKA_HOME.
   *
   * @param jvmOptions such as {@code -Dname=value}
   * @param mainClassAndArguments for instance {@code weka.knowledgeflow.FlowRunner flow.kf}
   */
  public Result java(List<String> jvmOptions, String... mainClassAndArguments) {
    return java(
        directory,
        wekaHome,
        Map.of(),
        property("weka.classpath"),
        jvmOptions,
        mainClassAndArguments);
  }

  /**
   * Runs a main class with a display.
   *
   * @param display the X display, such as {@code :1}
   * @param classes a directory of classes that join those of Weka
   */
  public Result gui(String display, Path classes, String... mainClassAndArguments) {
    return java(
        directory,
        wekaHome,
        Map.of("DISPLAY", display),
        property("weka.classpath") + File.pathSeparator + classes,
        List.of("-Djava.awt.headless=false"),
        mainClassAndArguments);
  }

  /**
   * Runs a Java program of one source file on the class path that the examples tell: the jars of
   * the package, without Weka.
   *
   * @param source path within the package
   */
  public Result program(String source, String... arguments) {
    return program(packageJars(), source, arguments);
  }

  /** The same with Weka before the jars of the package. */
  public Result programWithWeka(String source, String... arguments) {
    String classPath = property("weka.classpath") + File.pathSeparator + packageJars();
    return program(classPath, source, arguments);
  }

  private String packageJars() {
    return packageDirectory().resolve("representationalComplexity.jar")
        + File.pathSeparator
        + packageDirectory().resolve("lib").resolve("*");
  }

  private Result program(String classPath, String source, String... arguments) {
    return java(
        directory,
        wekaHome,
        Map.of(),
        classPath,
        List.of(),
        Stream.concat(
                Stream.of(packageDirectory().resolve(source).toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static Result java(
      Path directory,
      Path wekaHome,
      Map<String, String> environment,
      String classPath,
      List<String> jvmOptions,
      String... mainClassAndArguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.awt.headless=true");
    command.add("-Dweka.packageManager.offline=true");
    for (String library : List.of("ARPACK", "BLAS", "LAPACK")) {
      // Weka starts by looking for native libraries and logs to stderr what this machine lacks.
      String netlib = "com.github.fommil.netlib.";
      command.add("-D" + netlib + library + "=" + netlib + "F2j" + library);
    }
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(classPath);
    command.addAll(List.of(mainClassAndArguments));
    try {
      // Files, not pipes: a process that fills one pipe while we read the other would hang.
      Path stdout = Files.createTempFile(directory, "stdout", ".txt");
      Path stderr = Files.createTempFile(directory, "stderr", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              // weka.Run asks which class is meant on stdin: end of file instead of a hang
              .redirectInput(emptyFile(directory))
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      builder.environment().put("WEKA_HOME", wekaHome.toString());
      builder.environment().putAll(environment);
      // The JVM would announce these on stderr.
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().remove("_JAVA_OPTIONS");
      builder.environment().remove("JDK_JAVA_OPTIONS");
      Process process = builder.start();
      boolean ended;
      try {
        ended = process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
      } finally {
        process.destroyForcibly();
      }
      Result result =
          new Result(
              ended ? process.exitValue() : -1,
              Files.readString(stdout, StandardCharsets.UTF_8),
              Files.readString(stderr, StandardCharsets.UTF_8).replaceAll(PROGRESS, ""));
      Files.delete(stdout);
      Files.delete(stderr);
      if (!ended) {
        throw new IllegalStateException(
            "The process must end within " + TIMEOUT_MINUTES + " min: " + command + "\n" + result);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + command, e);
    }
  }

  private static File emptyFile(Path directory) throws IOException {
    Path empty = directory.resolve("stdin.txt");
    if (!Files.exists(empty)) {
      Files.createFile(empty);
    }
    return empty.toFile();
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "The system property " + name + " must be set: run the test with mvn verify.");
    }
    return value;
  }
}
