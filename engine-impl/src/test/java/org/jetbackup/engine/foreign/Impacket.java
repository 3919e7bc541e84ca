package org.jetbackup.engine.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jetbackup.engine.format.PageSize;

/**
 * The Python library {@code impacket}, driven by a script of ours that only copies what it is told.
 *
 * <p>Each interpreter on the search path is asked for the library: a distribution installs it for
 * its own, which need not be the first.
 */
final class Impacket implements ForeignReader {

  private static final String INTERPRETER = "python3";
  private static final String SCRIPT = "dump_tables.py";

  private final Command command;
  private Optional<Path> interpreter = Optional.empty();
  private boolean searched;

  Impacket(Duration limit) {
    this.command = new Command(limit);
  }

  @Override
  public String name() {
    return "impacket";
  }

  @Override
  public String origin() {
    return "python3-impacket";
  }

  @Override
  public boolean isHere() {
    return interpreter().isPresent();
  }

  /** Release 0.10.0 mistakes bytes for text on larger ones. */
  @Override
  public boolean reads(PageSize size) {
    return !size.isLarge();
  }

  /** It shows the identifier of such a value in its place. */
  @Override
  public boolean followsLongValues() {
    return false;
  }

  @Override
  public Map<String, ForeignTable> readAll(Path database) {
    return run(database, List.of());
  }

  @Override
  public ForeignTable read(Path database, String table) {
    return Objects.requireNonNull(run(database, List.of(table)).get(table));
  }

  private Map<String, ForeignTable> run(Path database, List<String> tables) {
    String path = interpreter()
        .orElseThrow(() -> new IllegalStateException(origin() + " is not installed"))
        .toString();
    List<String> arguments =
        new ArrayList<>(List.of(path, "-c", script(), database.toAbsolutePath().toString()));
    arguments.addAll(tables);
    return command.run(arguments, Impacket::tables);
  }

  private static Map<String, ForeignTable> tables(Path directory, List<String> printed)
      throws IOException {
    Map<String, ForeignTable> tables = new LinkedHashMap<>();
    for (String name : printed) {
      Path file = directory.resolve(tables.size() + ".tsv");
      tables.put(name, ExportFile.read(name, file));
    }
    return tables;
  }

  private synchronized Optional<Path> interpreter() {
    if (!searched) {
      interpreter =
          Command.onPath(INTERPRETER).stream().filter(this::hasLibrary).findFirst();
      searched = true;
    }
    return interpreter;
  }

  private boolean hasLibrary(Path candidate) {
    try {
      List<String> probe = List.of(candidate.toString(), "-c", "import impacket.ese");
      return command.run(probe, (directory, printed) -> true);
    } catch (ForeignReadException e) {
      return false; // what stands in its message is that the module is missing
    }
  }

  private static String script() {
    try (InputStream in =
        Objects.requireNonNull(Impacket.class.getResourceAsStream(SCRIPT), SCRIPT)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
