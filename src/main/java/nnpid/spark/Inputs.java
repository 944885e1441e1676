package nnpid.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What the option -t names on any file system: one table, of a file or of the parts of which a
 * directory or a pattern consists, or something that the command line reads itself.
 *
 * @param format of a table; OTHER for what is read on the driver
 * @param relation what a table is called
 * @param files the parts of a table, by name; else all that is named
 * @param named the directory, for Parquet, whose folders may be columns; else nothing
 */
record Inputs(Format format, String relation, List<FileStatus> files, List<Path> named) {
  /** How Spark and Hadoop call the parts of a table. */
  private static final String PART = "part-";

  /** Formats of tables. */
  enum Format {
    PARQUET("\\.parquet"),
    TEXT("\\.(csv|tsv|txt)(\\.gz)?"),
    NUMPY("\\.npy"),
    OTHER("");

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }

    static Format of(String fileName) {
      String name = fileName.toLowerCase(Locale.ROOT);
      return Arrays.stream(values())
          .filter(format -> name.matches(".+" + format.extension))
          .findFirst()
          .orElse(OTHER);
    }
  }

  /**
   * Looks at what is named.
   *
   * @throws IllegalArgumentException if there is no such file, or the parts of a table differ
   */
  static Inputs of(String input, Configuration configuration) {
    try {
      Path path = new Path(input);
      FileSystem system = path.getFileSystem(configuration);
      FileStatus[] found =
          exists(system, path)
              ? new FileStatus[] {system.getFileStatus(path)}
              : system.globStatus(path);
      if (found == null || found.length == 0) {
        throw new IllegalArgumentException(
            String.format(
                "The input (-t %s) must be there: it does not exist.%nMaybe give the whole path"
                    + " with its file system, as hdfs://HOST/PATH or file:///PATH; executors must"
                    + " see it, too.",
                input));
      }
      return of(input, system, found);
    } catch (IllegalArgumentException e) {
      throw e.getMessage() != null && e.getMessage().startsWith("The ") ? e : unreadable(input, e);
    } catch (IOException e) {
      throw unreadable(input, e);
    }
  }

  private static boolean exists(FileSystem system, Path path) throws IOException {
    try {
      system.getFileStatus(path);
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private static IllegalArgumentException unreadable(String input, Exception e) {
    return new IllegalArgumentException(
        String.format("The input (-t %s) must be readable: %s.", input, e.getMessage()), e);
  }

  private static Inputs of(String input, FileSystem system, FileStatus[] found) throws IOException {
    boolean one = found.length == 1;
    boolean parts = Arrays.stream(found).allMatch(Inputs::isPart);
    Path first = found[0].getPath();
    Format named = Format.of(first.getName());
    if (one && found[0].isDirectory()) {
      List<FileStatus> inside = visible(system.listStatus(first));
      // Of a partitioned table the directory has folders such as year=2026.
      boolean table = named != Format.OTHER || (!inside.isEmpty() && allParts(inside));
      if (!table) {
        return new Inputs(Format.OTHER, "", List.of(found), List.of());
      }
      Format format = named == Format.OTHER ? format(input, inside) : named;
      if (format == Format.PARQUET) {
        return new Inputs(format, withoutExtension(first.getName()), inside, List.of(first));
      }
      return table(input, withoutExtension(first.getName()), inside);
    }
    if (one && named != Format.OTHER) {
      return table(input, withoutExtension(first.getName()), List.of(found));
    }
    if (!one && parts) {
      return table(input, withoutExtension(first.getParent().getName()), List.of(found));
    }
    return new Inputs(Format.OTHER, "", List.of(found), List.of());
  }

  private static boolean allParts(List<FileStatus> files) {
    return files.stream().allMatch(Inputs::isPart);
  }

  private static boolean isPart(FileStatus file) {
    return file.getPath().getName().startsWith(PART);
  }

  /** Without what Spark and others note beside the data. */
  private static List<FileStatus> visible(FileStatus[] files) {
    return Arrays.stream(files).filter(file -> !isHidden(file.getPath().getName())).toList();
  }

  private static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  private static Inputs table(String input, String relation, List<FileStatus> files) {
    Format format = format(input, files);
    List<FileStatus> ordered = new ArrayList<>(files);
    ordered.sort((one, other) -> one.getPath().getName().compareTo(other.getPath().getName()));
    return new Inputs(format, relation, List.copyOf(ordered), List.of());
  }

  private static Format format(String input, List<FileStatus> files) {
    List<Format> formats =
        files.stream().map(file -> Format.of(file.getPath().getName())).distinct().toList();
    if (formats.size() != 1 || formats.get(0) == Format.OTHER) {
      throw new IllegalArgumentException(
          String.format(
              "The parts of a table (-t %s) must all be .parquet, .csv, .tsv, .txt or .npy files:"
                  + " there are %d files, the first is %s.",
              input, files.size(), files.isEmpty() ? "missing" : files.get(0).getPath().getName()));
    }
    return formats.get(0);
  }

  private static String withoutExtension(String name) {
    return name.replaceFirst("(?i)\\.gz$", "").replaceFirst("(?<=.)\\.[^.]*$", "");
  }

  /** The paths of all parts, for Spark. */
  String[] paths() {
    return (named.isEmpty() ? files.stream().map(FileStatus::getPath) : named.stream())
        .map(Path::toString)
        .toArray(String[]::new);
  }
}
