package nnpid.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
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

  private static String written(Trajectory trajectory, Format format) throws IOException {
    StringWriter out = new StringWriter();
    format.write(trajectory, out);
    return out.toString();
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
