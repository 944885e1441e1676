package nnpid.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files that an option names: one, or several by a pattern, a directory, or a list separated as
 * in a class path.
 */
final class InputFiles {
  private static final List<String> EXTENSIONS =
      List.of(".npz", ".npy", ".arff", ".arff.gz", ".csv", ".csv.gz", ".tsv", ".tsv.gz");

  private InputFiles() {}

  /**
   * Whether a value names more than one file, even if there should be one only. An empty one does
   * not, though since Java 25 it is a directory.
   */
  static boolean areSeveral(String value) {
    return !value.isEmpty()
        && !isFile(value)
        && (hasWildcards(value)
            || value.contains(File.pathSeparator)
            || new File(value).isDirectory());
  }

  private static boolean isFile(String value) {
    return new File(value).isFile();
  }

  private static boolean hasWildcards(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /**
   * The files that a value names, by name.
   *
   * @param option the option, for messages; empty for a field of a window
   * @throws IllegalArgumentException if a part of it names none
   */
  static List<Path> of(String option, String value) {
    TreeSet<Path> files = new TreeSet<>();
    for (String part : isFile(value) ? List.of(value) : split(value)) {
      Collection<Path> found = isFile(part) ? List.of(Path.of(part)) : several(option, part);
      files.addAll(found);
    }
    return List.copyOf(files);
  }

  private static List<String> split(String value) {
    return List.of(value.split(Pattern.quote(File.pathSeparator), -1)).stream()
        .filter(part -> !part.isBlank())
        .toList();
  }

  private static Collection<Path> several(String option, String part) {
    try {
      boolean directory = new File(part).isDirectory();
      if (!directory && !hasWildcards(part)) {
        throw none(option, part, "name a file, a directory or a pattern", "there is no such file");
      }
      Path base = directory ? Path.of(part) : base(part);
      if (!Files.isDirectory(base)) {
        throw none(option, part, "match files", "there is no directory " + base);
      }
      String rest = directory ? "" : restOf(part);
      Collection<Path> found =
          directory
              ? walk(base, Integer.MAX_VALUE, InputFiles::hasKnownExtension)
              : walk(base, depth(rest), matcher(rest));
      if (found.isEmpty()) {
        throw none(
            option,
            part,
            "match files",
            directory
                ? "the directory has none of " + String.join(", ", EXTENSIONS)
                : "none matches in " + base.toAbsolutePath().normalize());
      }
      return found;
    } catch (PatternSyntaxException | InvalidPathException e) {
      throw none(option, part, "be a pattern of names", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw none(option, part, "be readable", e.toString());
    }
  }

  private static IllegalArgumentException none(
      String option, String part, String rule, String fact) {
    return new IllegalArgumentException(
        String.format(
            "The input (%s) must %s: %s.%s",
            (option + " " + part).strip(),
            rule,
            fact,
            option.isEmpty()
                ? ""
                : String.format(
                    "%nMaybe put the pattern into quotes, such as %s \"run*/epoch_*.npz\".",
                    option)));
  }

  /** With slashes, as patterns have them everywhere. */
  private static String slashed(String part) {
    return part.replace(File.separatorChar, '/');
  }

  /** Where the part of a pattern begins that has wildcards. */
  private static int start(String pattern) {
    int first = 0;
    while ("*?[{".indexOf(pattern.charAt(first)) < 0) {
      first++;
    }
    return pattern.lastIndexOf('/', first) + 1;
  }

  private static Path base(String part) {
    String pattern = slashed(part);
    return Path.of(pattern.substring(0, start(pattern)));
  }

  private static String restOf(String part) {
    String pattern = slashed(part);
    return pattern.substring(start(pattern));
  }

  private static int depth(String pattern) {
    return pattern.contains("**")
        ? Integer.MAX_VALUE
        : 1 + (int) pattern.chars().filter(c -> c == '/').count();
  }

  private static PathMatcher matcher(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }

  private static boolean hasKnownExtension(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream().anyMatch(name::endsWith);
  }

  /** Files below a directory, but for hidden ones; the matcher sees their place below it. */
  private static Collection<Path> walk(Path base, int depth, PathMatcher matcher)
      throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        base,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(base) && isHidden(directory)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path place = base.toString().isEmpty() ? file : base.relativize(file);
            if (attributes.isRegularFile() && !isHidden(file) && matcher.matches(place)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // reading it will tell, if it is wanted
          }
        });
    return found;
  }

  private static boolean isHidden(Path file) {
    return file.getFileName() != null && file.getFileName().toString().startsWith(".");
  }

  /**
   * About how many bytes of memory the analysis of a file takes while it goes on: numbers become
   * doubles twice, as activations and as levels; in text they are longer, compressed much shorter.
   */
  static long memory(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    try {
      if (name.endsWith(".npz")) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
          return 6 * zip.stream().mapToLong(ZipEntry::getSize).filter(size -> size > 0).sum();
        }
      }
      return (name.endsWith(".gz") ? 40 : name.endsWith(".npy") ? 6 : 4) * Files.size(file);
    } catch (IOException e) {
      return 0; // reading it will tell
    }
  }
}
