package weka.gui.explorer;

import java.awt.Image;
import java.awt.Toolkit;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.StringSelection;
import java.awt.datatransfer.Transferable;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.JMenuItem;
import javax.swing.JOptionPane;
import javax.swing.JPopupMenu;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import nnpid.chart.ChartData;
import nnpid.chart.ChartStyle;
import nnpid.chart.Picture;
import nnpid.command.OutputFile;
import nnpid.report.Table;
import org.jfree.chart.ui.Drawable;

/**
 * The menu of everything that is drawn: copies it as a picture, or saves it as one or as the
 * numbers it shows. It opens on the right button, or from the keyboard.
 */
final class ComplexityPictureMenu {
  /** Pixels of a copied or saved picture per pixel of the screen. */
  private static final double SCALE = 2;

  /**
   * What is shown.
   *
   * @param name what files are called, without extension
   * @param drawing the picture in given colors
   * @param data the numbers in it
   */
  record Content(
      String name, Function<ChartStyle, ? extends Drawable> drawing, Supplier<ChartData> data) {}

  private final JComponent component;
  private final Supplier<Optional<Content>> content;

  private ComplexityPictureMenu(JComponent component, Supplier<Optional<Content>> content) {
    this.component = component;
    this.content = content;
  }

  /** Gives a component the menu. It has none as long as there is nothing to show. */
  static void addTo(JComponent component, Supplier<Optional<Content>> content) {
    ComplexityPictureMenu menu = new ComplexityPictureMenu(component, content);
    component.addMouseListener(
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent event) {
            component.requestFocusInWindow();
            popUp(event);
          }

          @Override
          public void mouseReleased(MouseEvent event) {
            popUp(event);
          }

          private void popUp(MouseEvent event) {
            if (event.isPopupTrigger()) {
              menu.show(event.getX(), event.getY());
            }
          }
        });
    component.setFocusable(true);
    menu.onKey(KeyEvent.VK_CONTEXT_MENU, 0);
    menu.onKey(KeyEvent.VK_F10, KeyEvent.SHIFT_DOWN_MASK);
  }

  private void onKey(int key, int modifiers) {
    component.getInputMap().put(KeyStroke.getKeyStroke(key, modifiers), "complexity.menu");
    component
        .getActionMap()
        .put(
            "complexity.menu",
            new AbstractAction() {
              private static final long serialVersionUID = 1L;

              @Override
              public void actionPerformed(ActionEvent event) {
                show(20, 20);
              }
            });
  }

  private void show(int x, int y) {
    content.get().ifPresent(shown -> menu(shown).show(component, x, y));
  }

  JPopupMenu menu(Content shown) {
    JPopupMenu menu = new JPopupMenu();
    menu.add(item("Copy picture", () -> copy(shown)));
    menu.add(item("Copy data as CSV", () -> copyText(csv(shown))));
    menu.addSeparator();
    menu.add(
        item(
            "Save as PNG...",
            () ->
                save(
                    shown,
                    "PNG, the picture",
                    "png",
                    file -> file.write(out -> picture(shown).writePng(out, SCALE)))));
    menu.add(
        item(
            "Save as SVG...",
            () ->
                save(
                    shown,
                    "SVG, the picture",
                    "svg",
                    file -> file.writeText(picture(shown)::writeSvg))));
    menu.add(
        item(
            "Save data as CSV...",
            () ->
                save(
                    shown,
                    "CSV, the numbers in the picture",
                    "csv",
                    file -> file.writeText(out -> out.write(csv(shown))))));
    return menu;
  }

  private static JMenuItem item(String text, Runnable action) {
    JMenuItem item = new JMenuItem(text);
    item.addActionListener(e -> action.run());
    return item;
  }

  /** Light whatever Weka looks like: files are for papers. */
  private Picture picture(Content shown) {
    return new Picture(
        shown.drawing().apply(ChartStyle.LIGHT),
        Math.max(1, component.getWidth()),
        Math.max(1, component.getHeight()));
  }

  /** The numbers of a picture. */
  static String csv(Content shown) {
    StringWriter text = new StringWriter();
    ChartData data = shown.data().get();
    try {
      new Table(shown.name(), data.columns(), data.rows()).writeCsv(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return text.toString();
  }

  private void copy(Content shown) {
    Image image = picture(shown).toImage(SCALE);
    Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new CopiedImage(image), null);
  }

  private static void copyText(String text) {
    Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(text), null);
  }

  /** Writes a file. */
  private interface Writing {
    void to(OutputFile file) throws IOException;
  }

  private void save(Content shown, String description, String extension, Writing writing) {
    String name =
        shown.name().replaceAll("[^\\p{Alnum}._-]+", "_").toLowerCase(Locale.ROOT)
            + "."
            + extension;
    Optional<Path> chosen = ComplexityFiles.choose(component, description, extension, name);
    if (chosen.isEmpty()) {
      return;
    }
    try {
      writing.to(OutputFile.of("picture", "", chosen.get().toString()));
    } catch (IllegalArgumentException | IOException e) {
      JOptionPane.showMessageDialog(
          SwingUtilities.getWindowAncestor(component),
          e.getMessage(),
          "Save",
          JOptionPane.ERROR_MESSAGE);
    }
  }

  /** An image for the clipboard. */
  private record CopiedImage(Image image) implements Transferable {
    @Override
    public DataFlavor[] getTransferDataFlavors() {
      return new DataFlavor[] {DataFlavor.imageFlavor};
    }

    @Override
    public boolean isDataFlavorSupported(DataFlavor flavor) {
      return DataFlavor.imageFlavor.equals(flavor);
    }

    @Override
    public Object getTransferData(DataFlavor flavor) throws UnsupportedFlavorException {
      if (!isDataFlavorSupported(flavor)) {
        throw new UnsupportedFlavorException(flavor);
      }
      return image;
    }
  }
}
