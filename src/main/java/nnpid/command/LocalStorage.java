package nnpid.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of the machine that this runs on. */
public record LocalStorage() implements Storage {
  private static final long serialVersionUID = 1L;

  @Override
  public List<String> files(String option, String value) {
    return InputFiles.of(option, value).stream().map(Path::toString).toList();
  }

  @Override
  public String seal(String file) {
    return seal(file, Path.of(file));
  }

  /**
   * The same of a file that has another name here.
   *
   * @param name what the seal calls it
   */
  public String seal(String name, Path file) {
    try {
      return name + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return name + " cannot be read";
    }
  }

  @Override
  public <T> T read(String file, Reading<T> reading) throws Exception {
    return reading.of(Path.of(file));
  }

  @Override
  public String outOfMemory() {
    return Task.sentence(new OutOfMemoryError());
  }
}
