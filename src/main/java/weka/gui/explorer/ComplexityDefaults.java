package weka.gui.explorer;

import java.awt.Font;
import weka.core.Defaults;
import weka.core.Settings;

/**
 * Settings in the Workbench. Texts only: values of the package's own classes would keep the
 * Workbench from starting once the package is gone.
 */
final class ComplexityDefaults extends Defaults {
  private static final long serialVersionUID = 1L;

  private static final String ID = RepresentationalComplexityPanel.ID;

  static final Settings.SettingKey OPTIONS_KEY =
      new Settings.SettingKey(
          ID + ".initialOptions",
          "Initial options",
          "Options as of the command line (weka.Run RepresentationalComplexity -h) that the"
              + " perspective starts with");
  static final String OPTIONS = "-measure sx -method auto -precision 0.01";
  static final Settings.SettingKey FONT_KEY =
      new Settings.SettingKey(ID + ".outputFont", "Font for text output", "Font of the reports");
  static final Font FONT = new Font(Font.MONOSPACED, Font.PLAIN, 12);

  ComplexityDefaults() {
    super(ID);
    m_defaults.put(OPTIONS_KEY, OPTIONS);
    m_defaults.put(FONT_KEY, FONT);
  }
}
