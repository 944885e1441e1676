package nnpid.weka;

import java.awt.AWTEvent;
import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.AWTEventListener;
import java.awt.event.InputEvent;
import java.awt.event.MouseEvent;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import weka.core.Instances;
import weka.core.converters.AbstractFileLoader;
import weka.core.converters.ConverterUtils;
import weka.gui.explorer.PreprocessPanel;

/**
 * Drives Weka's windows from within their Java machine: finds components by name, clicks with the
 * mouse, takes pictures. What it finds out is printed as lines {@code key=value} for the test in
 * the other Java machine.
 *
 * <p>Sees nothing of the package but the names of its components: the package's classes have a
 * class loader of their own.
 */
final class GuiDriver {
  /** Only against windows that hang: other work on the machine may make them many times slower. */
  private static final long PATIENCE_MILLIS = 600_000;

  /** Of a stack, what fits into a message. */
  private static final int FRAMES = 4;

  private final Robot robot;
  private final File pictures;

  GuiDriver(File pictures) throws Exception {
    this.pictures = pictures;
    robot = new Robot();
    robot.setAutoDelay(10);
  }

  /** What a driver does. */
  interface Driver {
    /** Does it. */
    void run() throws Exception;
  }

  /** Runs a driver, tells how it ended, and ends the Java machine. */
  static void runAndExit(Driver driver) {
    int exitCode = 1;
    try {
      driver.run();
      print("end", "ok");
      exitCode = 0;
    } catch (Throwable e) {
      print("end", e + " at " + shortened(e.getStackTrace()));
    }
    System.exit(exitCode);
  }

  /** The first frames, those of Weka and of us before others. */
  private static String shortened(StackTraceElement[] stack) {
    List<StackTraceElement> frames = Arrays.asList(stack);
    return Stream.concat(
            frames.stream().filter(GuiDriver::isOurs),
            frames.stream().filter(frame -> !isOurs(frame)))
        .limit(FRAMES)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(", "));
  }

  private static boolean isOurs(StackTraceElement frame) {
    return frame.getClassName().startsWith("nnpid.") || frame.getClassName().startsWith("weka.");
  }

  static void print(String key, Object value) {
    System.out.println(key + "=" + String.valueOf(value).replace("\n", "\\n"));
  }

  /** The value of a call on the event thread. */
  static <T> T onEdt(Callable<T> call) {
    AtomicReference<T> result = new AtomicReference<>();
    AtomicReference<Exception> failure = new AtomicReference<>();
    if (SwingUtilities.isEventDispatchThread()) {
      try {
        return call.call();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    try {
      SwingUtilities.invokeAndWait(
          () -> {
            try {
              result.set(call.call());
            } catch (Exception e) {
              failure.set(e);
            }
          });
    } catch (InterruptedException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
    return result.get();
  }

  static void doOnEdt(Runnable action) {
    onEdt(
        () -> {
          action.run();
          return null;
        });
  }

  /** Waits for something that only the event thread may look at. */
  static void waitFor(String what, BooleanSupplier condition) {
    waitOffEdtFor(what, () -> onEdt(condition::getAsBoolean));
  }

  /** Waits for something that any thread may look at. */
  static void waitOffEdtFor(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Waited in vain for " + what + "; " + state());
      }
      sleep(20);
    }
  }

  /** The windows there are, and what the event thread does: what one asks after a vain wait. */
  private static String state() {
    List<String> state = new ArrayList<>();
    for (Window window : Window.getWindows()) {
      if (window.isShowing()) {
        state.add(window.getClass().getSimpleName() + " " + window.getBounds());
      }
    }
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (thread.getName().startsWith("AWT-EventQueue")) {
                state.add("event thread in " + shortened(stack));
              }
            });
    return String.join("; ", state);
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JFrame frame(String titlePart) {
    AtomicReference<JFrame> found = new AtomicReference<>();
    waitFor(
        "a window " + titlePart,
        () -> {
          for (Frame frame : Frame.getFrames()) {
            if (frame instanceof JFrame window
                && frame.isShowing()
                && frame.getTitle().contains(titlePart)) {
              found.set(window);
            }
          }
          return found.get() != null;
        });
    return found.get();
  }

  /** All components of all visible windows, front ones included. */
  static List<Component> components(Component... roots) {
    List<Component> all = new ArrayList<>();
    Deque<Component> rest =
        new ArrayDeque<>(
            roots.length > 0
                ? Arrays.asList(roots)
                : Arrays.stream(Window.getWindows()).filter(Window::isShowing).toList());
    while (!rest.isEmpty()) {
      Component next = rest.remove();
      all.add(next);
      if (next instanceof Container container) {
        rest.addAll(Arrays.asList(container.getComponents()));
      }
    }
    return all;
  }

  /** The component of that name. */
  static <T extends Component> T find(String name, Class<T> type) {
    return onEdt(
        () ->
            components().stream()
                .filter(c -> name.equals(c.getName()) && type.isInstance(c))
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No component " + name)));
  }

  static <T extends Component> Optional<T> findIn(Component root, Class<T> type) {
    return onEdt(
        () -> components(root).stream().filter(type::isInstance).map(type::cast).findFirst());
  }

  static AbstractButton button(Component root, String text) {
    return onEdt(
        () ->
            components(root).stream()
                .filter(c -> c instanceof AbstractButton b && text.equals(b.getText()))
                .map(AbstractButton.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No button " + text)));
  }

  /** Clicks with the mouse; again, if what is meant moved away while the mouse was on its way. */
  void click(Component component) {
    clickUntilHit(
        component,
        () -> {
          if (component instanceof JComponent c) {
            c.scrollRectToVisible(new Rectangle(0, 0, c.getWidth(), c.getHeight()));
          }
          Point at = component.getLocationOnScreen();
          at.translate(component.getWidth() / 2, component.getHeight() / 2);
          return at;
        },
        InputEvent.BUTTON1_DOWN_MASK);
  }

  /**
   * Clicks until the button has been released over a component.
   *
   * @param place where to click on the screen; asked for on the event thread before every click
   */
  void clickUntilHit(Component component, Callable<Point> place, int buttonMask) {
    BlockingQueue<Component> hits = new LinkedBlockingQueue<>();
    AWTEventListener listener =
        event -> {
          if (event.getID() == MouseEvent.MOUSE_RELEASED) {
            hits.add((Component) event.getSource());
          }
        };
    Toolkit.getDefaultToolkit().addAWTEventListener(listener, AWTEvent.MOUSE_EVENT_MASK);
    try {
      do {
        hits.clear();
        clickAt(onEdt(place), buttonMask);
        waitOffEdtFor("a click to arrive", () -> !hits.isEmpty());
      } while (!onEdt(() -> SwingUtilities.isDescendingFrom(hits.peek(), component)));
    } finally {
      Toolkit.getDefaultToolkit().removeAWTEventListener(listener);
    }
  }

  void clickAt(Point place, int buttonMask) {
    robot.mouseMove(place.x, place.y);
    robot.mousePress(buttonMask);
    robot.mouseRelease(buttonMask);
    robot.waitForIdle();
  }

  void clickTab(JTabbedPane tabs, String title) {
    do {
      clickUntilHit(
          tabs,
          () -> {
            Rectangle bounds = tabs.getBoundsAt(tabs.indexOfTab(title));
            Point at = tabs.getLocationOnScreen();
            at.translate((int) bounds.getCenterX(), (int) bounds.getCenterY());
            return at;
          },
          InputEvent.BUTTON1_DOWN_MASK);
    } while (!onEdt(() -> tabs.getSelectedIndex() == tabs.indexOfTab(title)));
  }

  /** Loads a file into the Preprocess tab, and waits until all of Weka knows the data. */
  static void load(PreprocessPanel panel, String file) throws Exception {
    AbstractFileLoader loader = ConverterUtils.getLoaderForFile(file);
    loader.setFile(new File(file));
    Instances before = panel.getInstances();
    // It tells the busy ones that they are busy, in a dialog that nobody closes.
    waitForQuiet(panel);
    panel.setInstancesFromFile(loader);
    waitFor("the data " + file, () -> panel.getInstances() != before);
    // The panel itself has them a moment before all others.
    waitForQuiet(panel);
  }

  /** Waits until a Preprocess tab neither reads nor filters. */
  static void waitForQuiet(PreprocessPanel panel) {
    waitFor(
        "the Preprocess tab to be free",
        () -> {
          try {
            Field thread = PreprocessPanel.class.getDeclaredField("m_IOThread");
            thread.setAccessible(true);
            return thread.get(panel) == null;
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  void hover(Component component, Point place) {
    Point at = onEdt(component::getLocationOnScreen);
    robot.mouseMove(at.x + place.x - 3, at.y + place.y);
    robot.mouseMove(at.x + place.x, at.y + place.y);
    robot.waitForIdle();
    sleep(1200);
  }

  /** The mouse where it brings up no tool tip. */
  void parkMouse() {
    robot.mouseMove(1, 1);
    robot.waitForIdle();
  }

  /** A picture of a window, with what lies over it. */
  void picture(Window window, String name) {
    robot.waitForIdle();
    sleep(150);
    doOnEdt(window::repaint);
    robot.waitForIdle();
    Rectangle bounds = onEdt(window::getBounds);
    try {
      ImageIO.write(robot.createScreenCapture(bounds), "png", new File(pictures, name + ".png"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for an error dialog, closes it and returns what it says. */
  String dismissDialog(String pictureName) {
    JDialog dialog = dialog();
    if (pictureName != null) {
      picture(dialog, pictureName);
    }
    return close(dialog, JOptionPane.OK_OPTION);
  }

  /** Waits for a dialog that asks for a text, gives it and returns what the question is. */
  String answerDialog(String answer) {
    JDialog dialog = dialog();
    JOptionPane pane = findIn(dialog, JOptionPane.class).orElseThrow();
    doOnEdt(() -> pane.setInputValue(answer));
    JTextField field = findIn(dialog, JTextField.class).orElseThrow();
    doOnEdt(() -> field.setText(answer));
    return close(dialog, JOptionPane.OK_OPTION);
  }

  private static String close(JDialog dialog, int option) {
    JOptionPane pane = findIn(dialog, JOptionPane.class).orElseThrow();
    String message = onEdt(() -> String.valueOf(pane.getMessage()));
    doOnEdt(() -> pane.setValue(option));
    waitFor("the dialog to close", () -> !dialog.isShowing());
    return message;
  }

  private static JDialog dialog() {
    AtomicReference<JDialog> dialog = new AtomicReference<>();
    waitFor(
        "a dialog",
        () -> {
          for (Window window : Window.getWindows()) {
            if (window instanceof JDialog d
                && d.isShowing()
                && components(d).stream().anyMatch(JOptionPane.class::isInstance)) {
              dialog.set(d);
            }
          }
          return dialog.get() != null;
        });
    return dialog.get();
  }

  static void printTable(String key, JTable table) {
    doOnEdt(
        () -> {
          List<String> header = new ArrayList<>();
          for (int column = 0; column < table.getColumnCount(); column++) {
            header.add(table.getColumnName(column));
          }
          print(key + ".header", String.join("\t", header));
          for (int row = 0; row < table.getRowCount(); row++) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < table.getColumnCount(); column++) {
              cells.add(String.valueOf(table.getValueAt(row, column)));
            }
            print(key + "." + row, String.join("\t", cells));
          }
        });
  }

  /**
   * Looks at the event thread while it leaves an event waiting. Two things come of it:
   *
   * <ul>
   *   <li>whether it was found computing, which it never may: all that takes long goes through
   *       {@code Execution}. No other work on the machine can change that.
   *   <li>the longest time that an event waited while the thread was busy with code of Weka or of
   *       the package; for {@code WindowLatencyBenchmark} only. A wait for the X server is no fault
   *       of theirs, nor is one for a processor: as long as the thread does not wait by itself, its
   *       own time counts.
   * </ul>
   */
  static final class Watchdog implements AutoCloseable {
    private static final long SHORT_NANOS = 40_000_000;

    private final AtomicLong longest = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private volatile String longestStack = "";
    private volatile String computing = "";

    Watchdog() {
      Thread events = onEdt(Thread::currentThread);
      thread = new Thread(() -> watch(events), "watchdog");
      thread.setDaemon(true);
      thread.start();
    }

    private void watch(Thread events) {
      ThreadMXBean times = ManagementFactory.getThreadMXBean();
      while (!closed) {
        long start = System.nanoTime();
        long busyBefore = times.getThreadCpuTime(events.getId());
        AtomicLong done = new AtomicLong();
        SwingUtilities.invokeLater(() -> done.set(System.nanoTime()));
        String stack = "";
        boolean waits = false;
        while (done.get() == 0) {
          sleep(1);
          if (System.nanoTime() - start > SHORT_NANOS) {
            waits |= events.getState() != Thread.State.RUNNABLE;
            StackTraceElement[] frames = events.getStackTrace();
            if (stack.isEmpty() && frames.length > 0) {
              stack = shortened(frames);
            }
            if (Arrays.stream(frames).anyMatch(Watchdog::isComputation)) {
              computing = shortened(frames);
            }
          }
        }
        boolean ours = stack.contains("weka.") || stack.contains("nnpid.");
        long busy = times.getThreadCpuTime(events.getId()) - busyBefore;
        long blocked = waits ? done.get() - start : Math.min(busy, done.get() - start);
        if ((ours || stack.isEmpty()) && blocked > longest.get()) {
          longest.set(blocked);
          // What it was busy with, should it have been too long.
          longestStack = stack;
        }
        sleep(5);
      }
    }

    private static boolean isComputation(StackTraceElement frame) {
      return frame.getClassName().startsWith("nnpid.execution.Execution");
    }

    /** Prints what came of it. */
    void print(String key) {
      GuiDriver.print(key + "Computes", computing);
      GuiDriver.print(key + "Millis", longest.get() / 1e6);
      GuiDriver.print(key + "Stack", longestStack);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
