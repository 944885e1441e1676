package nnpid.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nnpid.analysis.OverRepeats;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;

/**
 * The figures of a layer at an epoch over all repeats of a training.
 *
 * @param repeats number of repeats that have come so far
 * @param figures what is a number, by its key
 */
record Means(double epoch, String layer, int repeats, Map<String, OverRepeats> figures) {

  /** By epoch and layer. */
  static List<Means> of(Trajectory trajectory) {
    List<Figure<TrajectoryPoint>> figures = figures(trajectory);
    List<Means> all = new ArrayList<>();
    for (double epoch : trajectory.epochs()) {
      for (String layer : trajectory.layers()) {
        List<TrajectoryPoint> points = trajectory.at(layer, epoch);
        if (!points.isEmpty()) {
          Map<String, OverRepeats> found = new LinkedHashMap<>();
          for (Figure<TrajectoryPoint> figure : figures) {
            found.put(
                figure.key(),
                OverRepeats.of(points.stream().mapToDouble(point -> number(figure, point))));
          }
          all.add(new Means(epoch, layer, points.size(), found));
        }
      }
    }
    return all;
  }

  private static List<Figure<TrajectoryPoint>> figures(Trajectory trajectory) {
    List<TrajectoryPoint> points = trajectory.points();
    return Figure.columns(PointFigures.ALL, Figure.Place.TABLE, points, Table.degrees(trajectory))
        .stream()
        .filter(figure -> figure.kind() == Figure.Kind.NUMBER)
        .filter(figure -> !points.stream().allMatch(point -> Double.isNaN(number(figure, point))))
        .toList();
  }

  private static double number(Figure<TrajectoryPoint> figure, TrajectoryPoint point) {
    return figure.value().of(point) instanceof Number value ? value.doubleValue() : Double.NaN;
  }
}
