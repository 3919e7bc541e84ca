package org.jetbackup.tck.launcher;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.explore.CrashReplay;
import org.jetbackup.tck.explore.ReplayFile;

/** Judges the one crash of a replay file. */
final class CrashReplayCommand {

  private final Terminal terminal;

  CrashReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Judges it and says what came of it.
   *
   * @return the exit status
   * @throws IllegalArgumentException if there is no such file, it is no replay file, or the engine
   *     does not do any more what it did then
   */
  int run(KitSettings settings, String name) throws IOException {
    if (!settings.capabilities().contains(Capability.READS_GIVEN_FILE_SYSTEM)) {
      throw new IllegalArgumentException("--replay: only an engine that declares "
          + Capability.READS_GIVEN_FILE_SYSTEM.word() + " can be made to crash");
    }
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("--replay: there is no file " + name);
    }
    ReplayFile replay = ReplayFile.parse(text(file));
    Optional<ClauseViolation> seen = CrashReplay.run(settings, replay, name, terminal::line);
    terminal.line("");
    if (seen.isPresent()) {
      String.valueOf(seen.get().getMessage()).lines().forEach(terminal::line);
      terminal.line("");
    }
    terminal.line(terminal.bold(
        seen.isPresent()
            ? replay.clause() + " is broken: the crash still shows it"
            : replay.clause() + " holds here: the crash does not show it any more"));
    return seen.isPresent() ? Main.BROKEN : Main.GOOD;
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("--replay: " + file + " is no text", e);
    }
  }
}
