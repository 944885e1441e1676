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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.analysis.LayerResult;
import nnpid.decomposition.Atom;
import nnpid.lattice.Antichain;
import org.jfree.chart.ui.Drawable;

/**
 * The Hasse diagram of the redundancy lattice: from what all sources share at the bottom to what
 * only all together have at the top. Of more than four sources, whose lattices have thousands of
 * atoms, it shows the largest, and the order among them. A node's area grows with its atom's
 * absolute value; positive atoms are blue circles, negative ones vermilion diamonds.
 */
public final class LatticeDiagram implements Drawable {
  /** More sources have thousands of antichains. */
  public static final int MOST_SOURCES = 4;

  /** More atoms hide each other; the lattice of four sources has 166. */
  public static final int MOST_ATOMS = 100;

  /** Atoms below this share of the largest are named only where all in their row can be. */
  private static final double LABELED_SHARE = 0.05;

  private final LayerResult layer;
  private final ChartStyle style;
  private final List<Atom> atoms;
  private final AtomOrder order;
  private final double largest;

  private LatticeDiagram(LayerResult layer, List<Atom> atoms, ChartStyle style) {
    this.layer = layer;
    this.style = style;
    this.atoms = atoms;
    order = new AtomOrder(atoms);
    largest = atoms.stream().mapToDouble(atom -> Math.abs(atom.average())).max().orElse(0);
  }

  /** Whether there is a diagram of the layer: it has atoms. */
  public static boolean canShow(LayerResult layer) {
    return layer.hasAtoms();
  }

  /** Whether the diagram of the layer can have all its atoms: they are known, and not too many. */
  public static boolean canShowAll(LayerResult layer) {
    return layer.decomposition().isPresent() && layer.sourceCount() <= MOST_SOURCES;
  }

  /**
   * The diagram of a layer: all its atoms if they are not too many, else the largest.
   *
   * @param count how many are shown if not all, up to {@link #MOST_ATOMS}
   * @throws IllegalArgumentException if there is none, see {@link #canShow}, or the count is wrong
   */
  public static LatticeDiagram of(LayerResult layer, int count, ChartStyle style) {
    if (!canShow(layer)) {
      throw new IllegalArgumentException(
          String.format(
              "The layer \"%s\" must have atoms for a diagram of the lattice: the method %s"
                  + " computes none.",
              layer.name(), layer.method()));
    }
    if (count < 1 || count > MOST_ATOMS) {
      throw new IllegalArgumentException(
          String.format(
              "The number of atoms of a diagram (%d) must be from 1 to %d.", count, MOST_ATOMS));
    }
    return canShowAll(layer)
        ? new LatticeDiagram(layer, layer.decomposition().orElseThrow().atoms().toList(), style)
        : new LatticeDiagram(layer, layer.listedAtoms(count).limit(count).toList(), style);
  }

  /** What is not shown, as sentences; empty if everything is. */
  public String omission() {
    if (canShowAll(layer)) {
      return "";
    }
    double shown = atoms.stream().mapToDouble(Atom::average).sum();
    double all = layer.backbone().mutualInformation();
    long count = layer.decomposition().map(known -> (long) known.atomCount()).orElse(-1L);
    return String.format(
        Locale.ROOT,
        "%d of %s atoms, %.3f bits in sum. Not shown: %.3f bits in sum, of I(T:S) = %.3f.",
        atoms.size(),
        count < 0 ? "a layer's many" : String.format(Locale.ROOT, "%,d", count),
        shown,
        all - shown,
        all);
  }

  /** The atoms in the diagram, as a table. */
  public ChartData data() {
    return AtomText.data(layer, atoms);
  }

  /** The number of nodes. */
  int size() {
    return atoms.size();
  }

  /** The pairs of atoms that are joined, lower one first. */
  List<List<Atom>> edges() {
    List<List<Atom>> edges = new ArrayList<>();
    for (int i = 0; i < atoms.size(); i++) {
      for (int upper : order.covers(i)) {
        edges.add(List.of(atoms.get(i), atoms.get(upper)));
      }
    }
    return edges;
  }

  /** Where things are when the diagram fills an area. */
  private final class Geometry {
    final Rectangle2D plot;
    final double columnStep;
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
      double columnWidth = plot.getWidth() / order.width();
      rowHeight = plot.getHeight() / order.height();
      // Few nodes do not drift apart on a wide screen.
      columnStep = Math.min(columnWidth, 4.5 * rowHeight);
      largestRadius = Math.max(3, Math.min(Math.min(columnWidth, rowHeight) * 0.4, line * 1.3));
    }

    double x(int node) {
      return plot.getCenterX() + order.across(node) * columnStep;
    }

    double y(int node) {
      return plot.getMaxY() - (order.level(node) + 0.5) * rowHeight;
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

  /** What an atom means, in lines. */
  public List<String> describe(Atom atom) {
    return AtomText.describe(layer, atom);
  }

  @Override
  public void draw(Graphics2D graphics, Rectangle2D area) {
    Geometry geometry = new Geometry(area);
    style.clear(graphics, area);
    graphics.setStroke(style.stroke(0.8));
    graphics.setPaint(style.faint());
    for (int i = 0; i < atoms.size(); i++) {
      for (int upper : order.covers(i)) {
        graphics.draw(
            new Line2D.Double(geometry.x(i), geometry.y(i), geometry.x(upper), geometry.y(upper)));
      }
    }
    for (int i = 0; i < atoms.size(); i++) {
      drawNode(graphics, i, geometry);
    }
    List<Label> labels = labels(geometry, area);
    drawLabels(graphics, labels, labelFont(geometry));
    drawTitle(graphics, area);
    drawKey(graphics, area, labels.size());
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

  /** The text beside a node, and the place it takes. */
  record Label(Antichain antichain, Rectangle2D place) {}

  private Font labelFont(Geometry geometry) {
    return style.font(Font.PLAIN, geometry.rowHeight < 2.6 * style.fontSize() ? 0.8 : 0.95);
  }

  /**
   * The labels when the diagram fills an area, the largest atoms first. There are as many as stand
   * apart; small atoms have none where it could be taken for that of a neighbor.
   */
  List<Label> labels(Rectangle2D area) {
    return labels(new Geometry(area), area);
  }

  private List<Label> labels(Geometry geometry, Rectangle2D area) {
    Font font = labelFont(geometry);
    double height = font.getSize2D();
    double gap = 0.7 * height;
    List<Label> labels = new ArrayList<>();
    List<Integer> bySize =
        IntStream.range(0, atoms.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(atoms.get(i).average())))
            .toList();
    for (int node : bySize) {
      Antichain antichain = atoms.get(node).antichain();
      double width = ChartStyle.width(antichain.toString(), font);
      boolean small = Math.abs(atoms.get(node).average()) < LABELED_SHARE * largest;
      boolean clear = width + gap <= geometry.columnStep || geometry.rowHeight > 6 * height;
      if (small && !clear) {
        continue;
      }
      double radius = extent(node, geometry);
      double x = geometry.x(node);
      double y = geometry.y(node);
      Stream.of(
              new Point2D.Double(x - width / 2, y - radius - height - 2),
              new Point2D.Double(x + radius + 3, y - height / 2),
              new Point2D.Double(x - radius - 3 - width, y - height / 2),
              new Point2D.Double(x - width / 2, y + radius + 2))
          // Below only where it could not be that of the row below.
          .limit(geometry.rowHeight > 3 * height ? 4 : 3)
          .map(corner -> new Rectangle2D.Double(corner.x, corner.y, width, height))
          .filter(place -> area.contains(place) && !coversNode(place, node, geometry))
          .filter(place -> labels.stream().noneMatch(other -> touches(place, other, gap)))
          .findFirst()
          .ifPresent(place -> labels.add(new Label(antichain, place)));
    }
    return labels;
  }

  private static boolean touches(Rectangle2D place, Label other, double gap) {
    Rectangle2D taken = other.place();
    return place.intersects(
        taken.getX() - gap, taken.getY() - 1, taken.getWidth() + 2 * gap, taken.getHeight() + 2);
  }

  private void drawLabels(Graphics2D graphics, List<Label> labels, Font font) {
    graphics.setFont(font);
    for (Label label : labels) {
      Rectangle2D place = label.place();
      graphics.setPaint(withAlpha(style.background(), 190));
      graphics.fill(place);
      graphics.setPaint(style.foreground());
      graphics.drawString(
          label.antichain().toString(),
          (float) place.getX(),
          (float) (place.getMaxY() - 0.2 * place.getHeight()));
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

  private void drawTitle(Graphics2D graphics, Rectangle2D area) {
    graphics.setFont(style.font(Font.BOLD, 1.1));
    graphics.setPaint(style.foreground());
    String title =
        canShowAll(layer)
            ? "Redundancy lattice of " + layer.name()
            : "The largest atoms of " + layer.name() + " in the order of the lattice";
    graphics.drawString(
        title,
        (float) (area.getCenterX() - graphics.getFontMetrics().stringWidth(title) / 2.0),
        (float) (area.getY() + style.fontSize() * 1.8));
  }

  /** Says which number is which unit, what the shapes mean, and how much the largest is. */
  private void drawKey(Graphics2D graphics, Rectangle2D area, int labelCount) {
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
    String size =
        String.format(Locale.ROOT, "largest: %.3f bits   ", largest)
            + (labelCount < atoms.size()
                ? labelCount + " of " + atoms.size() + " named, the largest   "
                : "");
    graphics.drawString(size, (float) x, (float) y);
    x += metrics.stringWidth(size);
    long used =
        atoms.stream()
            .flatMap(atom -> atom.antichain().sourceMasks().stream())
            .reduce(0L, (first, second) -> first | second);
    String names =
        IntStream.range(0, Math.min(Long.SIZE, layer.sourceCount()))
            .filter(i -> ((used >>> i) & 1) == 1)
            .mapToObj(i -> (i + 1) + " = " + layer.layer().sourceNames().get(i))
            .collect(Collectors.joining(", "));
    graphics.drawString(
        ChartStyle.clip(names, graphics.getFont(), area.getMaxX() - style.fontSize() - x),
        (float) x,
        (float) y);
  }
}
