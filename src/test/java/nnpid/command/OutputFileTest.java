package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir Path directory;

  private static OutputFile output(Path file) {
    return OutputFile.of("output", "-o", file.toString());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertRefused(Path file, String fact) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> output(file));
    assertTrue(e.getMessage().startsWith("The output (-o " + file + ") must "), e::getMessage);
    assertTrue(e.getMessage().contains(fact), e::getMessage);
  }

  @Test
  void checkingTouchesNothing() throws IOException {
    Path old = Files.writeString(directory.resolve("old"), "old");
    output(old);
    output(directory.resolve("new"));
    assertEquals(List.of("old"), files());
    assertEquals("old", Files.readString(old));
  }

  @Test
  void whatIsWrongIsSaidBefore() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertRefused(directory, "it is a directory");
    assertRefused(Path.of("/"), "it is a directory");
    assertRefused(directory.resolve("none").resolve("x"), "none does not exist");
    assertRefused(file.resolve("x"), "file is not a directory");
  }

  @Test
  void linksThatLeadInACircleAreRefused() throws IOException {
    Path a = directory.resolve("a");
    Path b = Files.createSymbolicLink(directory.resolve("b"), a);
    Files.createSymbolicLink(a, b);
    assertRefused(a, "in a circle");
  }

  @Test
  void directoriesAndFilesThatAreProtectedAreRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    Path sealed = Files.createDirectory(directory.resolve("sealed"));
    Set<PosixFilePermission> readOnly = PosixFilePermissions.fromString("r-xr-xr-x");
    Files.setPosixFilePermissions(file, readOnly);
    Files.setPosixFilePermissions(sealed, readOnly);
    assumeTrue(!Files.isWritable(sealed), "An administrator may write everywhere.");
    assertRefused(file, "it is protected");
    assertRefused(sealed.resolve("x"), "sealed cannot");
  }

  @Test
  void linkStaysALinkEvenToAFileThatIsNotThereYet() throws IOException {
    Path target = directory.resolve("target");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("target"));
    output(link).writeText(out -> out.write("new"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(target));
  }

  @Test
  void failureHalfWayLeavesTheOldFileAndNoOther() throws IOException {
    Path old = Files.writeString(directory.resolve("old"), "old");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                output(old)
                    .write(
                        out -> {
                          out.write(new byte[100_000]);
                          throw new IOException("No space left on device");
                        }));
    assertTrue(e.getMessage().contains("(-o " + old + ")"), e::getMessage);
    assertTrue(e.getMessage().endsWith(": No space left on device."), e::getMessage);
    assertEquals("old", Files.readString(old));
    assertEquals(List.of("old"), files());
  }

  /** A program that ends while it writes: the old file is there at any time. */
  @Test
  void oldFileStaysUntilTheNewOneIsComplete() throws IOException {
    Path old = Files.writeString(directory.resolve("old"), "old");
    output(old)
        .write(
            out -> {
              out.write("new".getBytes(StandardCharsets.UTF_8));
              out.flush();
              assertEquals("old", Files.readString(old));
            });
    assertEquals("new", Files.readString(old));
    assertEquals(List.of("old"), files());
  }

  @Test
  void directoryThatIsGoneIsSaidWithoutTheNameOfTheFileBeside() throws IOException {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    OutputFile output = output(gone.resolve("x"));
    Files.delete(gone);
    IOException e = assertThrows(IOException.class, () -> output.writeText(out -> {}));
    assertTrue(e.getMessage().contains("(-o " + gone.resolve("x") + ")"), e::getMessage);
    assertFalse(e.getMessage().contains(".part"), e::getMessage);
  }

  @Test
  void fullDeviceIsAnError() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "There is no /dev/full.");
    OutputFile output = output(full);
    IOException e =
        assertThrows(IOException.class, () -> output.writeText(out -> out.write("text")));
    assertTrue(e.getMessage().startsWith("The output (-o /dev/full) could"), e::getMessage);
    assertTrue(Files.exists(full));
  }

  @Test
  void permissionsOfTheOldFileStay() throws IOException {
    Path old = Files.writeString(directory.resolve("old"), "old");
    Set<PosixFilePermission> own = PosixFilePermissions.fromString("rw-------");
    Files.setPosixFilePermissions(old, own);
    output(old).writeText(out -> out.write("new"));
    assertEquals(own, Files.getPosixFilePermissions(old));
  }

  @Test
  void interruptsDoNotMatter() throws IOException {
    Path file = directory.resolve("file");
    OutputFile output = output(file);
    Thread.currentThread().interrupt();
    try {
      output.writeText(out -> out.write("text"));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals("text", Files.readString(file));
  }

  @Test
  void longNamesHaveAPlaceBesideThem() throws IOException {
    Path file = directory.resolve("\u00e4".repeat(120) + ".json");
    output(file).writeText(out -> out.write("text"));
    assertEquals("text", Files.readString(file));
  }

  @Test
  void sameFileUnderAnotherNameIsRefused() throws IOException {
    Path data = Files.writeString(directory.resolve("data"), "data");
    Path hard = Files.createLink(directory.resolve("hard"), data);
    Path soft = Files.createSymbolicLink(directory.resolve("soft"), data);
    Path detour = Files.createDirectory(directory.resolve("sub")).resolve("..").resolve("data");
    for (Path name : List.of(data, hard, soft, detour)) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> output(name).requireOther(data, "data", "-t data"));
      assertTrue(e.getMessage().contains("(-o " + name + ")"), e::getMessage);
      assertTrue(e.getMessage().contains("data (-t data)"), e::getMessage);
    }
    output(directory.resolve("DATA2")).requireOther(data, "data", "-t data");
  }

  @Test
  void namesOfFilesToComeMustDifferInMoreThanCaseAndDirectoryLinks() throws IOException {
    Path sub = Files.createDirectory(directory.resolve("sub"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), sub);
    OutputFile output = output(sub.resolve("Out.json"));
    for (Path other : List.of(sub.resolve("OUT.json"), link.resolve("Out.json"))) {
      assertThrows(IllegalArgumentException.class, () -> output.requireOther(output(other)));
    }
    output.requireOther(output(directory.resolve("Out.json")));
  }

  @Test
  void devicesMayBeUsedTwice() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "There is no /dev/null.");
    output(device).requireOther(output(device));
  }
}
