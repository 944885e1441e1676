package nnpid.command;

import weka.core.PluginManager;

/**
 * Shows how far schemes are, in a window that shows runs: Weka's schemes have no status line of
 * their own. Implementations are plugins of Weka.
 */
public interface SchemeStatus {
  /** Shows a line beside every running scheme of a class. */
  void show(Class<?> scheme, String line);

  /** Tells all plugins. */
  static void tell(Class<?> scheme, String line) {
    String type = SchemeStatus.class.getName();
    for (String name : PluginManager.getPluginNamesOfTypeList(type)) {
      try {
        ((SchemeStatus) PluginManager.getPluginInstance(type, name)).show(scheme, line);
      } catch (Exception e) {
        // Weka declares Exception. What cannot be shown must not end what is run.
        PluginManager.removePlugin(type, name);
      }
    }
  }
}
