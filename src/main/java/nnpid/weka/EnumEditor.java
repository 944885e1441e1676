package nnpid.weka;

import java.beans.PropertyEditorManager;
import java.beans.PropertyEditorSupport;
import java.util.Arrays;
import java.util.List;

/**
 * Edits a property whose type is an enum: Weka's windows list its constants by their text, which is
 * also what is typed on a command line. Java's own editor lists their names in the source code.
 */
public final class EnumEditor extends PropertyEditorSupport {
  /** Makes this the editor of some types; a scheme does so for its own in a static initializer. */
  public static void register(List<Class<? extends Enum<?>>> types) {
    types.forEach(type -> PropertyEditorManager.registerEditor(type, EnumEditor.class));
  }

  private Object[] constants() {
    // Weka's editor of arrays asks before there is a value.
    return getValue() instanceof Enum<?> value
        ? value.getDeclaringClass().getEnumConstants()
        : new Object[0];
  }

  @Override
  public String[] getTags() {
    return Arrays.stream(constants()).map(Object::toString).toArray(String[]::new);
  }

  @Override
  public String getAsText() {
    return String.valueOf(getValue());
  }

  @Override
  public void setAsText(String text) {
    for (Object constant : constants()) {
      if (constant.toString().equals(text)) {
        setValue(constant);
        return;
      }
    }
    throw new IllegalArgumentException("There is no such choice: " + text);
  }
}
