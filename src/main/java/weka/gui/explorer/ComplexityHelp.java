package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Desktop;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import javax.swing.JEditorPane;
import javax.swing.JFrame;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import javax.swing.event.HyperlinkEvent;
import javax.swing.text.AbstractDocument;
import javax.swing.text.Document;
import javax.swing.text.html.HTMLEditorKit;
import weka.core.Utils;

/** The page behind the question mark. */
final class ComplexityHelp {
  private static final String PAGE = "representational-complexity.html";

  private ComplexityHelp() {}

  /**
   * Opens the page in a window of its own.
   *
   * @throws IOException if the page cannot be read
   */
  static JFrame open(Component parent) throws IOException {
    JEditorPane text = page();
    text.addHyperlinkListener(ComplexityHelp::follow);
    JFrame window = Utils.getWekaJFrame("Representational complexity", parent);
    window.getContentPane().add(new JScrollPane(text), BorderLayout.CENTER);
    window.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
    window.setSize(680, 600);
    window.setLocationRelativeTo(SwingUtilities.getWindowAncestor(parent));
    window.setVisible(true);
    return window;
  }

  /** The page, with all its text. */
  static JEditorPane page() throws IOException {
    URL page = ComplexityHelp.class.getResource(PAGE);
    if (page == null) {
      throw new IOException("The page " + PAGE + " is not in the package.");
    }
    JEditorPane text = new JEditorPane();
    text.setName("complexity.help");
    text.setEditorKit(new AtOnce());
    text.setPage(page);
    text.setEditable(false);
    // Weka's fonts and colors, also the dark ones, instead of the browser's of 1997.
    text.putClientProperty(JEditorPane.HONOR_DISPLAY_PROPERTIES, true);
    return text;
  }

  /**
   * Pages that are read when they are asked for: by default a thread of its own reads them while
   * the window is laid out already, and now and then the one fails for what the other does.
   */
  private static final class AtOnce extends HTMLEditorKit {
    private static final long serialVersionUID = 5218837402113640917L;

    @Override
    public Document createDefaultDocument() {
      AbstractDocument page = (AbstractDocument) super.createDefaultDocument();
      page.setAsynchronousLoadPriority(-1);
      return page;
    }
  }

  private static void follow(HyperlinkEvent event) {
    if (event.getEventType() == HyperlinkEvent.EventType.ACTIVATED
        && Desktop.isDesktopSupported()
        && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
      Thread browser =
          new Thread(
              () -> {
                try {
                  Desktop.getDesktop().browse(event.getURL().toURI());
                } catch (IOException | URISyntaxException e) {
                  // The address can be read on the page.
                }
              },
              "complexity-browser");
      browser.setDaemon(true);
      browser.start();
    }
  }
}
