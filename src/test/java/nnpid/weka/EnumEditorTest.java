package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.beans.PropertyEditor;
import java.beans.PropertyEditorManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EnumEditorTest {
  /** Constants with a text of their own, one of them with a body, hence of a class of its own. */
  enum Kind {
    FIRST_KIND,
    SECOND_KIND {
      @Override
      public String toString() {
        return "second";
      }
    };

    @Override
    public String toString() {
      return "first";
    }
  }

  @Test
  void showsAndTakesTheTextOfConstants() {
    EnumEditor.register(List.of(Kind.class));
    PropertyEditor editor = PropertyEditorManager.findEditor(Kind.class);
    assertArrayEquals(new String[0], editor.getTags());
    for (Kind kind : Kind.values()) {
      editor.setValue(kind);
      assertArrayEquals(new String[] {"first", "second"}, editor.getTags());
      assertEquals(kind.toString(), editor.getAsText());
    }
    editor.setAsText("first");
    assertEquals(Kind.FIRST_KIND, editor.getValue());
    assertThrows(IllegalArgumentException.class, () -> editor.setAsText("FIRST_KIND"));
  }

  @Test
  void othersKeepTheirEditor() {
    PropertyEditor editor = PropertyEditorManager.findEditor(TimeUnit.class);
    editor.setValue(TimeUnit.DAYS);
    assertEquals("DAYS", editor.getAsText());
  }
}
