package weka.core.converters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import nnpid.weka.DelimitedText;
import weka.core.Instances;
import weka.core.OptionMetadata;

/**
 * Loads CSV and its relatives as the package's command line does: what {@link CSVLoader} guesses is
 * recognized or refused with a sentence that tells the line.
 *
 * <p>Its name comes after that of {@link CSVLoader}: of several loaders for an extension Weka takes
 * the first wherever the user has not chosen, and a package must not change what others read.
 *
 * @see DelimitedText
 */
public class StrictCSVLoader extends WholeFileLoader {
  private static final long serialVersionUID = 5094187263350912467L;

  private String separator = "auto";
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

  @OptionMetadata(
      displayName = "Separator",
      description =
          "What separates the cells: auto (what the header tells), comma, semicolon, tab or a"
              + " character.",
      commandLineParamName = "separator",
      commandLineParamSynopsis = "name or character",
      displayOrder = 1)
  public String getSeparator() {
    return separator;
  }

  public void setSeparator(String separator) {
    DelimitedText.requireSeparator(separator);
    this.separator = separator;
    m_structure = null;
  }

  @OptionMetadata(
      displayName = "Nominal attributes",
      description =
          "Attributes in which numbers may stand among names, and are names then: names or"
              + " indices, separated by commas, first, last.",
      commandLineParamName = "nominal",
      commandLineParamSynopsis = "list",
      displayOrder = 2)
  public String getNominalAttributes() {
    return nominalAttributes;
  }

  public void setNominalAttributes(String nominalAttributes) {
    this.nominalAttributes = nominalAttributes;
    m_structure = null;
  }

  @Override
  Instances load(Path file, boolean withValues) throws IOException {
    return DelimitedText.read(
        file.toFile(),
        separator,
        nominalAttributes.isEmpty() ? List.of() : List.of(nominalAttributes.split(" *, *")));
  }

  /** Prints a file as ARFF; the first argument is its name, options follow. */
  public static void main(String[] arguments) {
    runFileLoader(new StrictCSVLoader(), arguments);
  }
}
