package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dialog;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.HeadlessException;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.datatransfer.StringSelection;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.nio.file.Path;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTabbedPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import nnpid.command.OutputFile;
import nnpid.command.RunAsCode;

/** Shows a run as code, to be copied or saved. */
@SuppressWarnings("serial")
final class ComplexityCode extends JPanel {
  private final JTabbedPane tabs = new JTabbedPane();
  private final JTextArea said = text("complexity.codeNotes", "What there is to know or to do.");

  /** What is done with a text: its tab, and how a file for it is called. */
  private record Form(String title, String description, String file, String extension) {}

  private static final Form COMMAND =
      new Form("Command line", "Command line, for a shell", "complexity.sh", "sh");
  private static final Form JAVA =
      new Form("Java", "Java program", RunAsCode.CLASS_NAME + ".java", "java");
  private static final Form FLOW =
      new Form("KnowledgeFlow", "Flow, for the KnowledgeFlow", "complexity.kf", "kf");

  ComplexityCode(RunAsCode code) {
    super(new BorderLayout(0, 4));
    setBorder(BorderFactory.createEmptyBorder(6, 6, 6, 6));
    said.setText(String.join("\n", code.notes()));
    said.setOpaque(false);
    said.setVisible(!code.notes().isEmpty());
    tabs.setName("complexity.code");
    tabs.getAccessibleContext().setAccessibleName("The run as code");
    add(said, BorderLayout.NORTH);
    add(tabs, BorderLayout.CENTER);
    addTab(COMMAND, code.commandLine(), KeyEvent.VK_L, true);
    addTab(JAVA, code.javaProgram(), KeyEvent.VK_J, true);
    addTab(FLOW, code.whyNoFlow().orElseGet(code::flow), KeyEvent.VK_K, code.whyNoFlow().isEmpty());
  }

  private static JTextArea text(String name, String toolTip) {
    JTextArea area = new JTextArea();
    area.setName(name);
    area.setToolTipText(toolTip);
    area.getAccessibleContext().setAccessibleName(toolTip);
    area.setEditable(false);
    area.setLineWrap(true);
    area.setWrapStyleWord(true);
    ComplexitySummary.leaveByTab(area);
    return area;
  }

  private void addTab(Form form, String code, int key, boolean canBeUsed) {
    JTextArea area = text("complexity.code" + tabs.getTabCount(), form.description() + ".");
    area.setFont(new Font(Font.MONOSPACED, Font.PLAIN, area.getFont().getSize()));
    area.setText(code);
    area.setCaretPosition(0);
    JButton copy = new JButton("Copy");
    copy.setName("complexity.copyCode");
    copy.setMnemonic('c');
    copy.setToolTipText("Puts the text into the clipboard.");
    copy.setEnabled(canBeUsed);
    copy.addActionListener(e -> copy(code));
    JButton save = new JButton("Save...");
    save.setName("complexity.saveCode");
    save.setMnemonic('s');
    save.setToolTipText("Saves the text as a file.");
    save.setEnabled(canBeUsed);
    save.addActionListener(e -> save(form, code));
    JPanel buttons = new JPanel(new FlowLayout(FlowLayout.LEADING, 4, 4));
    buttons.add(copy);
    buttons.add(save);
    JPanel tab = new JPanel(new BorderLayout());
    tab.add(new JScrollPane(area), BorderLayout.CENTER);
    tab.add(buttons, BorderLayout.SOUTH);
    tabs.addTab(form.title(), null, tab, form.description() + ".");
    tabs.setMnemonicAt(tabs.getTabCount() - 1, key);
  }

  private void copy(String code) {
    try {
      Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(code), null);
      say("Copied.");
    } catch (HeadlessException | IllegalStateException e) {
      say("The clipboard cannot be used now.\nMaybe save the text.");
    }
  }

  private void save(Form form, String code) {
    ComplexityFiles.choose(this, form.description(), form.extension(), form.file())
        .ifPresent(file -> write(file, code));
  }

  private void write(Path file, String code) {
    try {
      OutputFile.of("code", "", file.toString()).writeText(out -> out.write(code));
      say("Saved " + file + ".");
    } catch (IllegalArgumentException | IOException e) {
      say(e.getMessage());
    }
  }

  private void say(String text) {
    said.setText(text);
    said.setVisible(true);
    revalidate();
  }

  /** In a window of its own; Escape closes it. */
  void open(Component parent, String title) {
    Window owner = SwingUtilities.getWindowAncestor(parent);
    JDialog dialog = new JDialog(owner, title + " as code", Dialog.ModalityType.MODELESS);
    dialog.setDefaultCloseOperation(JDialog.DISPOSE_ON_CLOSE);
    dialog.setContentPane(this);
    registerKeyboardAction(
        e -> dialog.dispose(),
        KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
        JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT);
    dialog.setSize(700, 480);
    dialog.setLocationRelativeTo(owner);
    dialog.setVisible(true);
  }
}
