package nnpid.analysis;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nnpid.network.Epochs;

/**
 * What makes the results of one checkpoint doubtful.
 *
 * @param repeat number of the training, from 1
 * @param epoch that of the checkpoint
 * @param text a sentence that begins with the layer
 */
public record CheckpointWarning(int repeat, double epoch, String text) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Numbers and names, in which sentences of the same kind may differ. */
  private static final String DIFFERENT = "\\(.*?\\)|\"[^\"]*\"(, \"[^\"]*\")*|[-+]?\\d[\\d.e%-]*";

  /** Checks that all is there. */
  public CheckpointWarning {
    requireNonNull(text, "text");
  }

  /**
   * Sentences for people: what differs in numbers and names only is said once.
   *
   * @param others what there are more of: {@code "of %d more files"}
   */
  public static List<String> collected(List<CheckpointWarning> warnings, String others) {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    for (CheckpointWarning one : warnings) {
      kinds.computeIfAbsent(one.kind(), kind -> new ArrayList<>()).add(one.sentence());
    }
    return kinds.values().stream()
        .map(
            texts ->
                texts.size() == 1
                    ? texts.get(0)
                    : texts.get(0)
                        + String.format(Locale.ROOT, " The same " + others + ".", texts.size() - 1))
        .toList();
  }

  private String kind() {
    return text.replaceAll(DIFFERENT, "#").replaceFirst("Units? #|# units", "units");
  }

  private String sentence() {
    return "Epoch " + Epochs.text(epoch) + " of repeat " + repeat + ", " + text;
  }
}
