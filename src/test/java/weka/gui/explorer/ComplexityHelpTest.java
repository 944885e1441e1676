package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ComplexityHelpTest {
  /**
   * A page that another thread reads while the window is laid out threw NullPointerExceptions in
   * one of ten windows, and one run of CI.
   */
  @Test
  void isReadBeforeItIsShown() throws Exception {
    String text = ComplexityHelp.page().getDocument().getText(0, 3000);
    assertTrue(text.strip().startsWith("Representational complexity"), text);
  }
}
