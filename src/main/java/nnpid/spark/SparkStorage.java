package nnpid.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import nnpid.command.LocalStorage;
import nnpid.command.Storage;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Where the files of checkpoints are that executors read: on any file system, from which each file
 * is copied to the executor that analyzes it, or on a disk that all machines share.
 *
 * @param configuration of file systems
 * @param directory of the driver, where names without one begin
 */
record SparkStorage(SerializableConfiguration configuration, String directory) implements Storage {
  private static final long serialVersionUID = 1L;

  private static final LocalStorage LOCAL = new LocalStorage();

  /** Whether a name has a file system other than that of the machine. */
  static boolean isRemote(String file) {
    return file.matches("(?s)[A-Za-z][A-Za-z0-9+.-]+:/.*") && !file.startsWith("file:");
  }

  @Override
  public List<String> files(String option, String value) {
    if (!isRemote(value)) {
      return LOCAL.files(option, value);
    }
    TreeSet<String> names = new TreeSet<>();
    try {
      for (FileStatus found : Inputs.of(value, configuration.value()).files()) {
        if (found.isFile()) {
          names.add(found.getPath().toString());
        } else if (!value.matches(".*[*?\\[{].*")) {
          addFilesOf(found.getPath(), names);
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          String.format("The input (%s %s) must be readable: %s.", option, value, e.getMessage()),
          e);
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          String.format("The input (%s %s) must name files: there are none.", option, value));
    }
    return List.copyOf(names);
  }

  /** Those of formats that can be checkpoints, in directories below, too. */
  private void addFilesOf(Path path, TreeSet<String> names) throws IOException {
    RemoteIterator<LocatedFileStatus> files =
        path.getFileSystem(configuration.value()).listFiles(path, true);
    while (files.hasNext()) {
      Path file = files.next().getPath();
      if (file.getName()
              .toLowerCase(Locale.ROOT)
              .matches("[^._].*\\.(np[yz]|(arff|csv|tsv)(\\.gz)?)")
          && !path.toUri().relativize(file.toUri()).getPath().matches("(.*/)?[._].*")) {
        names.add(file.toString());
      }
    }
  }

  @Override
  public String seal(String file) {
    if (!isRemote(file)) {
      return LOCAL.seal(file, local(file));
    }
    try {
      FileStatus status = system(file).getFileStatus(new Path(file));
      return file + " " + status.getLen() + " " + status.getModificationTime();
    } catch (IOException e) {
      return file + " cannot be read";
    }
  }

  private FileSystem system(String file) throws IOException {
    return new Path(file).getFileSystem(configuration.value());
  }

  private java.nio.file.Path local(String file) {
    return java.nio.file.Path.of(directory).resolve(file);
  }

  @Override
  public <T> T read(String file, Reading<T> reading) throws Exception {
    if (!isRemote(file)) {
      java.nio.file.Path here = local(file);
      if (!Files.exists(here)) {
        throw new IllegalArgumentException(
            String.format(
                "The file (%s) must be on every machine of the cluster, on a disk that they share:"
                    + " it is not on %s.%nMaybe put the files on a file system that Spark reads,"
                    + " and give its name: hdfs://HOST/PATH.",
                file, host()));
      }
      return read(file, here, reading);
    }
    java.nio.file.Path scratch = Files.createTempDirectory("nnpid");
    java.nio.file.Path copy = scratch.resolve(new Path(file).getName());
    try {
      try {
        system(file).copyToLocalFile(false, new Path(file), new Path(copy.toUri()), true);
      } catch (IOException e) {
        throw new IllegalArgumentException(
            String.format(
                "The file (%s) must be readable on every machine of the cluster: on %s it is not:"
                    + " %s.",
                file, host(), e.getMessage()),
            e);
      }
      return read(file, copy, reading);
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(scratch);
    }
  }

  /** Messages tell the name that the user gave. */
  private static <T> T read(String file, java.nio.file.Path here, Reading<T> reading)
      throws Exception {
    try {
      return reading.of(here);
    } catch (IOException | IllegalArgumentException e) {
      String message = e.getMessage();
      if (message == null || here.toString().equals(file) || !message.contains(here.toString())) {
        throw e;
      }
      throw new IllegalArgumentException(message.replace(here.toString(), file), e);
    }
  }

  @Override
  public String outOfMemory() {
    return String.format(
        "Java ran out of memory on %s.%nMaybe give executors more, such as --conf"
            + " spark.executor.memory=4g, or fewer tasks at once: --conf spark.executor.cores=1.",
        host());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "one of them";
    }
  }
}
