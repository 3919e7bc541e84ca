package org.jetbackup.tck.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.selftest.model.Decisions;
import org.jetbackup.tck.selftest.model.ModelEngine;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.Story;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the model engine does to files in a backup is what was once read and found good. Where a
 * change is meant, {@code -Djetbackup.generate=true} writes the texts anew, to be read again.
 */
class GoldenTraceTest {

  private static final String GOLDEN = "src/test/resources/org/jetbackup/tck/selftest/golden";

  /** A kind of backup. */
  enum Kind {
    FULL(BackupGrbit.FULL),
    ATOMIC(BackupGrbit.ATOMIC),
    INCREMENTAL(BackupGrbit.INCREMENTAL);

    private final BackupGrbit grbit;

    Kind(BackupGrbit grbit) {
      this.grbit = grbit;
    }

    /** What its golden text is called. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBackupTouchesFilesAsItAlwaysDid(Kind kind) throws IOException {
    String story = new Story()
        .heading(kind.word() + " backup to backup1")
        .tell(traceOf(kind, new Decisions()))
        .toString();
    Path file = Path.of(System.getProperty("basedir", ""), GOLDEN).resolve(kind.word() + ".txt");
    if (Boolean.getBoolean("jetbackup.generate")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, story);
    }
    String golden = Files.exists(file) ? Files.readString(file) : "";
    assertEquals(
        golden, story, kind + " has another trace: if it is meant, -Djetbackup.generate=true");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPublishedIsDurableAndNothingElseIsGoneBefore(Kind kind) {
    assertEquals(List.of(), PublicationOrder.faultsOf(traceOf(kind, new Decisions()), "main/log"));
  }

  static Stream<Arguments> wrongOrders() {
    return Stream.of(
        Arguments.of(Kind.FULL, "is published unforced: backup1/", new Decisions() {
          @Override
          public boolean forcesFiles() {
            return false;
          }
        }),
        Arguments.of(Kind.ATOMIC, "is published unforced: backup1/", new Decisions() {
          @Override
          public boolean forcesAfterWriting() {
            return false;
          }
        }),
        Arguments.of(Kind.FULL, "the names in the draft are published unforced", new Decisions() {
          @Override
          public boolean forcesStagingBeforePublishing() {
            return false;
          }
        }),
        Arguments.of(
            Kind.INCREMENTAL, "the name of what was published is not forced", new Decisions() {
              @Override
              public boolean forcesParentAfterPublishing() {
                return false;
              }
            }),
        Arguments.of(Kind.INCREMENTAL, "deletes too early: main/log/", new Decisions() {
          @Override
          public boolean publishesBeforeTruncating() {
            return false;
          }
        }),
        Arguments.of(Kind.ATOMIC, "replaces too early: backup1/set-000001", new Decisions() {
          @Override
          public boolean keepsOldSetUntilPublished() {
            return false;
          }
        }),
        Arguments.of(Kind.FULL, "nothing is published", new Decisions() {
          @Override
          public boolean stagesUnderAnotherName() {
            return false;
          }
        }));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("wrongOrders")
  void aWrongOrderIsSeen(Kind kind, String fault, Decisions decisions) {
    List<String> faults = PublicationOrder.faultsOf(traceOf(kind, decisions), "main/log");
    assertEquals(true, faults.stream().anyMatch(each -> each.startsWith(fault)), faults::toString);
  }

  /** The trace of one backup that has closed log files to copy and to delete. */
  private static List<Operation> traceOf(Kind kind, Decisions decisions) {
    KitSettings settings = KitSettings.of(plugin(decisions)).withSeed(1);
    try (World world = World.create(settings, "GoldenTraceTest", "FULL-1")) {
      Path directory = world.freshDirectory("backup");
      Node node = world.start().commit("a=1");
      if (kind != Kind.FULL) {
        node.mustBackup(directory, BackupGrbit.FULL);
      }
      node.commit("big=x*40000").commit("big=y*40000");
      world.files().startTrace();
      node.mustBackup(directory, kind.grbit);
      return world.files().trace();
    }
  }

  private static EnginePlugin plugin(Decisions decisions) {
    return new EnginePlugin() {
      @Override
      public JetEngine engine() {
        return new ModelEngine(decisions);
      }

      @Override
      public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
      }

      @Override
      public FileKind kindOf(Path file) {
        return ModelPlugin.kind(file);
      }
    };
  }
}
