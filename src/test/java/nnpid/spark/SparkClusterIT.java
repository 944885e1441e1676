package nnpid.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of processes, some of which die, gives the bytes of the command line. */
class SparkClusterIT {
  @TempDir static Path directory;

  @Test
  void losesMachinesAndGivesTheBytesOfTheCommandLine() throws Exception {
    SparkComplexity.prepareWeka();
    double[][] rows = SparkData.activations(600);
    Path csv = SparkData.csv(directory.resolve("layers.csv"), rows, 0, 600);
    SparkData.checkpoints(directory.resolve("run"), 3, SparkData.activations(200));
    Path results = Files.createDirectories(directory.resolve("results"));
    String[] large = {
      "-t",
      csv.toString(),
      "-format",
      "json",
      "-layers",
      "(L\\d)_.*",
      "-replicates",
      "20000",
      "-precision",
      "1e-9",
      "-permutations",
      "20",
      "-halves",
      "4",
      "-rank",
      "1-2"
    };
    String[] trajectory = {
      "-t", directory.resolve("run") + "/epoch_*.npz", "-format", "json", "-halves", "2"
    };
    try (Cluster cluster = new Cluster(directory.resolve("cluster"))) {
      Cluster.Submitted run = cluster.submit("large", "500m", with(large, results, "large.json"));
      run.await("% done");
      cluster.killExecutor(0);
      Thread.sleep(3000); // the worker starts another one
      cluster.killWorker(0);

      assertEquals(0, run.exitCode(), run.log());
      assertEquals(
          SparkData.onOneMachine(directory.resolve("large.json"), large),
          Files.readString(results.resolve("large.json")));

      // On the machine that is left.
      Cluster.Submitted epochs =
          cluster.submit("epochs", "500m", with(trajectory, results, "epochs.json"));
      assertEquals(0, epochs.exitCode(), epochs.log());
      // Every file is a task of an executor, and there are no others.
      assertEquals(3, cluster.tasks(1, 1, 3));
      assertEquals(
          SparkData.onOneMachine(directory.resolve("epochs.json"), trajectory),
          Files.readString(results.resolve("epochs.json")));
      List<String> before = SparkData.files(results);

      // A line of 300 million characters.
      Path line = directory.resolve("line.csv");
      try (Writer text = Files.newBufferedWriter(line)) {
        text.write("a,b,y\n1,2,x\n3,4,y\n");
        for (int i = 0; i < 3_000; i++) {
          text.write("1".repeat(100_000));
        }
      }
      Path output = results.resolve("line.json");
      Cluster.Submitted tooLarge =
          cluster.submit("line", "500m", "-t", line.toString(), "-o", output.toString());
      assertEquals(1, tooLarge.exitCode(), tooLarge.log());
      assertTrue(
          tooLarge.log().contains("Error: An executor of Spark ran out of memory."),
          tooLarge.log());
      assertEquals(before, SparkData.files(results));
    }
  }

  private static String[] with(String[] options, Path results, String name) {
    return SparkData.plus(options, "-o", results.resolve(name).toString());
  }
}
