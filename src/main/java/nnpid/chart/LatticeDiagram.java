package nnpid.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnpid.analysis.LayerResult;
import nnpid.decomposition.Atom;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.lattice.Antichain;
import org.jfree.chart.ui.Drawable;

/**
 * The Hasse diagram of the redundancy lattice of up to four sources: from what all sources share at
 * the bottom to what only all together have at the top. A node's area grows with its atom's
 * absolute value; positive atoms are blue circles, negative ones vermilion diamonds.
 */
public final class LatticeDiagram implements Drawable {
  /** More sources have thousands of antichains. */
  public static final int MOST_SOURCES = 4;

  /** Sweeps of the ordering within levels; it settles after a few. */
  private static final int SWEEPS = 12;

  private final LayerResult layer;
  private final ChartStyle style;
  private final List<Atom> atoms;
  private final int[] level;
  private final double[] across; // place within the level, 0 in the middle, in widths of a node
  private final int[][] covers; // what is directly above
  private final double largest;
  private final int widest;

  private LatticeDiagram(
      LayerResult layer, PartialInformationDecomposition decomposition, ChartStyle style) {
    this.layer = layer;
    this.style = style;
    atoms = decomposition.atoms().toList();
    int sourceSets = (1 << decomposition.sourceCount()) - 1;
    // The order of the lattice is graded: every step up drops one source set of the up-set.
    level =
        atoms.stream()
            .mapToInt(atom -> sourceSets - upSetSize(atom.antichain(), sourceSets))
            .toArray();
    covers = new int[atoms.size()][];
    for (int i = 0; i < atoms.size(); i++) {
      int lower = i;
      covers[i] =
          IntStream.range(0, atoms.size())
              .filter(
                  upper ->
                      level[upper] == level[lower] + 1
                          && atoms.get(lower).antichain().precedes(atoms.get(upper).antichain()))
              .toArray();
    }
    largest = atoms.stream().mapToDouble(atom -> Math.abs(atom.average())).max().orElse(0);
    across = new double[atoms.size()];
    widest = arrange();
  }

  /** Whether there is a diagram of the layer: its atoms are known, and not too many. */
  public static boolean canShow(LayerResult layer) {
    return layer.decomposition().isPresent() && layer.sourceCount() <= MOST_SOURCES;
  }

  /**
   * The diagram of a layer.
   *
   * @throws IllegalArgumentException if there is none, see {@link #canShow}
   */
  public static LatticeDiagram of(LayerResult layer, ChartStyle style) {
    if (!canShow(layer)) {
      throw new IllegalArgumentException(
          String.format(
              "The layer \"%s\" must have atoms and at most %d sources for a diagram of the"
                  + " lattice: it has %d.",
              layer.name(), MOST_SOURCES, layer.sourceCount()));
    }
    return new LatticeDiagram(layer, layer.decomposition().orElseThrow(), style);
  }

  private static int upSetSize(Antichain antichain, int sourceSets) {
    List<Long> members = antichain.sourceMasks();
    return (int)
        IntStream.rangeClosed(1, sourceSets)
            .filter(set -> members.stream().anyMatch(member -> (member & ~set) == 0))
            .count();
  }

  /** Places the nodes of every level near the mean place of their neighbors. */
  private int arrange() {
    int top = Arrays.stream(level).max().orElse(0);
    List<List<Integer>> levels = new ArrayList<>();
    for (int l = 0; l <= top; l++) {
      int wanted = l;
      levels.add(
          new ArrayList<>(
              IntStream.range(0, level.length).filter(i -> level[i] == wanted).boxed().toList()));
    }
    List<List<Integer>> below = new ArrayList<>();
    for (int i = 0; i < level.length; i++) {
      below.add(new ArrayList<>());
    }
    for (int i = 0; i < level.length; i++) {
      for (int upper : covers[i]) {
        below.get(upper).add(i);
      }
    }
    levels.forEach(this::spread);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean up = sweep % 2 == 0;
      for (int step = 1; step <= top; step++) {
        List<Integer> nodes = levels.get(up ? step : top - step);
        double[] mean = new double[level.length];
        for (int node : nodes) {
          List<Integer> neighbors =
              up ? below.get(node) : Arrays.stream(covers[node]).boxed().toList();
          mean[node] = neighbors.stream().mapToDouble(n -> across[n]).average().orElse(0);
        }
        nodes.sort(Comparator.comparingDouble(node -> mean[node]));
        spread(nodes);
      }
    }
    return levels.stream().mapToInt(List::size).max().orElse(1);
  }

  private void spread(List<Integer> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      across[nodes.get(i)] = i - (nodes.size() - 1) / 2.0;
    }
  }

  /** The number of nodes. */
  int size() {
    return atoms.size();
  }

  /** The pairs of atoms that are joined, lower one first. */
  List<List<Atom>> edges() {
    List<List<Atom>> edges = new ArrayList<>();
    for (int i = 0; i < covers.length; i++) {
      for (int upper : covers[i]) {
        edges.add(List.of(atoms.get(i), atoms.get(upper)));
      }
    }
    return edges;
  }

  /** Where things are when the diagram fills an area. */
  private final class Geometry {
    final Rectangle2D plot;
    final double columnWidth;
    final double rowHeight;
    final double largestRadius;

    Geometry(Rectangle2D area) {
      double line = style.fontSize() * 1.6;
      plot =
          new Rectangle2D.Double(
              area.getX() + line / 2,
              area.getY() + 1.6 * line,
              Math.max(1, area.getWidth() - line),
              Math.max(1, area.getHeight() - 3.4 * line));
      int rows = Arrays.stream(level).max().orElse(0) + 1;
      columnWidth = plot.getWidth() / widest;
      rowHeight = plot.getHeight() / rows;
      largestRadius = Math.max(3, Math.min(Math.min(columnWidth, rowHeight) * 0.4, line * 1.3));
    }

    double x(int node) {
      // Few nodes do not drift apart on a wide screen.
      return plot.getCenterX() + across[node] * Math.min(columnWidth, 4.5 * rowHeight);
    }

    double y(int node) {
      return plot.getMaxY() - (level[node] + 0.5) * rowHeight;
    }

    double radius(double atom) {
      double share = largest == 0 ? 0 : Math.abs(atom) / largest;
      return Math.max(2.5, largestRadius * Math.sqrt(share));
    }
  }

  /**
   * The atom whose node is at a point.
   *
   * @param area the area that the diagram was drawn into
   */
  public Optional<Atom> atomAt(Point2D point, Rectangle2D area) {
    Geometry geometry = new Geometry(area);
    int best = -1;
    double bestDistance = Double.POSITIVE_INFINITY;
    for (int i = 0; i < atoms.size(); i++) {
      double distance = point.distance(geometry.x(i), geometry.y(i));
      // Small nodes can be hit too.
      double reach = Math.max(7, geometry.radius(atoms.get(i).average()) + 2);
      if (distance <= reach && distance < bestDistance) {
        best = i;
        bestDistance = distance;
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(atoms.get(best));
  }

  /** The middle of an atom's node in the area that the diagram is drawn into. */
  Point2D placeOf(Antichain antichain, Rectangle2D area) {
    Geometry geometry = new Geometry(area);
    for (int i = 0; i < atoms.size(); i++) {
      if (atoms.get(i).antichain().equals(antichain)) {
        return new Point2D.Double(geometry.x(i), geometry.y(i));
      }
    }
    throw new IllegalArgumentException("The antichain " + antichain + " must be in the lattice.");
  }

  /** What an atom means, in lines: its antichain with the names of the units, and its bits. */
  public List<String> describe(Atom atom) {
    List<String> lines = new ArrayList<>();
    lines.add(atom.antichain() + ", degree of synergy " + atom.antichain().degreeOfSynergy());
    List<String> sets =
        atom.antichain().sourceMasks().stream().map(mask -> "in " + unitNames(mask)).toList();
    lines.add((sets.size() > 1 ? "redundantly " : "") + String.join("; ", sets));
    if (!Double.isNaN(atom.informative())) {
      lines.add(String.format(Locale.ROOT, "informative: %.4f bits", atom.informative()));
      lines.add(String.format(Locale.ROOT, "misinformative: %.4f bits", atom.misinformative()));
    }
    lines.add(String.format(Locale.ROOT, "average: %.4f bits", atom.average()));
    return lines;
  }

  private String unitNames(long mask) {
    return IntStream.range(0, layer.sourceCount())
        .filter(source -> ((mask >>> source) & 1) == 1)
        .mapToObj(source -> layer.layer().sourceNames().get(source))
        .collect(Collectors.joining(" with "));
  }

  @Override
  public void draw(Graphics2D graphics, Rectangle2D area) {
    Geometry geometry = new Geometry(area);
    style.clear(graphics, area);
    graphics.setStroke(style.stroke(0.8));
    graphics.setPaint(style.faint());
    for (int i = 0; i < atoms.size(); i++) {
      for (int upper : covers[i]) {
        graphics.draw(
            new Line2D.Double(geometry.x(i), geometry.y(i), geometry.x(upper), geometry.y(upper)));
      }
    }
    for (int i = 0; i < atoms.size(); i++) {
      drawNode(graphics, i, geometry);
    }
    drawLabels(graphics, geometry);
    drawTitle(graphics, area);
    drawKey(graphics, area);
  }

  private static Shape shape(double x, double y, double radius, boolean negative) {
    if (!negative) {
      return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }
    // A square on its corner of the same area as the circle.
    double half = radius * Math.sqrt(Math.PI / 2);
    Path2D diamond = new Path2D.Double();
    diamond.moveTo(x, y - half);
    diamond.lineTo(x + half, y);
    diamond.lineTo(x, y + half);
    diamond.lineTo(x - half, y);
    diamond.closePath();
    return diamond;
  }

  /** How far a node's shape reaches: a diamond farther than a circle. */
  private double extent(int node, Geometry geometry) {
    double atom = atoms.get(node).average();
    return geometry.radius(atom) * (atom < 0 ? Math.sqrt(Math.PI / 2) : 1);
  }

  private void drawNode(Graphics2D graphics, int node, Geometry geometry) {
    double atom = atoms.get(node).average();
    double share = largest == 0 ? 0 : atom / largest;
    Shape shape = shape(geometry.x(node), geometry.y(node), geometry.radius(atom), atom < 0);
    graphics.setPaint(style.atomColor(share));
    graphics.fill(shape);
    graphics.setPaint(style.muted());
    graphics.setStroke(style.stroke(0.8));
    graphics.draw(shape);
  }

  /** All labels where there is room, else those of the largest atoms that do not overlap. */
  private void drawLabels(Graphics2D graphics, Geometry geometry) {
    double scale = geometry.rowHeight < 2.6 * style.fontSize() ? 0.8 : 0.95;
    graphics.setFont(style.font(Font.PLAIN, scale));
    FontMetrics metrics = graphics.getFontMetrics();
    List<Rectangle2D> taken = new ArrayList<>();
    List<Integer> order =
        IntStream.range(0, atoms.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(atoms.get(i).average())))
            .toList();
    for (int node : order) {
      String label = shortName(atoms.get(node).antichain());
      double radius = extent(node, geometry);
      double width = metrics.stringWidth(label);
      double height = metrics.getAscent();
      // Above the node where the row leaves room, else beside it.
      Rectangle2D place =
          new Rectangle2D.Double(
              geometry.x(node) - width / 2, geometry.y(node) - radius - height - 2, width, height);
      if (taken.stream().anyMatch(place::intersects) || coversNode(place, node, geometry)) {
        place =
            new Rectangle2D.Double(
                geometry.x(node) + radius + 3, geometry.y(node) - height / 2, width, height);
        if (taken.stream().anyMatch(place::intersects) || coversNode(place, node, geometry)) {
          continue;
        }
      }
      taken.add(place);
      graphics.setPaint(withAlpha(style.background(), 190));
      graphics.fill(place);
      graphics.setPaint(style.foreground());
      graphics.drawString(
          label, (float) place.getX(), (float) (place.getMaxY() - metrics.getDescent() * 0.3));
    }
  }

  private boolean coversNode(Rectangle2D place, int own, Geometry geometry) {
    for (int i = 0; i < atoms.size(); i++) {
      double radius = extent(i, geometry);
      if (i != own
          && place.intersects(
              geometry.x(i) - radius, geometry.y(i) - radius, 2 * radius, 2 * radius)) {
        return true;
      }
    }
    return false;
  }

  private static Color withAlpha(Color color, int alpha) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
  }

  /** Up to four sources need no commas. */
  private static String shortName(Antichain antichain) {
    return antichain.toString().replace(",", "");
  }

  private void drawTitle(Graphics2D graphics, Rectangle2D area) {
    graphics.setFont(style.font(Font.BOLD, 1.1));
    graphics.setPaint(style.foreground());
    String title = "Redundancy lattice of " + layer.name();
    graphics.drawString(
        title,
        (float) (area.getCenterX() - graphics.getFontMetrics().stringWidth(title) / 2.0),
        (float) (area.getY() + style.fontSize() * 1.8));
  }

  /** Says which number is which unit, what the shapes mean, and how much the largest is. */
  private void drawKey(Graphics2D graphics, Rectangle2D area) {
    graphics.setFont(style.font(Font.PLAIN, 0.95));
    FontMetrics metrics = graphics.getFontMetrics();
    double y = area.getMaxY() - style.fontSize() * 1.2;
    double x = area.getX() + style.fontSize();
    double radius = style.fontSize() * 0.4;
    for (boolean negative : new boolean[] {false, true}) {
      Shape shape = shape(x + radius, y - metrics.getAscent() * 0.35, radius, negative);
      graphics.setPaint(style.atomColor(negative ? -1 : 1));
      graphics.fill(shape);
      x += 2 * radius;
      String text = negative ? " negative   " : " positive   ";
      graphics.setPaint(style.foreground());
      graphics.drawString(text, (float) x, (float) y);
      x += metrics.stringWidth(text);
    }
    String size = String.format(Locale.ROOT, "largest: %.3f bits   ", largest);
    graphics.drawString(size, (float) x, (float) y);
    x += metrics.stringWidth(size);
    String names =
        IntStream.range(0, layer.sourceCount())
            .mapToObj(i -> (i + 1) + " = " + layer.layer().sourceNames().get(i))
            .collect(Collectors.joining(", "));
    graphics.drawString(
        ChartStyle.clip(names, graphics.getFont(), area.getMaxX() - style.fontSize() - x),
        (float) x,
        (float) y);
  }
}
