package weka.core.converters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import nnpid.weka.DelimitedText;
import weka.core.Instances;
import weka.core.Option;
import weka.core.OptionHandler;
import weka.core.RevisionUtils;
import weka.core.Utils;

/**
 * Loads CSV and its relatives as the package's command line does: what {@link CSVLoader} guesses is
 * recognized or refused with a sentence that tells the line.
 *
 * <p>Its name comes after that of {@link CSVLoader}: of several loaders for an extension Weka takes
 * the first wherever the user has not chosen, and a package must not change what others read.
 *
 * @see DelimitedText
 */
public class StrictCSVLoader extends WholeFileLoader implements OptionHandler {
  private static final long serialVersionUID = 5094187263350912467L;

  private static final String AUTO = "auto";

  private String separator = AUTO;
  private String nominalAttributes = "";

  public String globalInfo() {
    return "Reads tables of text: CSV, with commas, semicolons or tabs, whichever the header tells,"
        + " and with decimal points or decimal commas. Unlike CSVLoader it refuses, with the line,"
        + " what does not fit: lines with more or fewer cells than names, a stray text among"
        + " numbers, a file without header, a column without name (pandas' index), quotes that are"
        + " not closed. Byte order marks and blanks around names and cells do not count. Missing"
        + " values are empty, ?, NA, N/A or NaN, among numbers also None and null.";
  }

  @Override
  public String getFileExtension() {
    return ".csv";
  }

  @Override
  public String[] getFileExtensions() {
    return new String[] {".csv", ".tsv", ".txt"};
  }

  @Override
  public String getFileDescription() {
    return "Checked CSV: separators and decimal commas recognized, nothing guessed";
  }

  @Override
  public Enumeration<Option> listOptions() {
    return Collections.enumeration(
        List.of(
            new Option(
                "\tWhat separates the cells: auto (what the header tells), comma, semicolon, tab"
                    + " or\n"
                    + "\ta character. (default: auto)",
                "separator",
                1,
                "-separator <NAME>"),
            new Option(
                "\tAttributes in which numbers may stand among names: names or indices, separated\n"
                    + "\tby commas, first, last. (default: none)",
                "nominal",
                1,
                "-nominal <LIST>")));
  }

  @Override
  public void setOptions(String[] options) throws Exception {
    String newSeparator = Utils.getOption("separator", options);
    setSeparator(newSeparator.isEmpty() ? AUTO : newSeparator);
    setNominalAttributes(Utils.getOption("nominal", options));
    Utils.checkForRemainingOptions(options);
  }

  @Override
  public String[] getOptions() {
    List<String> options = new ArrayList<>();
    if (!separator.equals(AUTO)) {
      Collections.addAll(options, "-separator", separator);
    }
    if (!nominalAttributes.isEmpty()) {
      Collections.addAll(options, "-nominal", nominalAttributes);
    }
    return options.toArray(new String[0]);
  }

  public String separatorTipText() {
    return "What separates the cells: auto (what the header tells), comma, semicolon, tab or a"
        + " character.";
  }

  /** Sets the separator: {@code auto}, {@code comma}, {@code semicolon}, {@code tab}, or itself. */
  public void setSeparator(String separator) {
    DelimitedText.requireSeparator(separator);
    this.separator = separator;
    m_structure = null;
  }

  public String getSeparator() {
    return separator;
  }

  public String nominalAttributesTipText() {
    return "Attributes in which numbers may stand among names, and are names then: names or"
        + " indices, separated by commas, first, last.";
  }

  /** Sets the attributes in which numbers may be names, separated by commas. */
  public void setNominalAttributes(String nominalAttributes) {
    this.nominalAttributes = nominalAttributes;
    m_structure = null;
  }

  public String getNominalAttributes() {
    return nominalAttributes;
  }

  @Override
  Instances load(Path file, boolean withValues) throws IOException {
    return DelimitedText.read(
        file.toFile(),
        separator,
        nominalAttributes.isEmpty() ? List.of() : List.of(nominalAttributes.split(" *, *")));
  }

  @Override
  public String getRevision() {
    return RevisionUtils.extract("$Revision: 1 $");
  }

  /** Prints a file as ARFF; the first argument is its name, options follow. */
  public static void main(String[] arguments) {
    runFileLoader(new StrictCSVLoader(), arguments);
  }
}
