package nnpid.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.testing.Trajectories;
import org.junit.jupiter.api.Test;

class TrajectoryFormatsTest {

  @Test
  void formatsTellTheSameNumbers() throws IOException {
    Trajectory trajectory = Trajectories.ofTwoRepeats();
    JsonObject json = JsonParser.parseString(written(trajectory, Format.JSON)).getAsJsonObject();
    String[] rows = written(trajectory, Format.CSV).split("\n", -1);
    List<String> header = List.of(rows[0].split(",", -1));
    for (int i = 0; i < trajectory.points().size(); i++) {
      TrajectoryPoint point = trajectory.points().get(i);
      JsonObject object = json.getAsJsonArray("trajectory").get(i).getAsJsonObject();
      String[] row = rows[i + 1].split(",", -1);
      assertEquals(point.repeat(), object.get("repeat").getAsInt());
      assertEquals(point.layer(), row[header.indexOf("layer")]);
      assertEquals(
          point.representationalComplexity(),
          object.get("representationalComplexity").getAsDouble(),
          0);
      assertEquals(
          point.representationalComplexity(),
          Double.parseDouble(row[header.indexOf("representationalComplexity")]),
          0);
      assertEquals(
          point.summary().degreeOfSynergy().get(1),
          Double.parseDouble(row[header.indexOf("degreeOfSynergy2")]),
          0);
    }
    String text = written(trajectory, Format.TEXT);
    assertTrue(text.contains("C(L3)") && text.contains("Mean over 2 repeats"), text);
  }

  @Test
  void meansHaveDeviationsAndIntervals() throws IOException {
    Trajectory trajectory = Trajectories.ofTwoRepeats();
    double first = trajectory.at("L3", 3).get(0).trainAccuracy();
    double second = trajectory.at("L3", 3).get(1).trainAccuracy();
    double half = Math.tan(0.475 * Math.PI) * (second - first) / 2;
    JsonObject means =
        JsonParser.parseString(written(trajectory, Format.JSON))
            .getAsJsonObject()
            .getAsJsonArray("overRepeats")
            .get(1)
            .getAsJsonObject();
    assertEquals(3, means.get("epoch").getAsDouble());
    assertEquals(2, means.get("repeats").getAsInt());
    JsonObject accuracy = means.getAsJsonObject("trainAccuracy");
    assertEquals((first + second) / 2, accuracy.get("mean").getAsDouble(), 1e-12);
    assertEquals(
        (second - first) / Math.sqrt(2), accuracy.get("standardDeviation").getAsDouble(), 1e-12);
    assertEquals((first + second) / 2 - half, accuracy.get("low").getAsDouble(), 1e-9);
    Table table = Table.ofMeans(trajectory);
    assertEquals(
        accuracy.get("high").getAsDouble(),
        table.rows().get(1).get(table.columns().indexOf("trainAccuracyHigh")));
    // Of one training there are none.
    String one = written(Trajectories.ofXor(0.5, 0.5), Format.JSON);
    assertFalse(one.contains("overRepeats"), one);
    assertFalse(written(Trajectories.ofXor(1, 1), Format.TEXT).contains("95%"));
  }

  private static String written(Trajectory trajectory, Format format) throws IOException {
    StringWriter out = new StringWriter();
    format.write(trajectory, out);
    return out.toString();
  }

  @Test
  void testDataAreToldBesideTrainingDataInEveryForm() throws IOException {
    Trajectory trajectory = Trajectories.ofTrainingAndTest();
    TrajectoryPoint point = trajectory.points().get(0);
    JsonObject json =
        JsonParser.parseString(written(trajectory, Format.JSON))
            .getAsJsonObject()
            .getAsJsonArray("trajectory")
            .get(0)
            .getAsJsonObject();
    String[] rows = written(trajectory, Format.CSV).split("\n", -1);
    List<String> header = List.of(rows[0].split(",", -1));
    LayerSummary test = Objects.requireNonNull(point.testSummary());
    Map<String, Double> expected =
        Map.of(
            "testComplexity", test.representationalComplexity(),
            "testMutualInformation", test.mutualInformation(),
            "testCorrectedComplexity", test.correctedComplexity(),
            "testSamplingErrorOfComplexity", test.sampling().errorOfComplexity(),
            "testSampleSize", 40.0,
            "samplingErrorOfComplexity", point.summary().sampling().errorOfComplexity(),
            "complexityAtHalf", point.summary().sampling().complexityAtHalf());
    expected.forEach(
        (key, value) -> {
          assertFalse(Double.isNaN(value), key);
          assertEquals(value, json.get(key).getAsDouble(), 0, key);
          String cell = rows[1].split(",", -1)[header.indexOf(key)];
          assertEquals(value, Double.parseDouble(cell), 0, key);
        });
    String text = text(trajectory);
    String complexity = String.format(Locale.ROOT, "%.3f", test.representationalComplexity());
    assertTrue(text.contains("not seen\n\n epoch C(L3)\n 0 " + complexity + "\n"), text);
    assertTrue(text.contains("Sampling standard error of C"), text);
    assertTrue(text.contains("80 training samples and 40 test samples"), text);
    assertFalse(text(Trajectories.ofTwoRepeats()).contains("test data"));
  }

  @Test
  void accuracyHasAColumnOnlyWhereItIsKnown() throws IOException {
    assertTrue(
        text(Trajectories.ofXor(0.5, 0.25)).contains("\n epoch train acc. test acc. C(L3)\n"));
    String unknown = text(Trajectories.ofXor(Double.NaN, Double.NaN));
    assertTrue(unknown.contains("One training\n\n"), unknown);
    assertFalse(unknown.contains("acc."), unknown);
    assertTrue(unknown.contains("\n epoch C(L3)\n 7 1.415\n"), unknown);
  }

  /** The text, columns without their widths. */
  private static String text(Trajectory trajectory) throws IOException {
    return written(trajectory, Format.TEXT).replaceAll(" +", " ");
  }
}
