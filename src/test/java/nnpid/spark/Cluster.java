package nnpid.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A standalone cluster of Spark on this machine: a master, two workers, and what is submitted, each
 * a process of its own that knows nothing but the jars of Spark.
 */
final class Cluster implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 480;

  private final Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();
  private final String master;

  /** Starts it; logs go to the directory. */
  Cluster(Path directory) throws Exception {
    this.directory = Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("log4j2.properties"),
        """
        rootLogger.level = info
        rootLogger.appenderRef.console.ref = console
        appender.console.type = Console
        appender.console.name = console
        appender.console.target = SYSTEM_ERR
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %c{1}: %m%n%ex
        """);
    try {
      start(
          "master",
          "-Xmx200m",
          "org.apache.spark.deploy.master.Master",
          List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
      awaitLog("master", "New state: ALIVE", () -> false);
      // Whichever port was free: one that is looked for before may be taken by then.
      master = found("master", "spark://127\\.0\\.0\\.1:[1-9]\\d*");
      for (int i = 1; i <= 2; i++) {
        workers.add(
            start(
                "worker" + i,
                "-Xmx200m",
                "org.apache.spark.deploy.worker.Worker",
                List.of(
                    "--host",
                    "127.0.0.1",
                    "--port",
                    "0",
                    "--webui-port",
                    "0",
                    "--cores",
                    "1",
                    "--memory",
                    "700m",
                    "-d",
                    directory.resolve("w" + i).toString(),
                    master)));
      }
      for (int i = 1; i <= 2; i++) {
        awaitLog("worker" + i, "Successfully registered with master", () -> false);
      }
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private Process start(String name, String memory, String mainClass, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(memory, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    if (!name.startsWith("run")) {
      command.add("-Dlog4j2.configurationFile=" + directory.resolve("log4j2.properties"));
    }
    command.addAll(List.of("-cp", Path.of(System.getProperty("spark.home"), "jars") + "/*"));
    command.add(mainClass);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                System.getProperty("spark.home"),
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "SPARK_SCALA_VERSION",
                "2.13",
                "JAVA_HOME",
                System.getProperty("java.home")));
    builder.redirectErrorStream(true).redirectOutput(log(name).toFile());
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  /** Waits until a log has a text, or something else says that it is enough. */
  private void awaitLog(String name, String text, BooleanSupplier enough) throws Exception {
    for (int tries = 0; tries < TIMEOUT_SECONDS * 10; tries++) {
      if (enough.getAsBoolean() || (Files.exists(log(name)) && log(name, text))) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(name + " does not say \"" + text + "\":\n" + text(log(name)));
  }

  /** The first text in a log that matches a pattern. */
  private String found(String name, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(text(log(name)))
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " names no " + pattern));
  }

  private boolean log(String name, String text) throws IOException {
    return text(log(name)).contains(text);
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** A run that was submitted. */
  final class Submitted {
    private final String name;
    private final Process process;

    private Submitted(String name, Process process) {
      this.name = name;
      this.process = process;
    }

    /** Waits until it has said something, or is over. */
    void await(String text) throws Exception {
      awaitLog(name, text, () -> !process.isAlive());
    }

    /** Waits for its end: its exit code. */
    int exitCode() throws Exception {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(name + " does not end:\n" + log());
      }
      return process.exitValue();
    }

    /** All that it has said. */
    String log() throws IOException {
      return text(Cluster.this.log(name));
    }
  }

  /** Submits the command line, as a user does. */
  Submitted submit(String name, String executorMemory, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--master", master));
    arguments.addAll(List.of("--deploy-mode", "client"));
    arguments.addAll(List.of("--class", "nnpid.spark.SparkComplexity", "--jars", passed()));
    for (String setting :
        List.of(
            "spark.driver.host=127.0.0.1",
            "spark.driver.bindAddress=127.0.0.1",
            "spark.ui.enabled=false",
            "spark.cores.max=2",
            "spark.sql.shuffle.partitions=2",
            "spark.executor.memory=" + executorMemory,
            "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")) {
      arguments.addAll(List.of("--conf", setting));
    }
    arguments.add(System.getProperty("package.jar"));
    arguments.addAll(List.of(options));
    return new Submitted(
        "run-" + name,
        start("run-" + name, "-Xmx700m", "org.apache.spark.deploy.SparkSubmit", arguments));
  }

  /** The jars beside that of the package: Weka, and what reads text. */
  private static String passed() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of(System.getProperty("spark.home"), "passed"))) {
      return String.join(",", jars.map(Path::toString).sorted().toList());
    }
  }

  /** Kills the executors of a worker, as a machine without memory does. */
  void killExecutor(int worker) {
    workers.get(worker).descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** Kills a worker with its executors. */
  void killWorker(int worker) {
    List<ProcessHandle> executors = workers.get(worker).descendants().toList();
    workers.get(worker).destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * How many tasks executors of a worker have begun for an application that is over.
   *
   * @param application its number, from 0
   * @param expected logs are written behind the executors: so many are waited for
   */
  long tasks(int worker, int application, long expected) throws Exception {
    long count = tasks(worker, application);
    for (int tries = 0; count < expected && tries < 300; tries++) {
      Thread.sleep(100);
      count = tasks(worker, application);
    }
    return count;
  }

  private long tasks(int worker, int application) throws IOException {
    String directories = "app-\\d+-0*" + application + "/\\d+/stderr";
    long count = 0;
    Path root = directory.resolve("w" + (worker + 1));
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        if (root.relativize(file).toString().matches(directories)) {
          count += text(file).lines().filter(line -> line.contains("Running task ")).count();
        }
      }
    }
    return count;
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
