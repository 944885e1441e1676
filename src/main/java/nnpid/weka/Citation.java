package nnpid.weka;

import java.util.Map;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformation.Field;

/** A paper that our schemes refer to. */
public final class Citation {
  /** Defines the representational complexity. */
  public static final Citation REPRESENTATIONAL_COMPLEXITY =
      new Citation(
          Map.of(
              Field.AUTHOR,
              "David A. Ehrlich and Andreas C. Schneider and Viola Priesemann and Michael Wibral"
                  + " and Abdullah Makkeh",
              Field.TITLE,
              "A Measure of the Complexity of Neural Representations based on Partial Information"
                  + " Decomposition",
              Field.JOURNAL,
              "Transactions on Machine Learning Research",
              Field.YEAR,
              "2023",
              Field.URL,
              "https://arxiv.org/abs/2209.10438"));

  /** Introduces late acceptance, the default of our searches. */
  public static final Citation LATE_ACCEPTANCE =
      new Citation(
          Map.of(
              Field.AUTHOR, "Edmund K. Burke and Yuri Bykov",
              Field.TITLE, "The late acceptance Hill-Climbing heuristic",
              Field.JOURNAL, "European Journal of Operational Research",
              Field.VOLUME, "258",
              Field.NUMBER, "1",
              Field.PAGES, "70-78",
              Field.YEAR, "2017"));

  private final Map<Field, String> fields;

  private Citation(Map<Field, String> fields) {
    this.fields = fields;
  }

  /** The article as Weka has it: a new object, since it may be changed. */
  public TechnicalInformation technicalInformation() {
    TechnicalInformation article = new TechnicalInformation(TechnicalInformation.Type.ARTICLE);
    fields.forEach(article::setValue);
    return article;
  }
}
