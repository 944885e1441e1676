package nnpid.chart;

import static nnpid.chart.ChartStyle.clip;
import static nnpid.chart.ChartStyle.width;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.CoarseGrainedComplexity.Step;
import nnpid.coarsegraining.ComplexityBounds;
import org.jfree.chart.ui.Drawable;

/**
 * The groups of a layer's units: every group in rows of its own, in its own color and with its
 * number, a box with a name for every unit; above them the bounds for C. Names get smaller where
 * there are many, and are left out where they could not be read.
 */
public final class GroupingDiagram implements Drawable {
  /** Sizes of the names as shares of the size of the text, the largest that fits is taken. */
  private static final double[] SCALES = {1, 0.9, 0.8, 0.72};

  /** Names are cut that are wider than this many times the size of the text. */
  private static final double WIDEST_NAME = 12;

  private final GroupedLayer layer;
  private final ChartStyle style;
  private final List<String> labels;
  private final List<String> heading;

  private GroupingDiagram(GroupedLayer layer, ChartStyle style) {
    this.layer = layer;
    this.style = style;
    labels = new ArrayList<>();
    for (int group = 0; group < layer.grouping().groupCount(); group++) {
      labels.add(label(group));
    }
    heading = layer.result().map(GroupingDiagram::bounds).orElseGet(this::bestSoFar);
  }

  /** The diagram of groups. */
  public static GroupingDiagram of(GroupedLayer layer, ChartStyle style) {
    return new GroupingDiagram(layer, style);
  }

  /** The groups as a table: a row per unit. */
  public ChartData data() {
    List<List<Object>> rows = new ArrayList<>();
    List<String> units = layer.units();
    for (int group = 0; group < layer.grouping().groupCount(); group++) {
      for (int unit : layer.grouping().groups().get(group)) {
        rows.add(List.of(units.get(unit), group + 1));
      }
    }
    return new ChartData(List.of("unit", "group"), rows);
  }

  private String label(int group) {
    int size = layer.grouping().groups().get(group).size();
    String label = (group + 1) + ": " + (size == 1 ? "1 unit" : size + " units");
    return layer
        .result()
        .map(
            result ->
                label
                    + String.format(
                        Locale.ROOT, ", %.3f bits", result.groupInformation().get(group)))
        .orElse(label);
  }

  private static List<String> bounds(CoarseGrainedComplexity result) {
    ComplexityBounds bounds = result.bounds();
    if (Double.isNaN(bounds.lower())) {
      return List.of("C is undefined: the units have no information about the class.");
    }
    if (result.isExact()) {
      return List.of(
          String.format(Locale.ROOT, "C = %.4f: every unit is a group.", bounds.lower()));
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "Bounds for C: %.4f (C of the groups) to %.4f%s",
            bounds.lower(),
            bounds.upper(),
            result.refutesAssumption() ? "; they need not hold" : ""),
        String.format(
            Locale.ROOT,
            "In any case: %.4f to %.4f",
            bounds.lowerUnconditional(),
            bounds.upperUnconditional()));
  }

  private List<String> bestSoFar() {
    Step last = layer.trace().get(layer.trace().size() - 1);
    return List.of(
        String.format(
            Locale.ROOT,
            "Best so far, of step %d: %s about %.4f",
            last.step(),
            layer.objectiveName().substring(0, 1).toLowerCase(Locale.ROOT)
                + layer.objectiveName().substring(1),
            last.value()));
  }

  /** The box of a unit. */
  private record Box(int unit, int group, Rectangle2D place) {}

  /** Where things are when the diagram fills an area. */
  private final class Geometry {
    final double margin = style.fontSize() * 0.8;
    final double line = style.fontSize() * 1.45;
    final Rectangle2D area;
    final double top; // of the first group
    final double left; // of the boxes
    final List<Box> boxes = new ArrayList<>();
    final double[] groupTop;
    double nameSize; // as a share of the size of the text; 0 if there are no names
    double boxHeight;

    Geometry(Rectangle2D area) {
      this.area = area;
      groupTop = new double[layer.grouping().groupCount() + 1];
      top = area.getY() + margin + line * (1.2 + heading.size()) + margin / 2;
      left =
          area.getX()
              + margin
              + labels.stream().mapToDouble(text -> width(text, style.font())).max().orElse(0)
              + margin;
      double room = area.getMaxY() - margin - top;
      for (double scale : SCALES) {
        nameSize = scale;
        double names =
            layer.units().stream()
                .mapToDouble(name -> width(name, style.font(Font.PLAIN, scale)))
                .max()
                .orElse(0);
        double size = scale * style.fontSize();
        if (place(Math.min(names, WIDEST_NAME * size) + 0.8 * size, 1.5 * size, room)) {
          return;
        }
      }
      nameSize = 0;
      double size = style.fontSize();
      while (!place(size, size, room) && size > 2) {
        size *= 0.9;
      }
    }

    /** Puts boxes of a size into rows; whether they find room. */
    private boolean place(double width, double height, double room) {
      boxes.clear();
      boxHeight = height;
      double gap = Math.min(2, 0.1 * height);
      int perRow = (int) ((area.getMaxX() - margin - left + gap) / (width + gap));
      if (perRow < 1) {
        return false;
      }
      double y = top;
      for (int group = 0; group < layer.grouping().groupCount(); group++) {
        groupTop[group] = y;
        List<Integer> units = layer.grouping().groups().get(group);
        for (int i = 0; i < units.size(); i++) {
          int row = i / perRow;
          boxes.add(
              new Box(
                  units.get(i),
                  group,
                  new Rectangle2D.Double(
                      left + (i - row * perRow) * (width + gap),
                      y + row * (height + gap),
                      width,
                      height)));
        }
        int rows = (units.size() + perRow - 1) / perRow;
        // The label needs a line even where boxes are small.
        y += Math.max(rows * (height + gap), line) + 0.4 * line;
      }
      groupTop[layer.grouping().groupCount()] = y;
      return y - 0.4 * line - top <= room;
    }
  }

  /**
   * The unit whose box is at a point, counted from 0.
   *
   * @param area the area that the diagram was drawn into
   */
  public OptionalInt unitAt(Point2D point, Rectangle2D area) {
    return new Geometry(area)
        .boxes.stream().filter(box -> box.place().contains(point)).mapToInt(Box::unit).findFirst();
  }

  /** The boxes of all units in the area that the diagram is drawn into, by unit. */
  List<Rectangle2D> boxes(Rectangle2D area) {
    return new Geometry(area)
        .boxes.stream()
            .sorted(java.util.Comparator.comparingInt(Box::unit))
            .map(Box::place)
            .toList();
  }

  /** Whether the units' names can be read in an area. */
  boolean hasNames(Rectangle2D area) {
    return new Geometry(area).nameSize > 0;
  }

  /** What a unit is in, in lines: its name, its group, and what that knows. */
  public List<String> describe(int unit) {
    int group = layer.grouping().groupOfUnit()[unit];
    List<String> lines = new ArrayList<>();
    lines.add(layer.units().get(unit));
    lines.add("group " + labels.get(group));
    Optional<CoarseGrainedComplexity> result = layer.result();
    if (result.isPresent()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "The group alone tells %.4f of %.4f bits.",
              result.get().groupInformation().get(group),
              result.get().backbone().mutualInformation()));
    }
    return lines;
  }

  @Override
  public void draw(Graphics2D graphics, Rectangle2D area) {
    Geometry geometry = new Geometry(area);
    style.clear(graphics, area);
    graphics.setPaint(style.foreground());
    double room = area.getWidth() - 2 * geometry.margin;
    double y = area.getY() + geometry.margin + geometry.line * 0.8;
    String title = "Groups of " + layer.layer();
    Font bold = style.font(Font.BOLD, 1.1);
    graphics.setFont(bold);
    graphics.drawString(title, (float) (area.getCenterX() - width(title, bold) / 2), (float) y);
    y += 0.2 * geometry.line;
    for (String text : heading) {
      y += geometry.line;
      Font plain = style.font();
      String clipped = clip(text, plain, room);
      graphics.setFont(plain);
      graphics.drawString(
          clipped, (float) (area.getCenterX() - width(clipped, plain) / 2), (float) y);
    }
    drawLabels(graphics, geometry);
    geometry.boxes.forEach(box -> drawBox(graphics, box, geometry.nameSize));
  }

  private void drawLabels(Graphics2D graphics, Geometry geometry) {
    Font font = style.font();
    graphics.setFont(font);
    double height = Math.max(geometry.boxHeight, style.fontSize());
    for (int group = 0; group < labels.size(); group++) {
      graphics.setPaint(style.foreground());
      graphics.drawString(
          labels.get(group),
          (float) (geometry.area.getX() + geometry.margin),
          (float) (geometry.groupTop[group] + height / 2 + 0.35 * style.fontSize()));
    }
  }

  private void drawBox(Graphics2D graphics, Box box, double nameSize) {
    Color color = style.seriesColor(box.group());
    graphics.setPaint(color);
    graphics.fill(box.place());
    if (nameSize == 0) {
      return;
    }
    Font font = style.font(Font.PLAIN, nameSize);
    graphics.setFont(font);
    graphics.setPaint(ChartStyle.isDark(color) ? Color.WHITE : Color.BLACK);
    String name =
        clip(layer.units().get(box.unit()), font, box.place().getWidth() - 0.4 * font.getSize2D());
    graphics.drawString(
        name,
        (float) (box.place().getCenterX() - width(name, font) / 2),
        (float) (box.place().getCenterY() + 0.35 * font.getSize2D()));
  }
}
