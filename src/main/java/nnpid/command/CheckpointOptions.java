package nnpid.command;

import java.util.Locale;
import nnpid.weka.UserRegex;
import weka.core.OptionMetadata;

/** What is asked of several files, each with the layers of a checkpoint of a training. */
public final class CheckpointOptions {
  /** The category of options that need several files. */
  static final String FILES = "files";

  private String epoch = "";
  private String repeat = "";
  private LimitsFrom limitsFrom = LimitsFrom.EACH;
  private String stateFile = "";

  /** From which files the limits of levels are learned. */
  public enum LimitsFrom {
    /** Those of every file from itself, as if it were analyzed alone. */
    EACH,
    /** Those of all files from the first one. */
    FIRST,
    /** Those of all files from all of them together. */
    ALL;

    /** The name in options. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @OptionMetadata(
      displayName = "Epoch",
      description =
          "Several files: regular expression with one capturing group for the epoch, in the names"
              + " of the files with their directories, such as \"epoch_(\\d+)\"; the last place that"
              + " matches counts. Fractions of epochs are numbers such as 0.25. If nothing is given:"
              + " the one number in which the names differ.",
      category = FILES,
      commandLineParamName = "epoch",
      commandLineParamSynopsis = "REGEX",
      displayOrder = 1)
  public String getEpoch() {
    return epoch;
  }

  /** Sets where the names of files have the epoch. */
  public void setEpoch(String epoch) {
    this.epoch = withOneGroup("epoch", epoch);
  }

  @OptionMetadata(
      displayName = "Repeat",
      description =
          "Several files: the same for the number of the training, such as \"run(\\d+)\". If nothing"
              + " is given: one training, unless names differ in two numbers, one after \"epoch\" or"
              + " \"step\", the other after \"run\", \"seed\" or \"repeat\".",
      category = FILES,
      commandLineParamName = "repeat",
      commandLineParamSynopsis = "REGEX",
      displayOrder = 2)
  public String getRepeat() {
    return repeat;
  }

  /** Sets where the names of files have the number of the training. */
  public void setRepeat(String repeat) {
    this.repeat = withOneGroup("repeat", repeat);
  }

  private static String withOneGroup(String noun, String regex) {
    if (!regex.isEmpty() && UserRegex.compile(noun, regex).groupCount() != 1) {
      throw new IllegalArgumentException(
          String.format(
              "The %s (%s) must have one capturing group, for the number.%nMaybe use \"%s_(\\d+)\".",
              noun, regex, noun));
    }
    return regex;
  }

  @OptionMetadata(
      displayName = "Limits from",
      description = TrainingOptions.ABOUT_LIMITS,
      category = FILES,
      commandLineParamName = TrainingOptions.LIMITS_FROM,
      displayOrder = 3)
  public LimitsFrom getLimitsFrom() {
    return limitsFrom;
  }

  /** Sets from which files limits are learned. */
  public void setLimitsFrom(LimitsFrom limitsFrom) {
    this.limitsFrom = limitsFrom;
  }

  @OptionMetadata(
      displayName = "State",
      description =
          "Several files: file that holds the results of those that are done. If it exists, these"
              + " are not analyzed again.",
      commandLineParamName = "resume",
      commandLineParamSynopsis = "FILE",
      displayOrder = 4)
  public String getStateFile() {
    return stateFile;
  }

  /** Sets the file of the state; empty for none. */
  public void setStateFile(String stateFile) {
    this.stateFile = stateFile;
  }
}
