package org.jetbackup.tck.selftest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.backup.Bkinfo;
import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.selftest.model.Decisions;
import org.jetbackup.tck.selftest.model.ModelEngine;

/**
 * Engines that are wrong on purpose: the model engine with exactly one decision wrong, and the clause
 * that must catch it.
 *
 * <p>This file is long because it is one table, and a table is best read in one place.
 */
public enum WrongEngine {

  // Parameters and return codes

  IGNORES_UNKNOWN_BITS("RET-8 FLAT-1", "takes option bits that nobody defined") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean rejectsUnknownBits() {
          return false;
        }
      };
    }
  },
  BACKS_UP_WITHOUT_LOG("RET-11", "makes a backup although logging is off") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean requiresLogging() {
          return false;
        }
      };
    }
  },
  TWO_BACKUPS_AT_ONCE("RET-2", "lets a second backup begin while one runs") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean allowsOneBackupAtATime() {
          return false;
        }
      };
    }
  },
  MAKES_MISTYPED_DIRECTORIES("RET-10", "makes a missing target although it must not") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean requiresTargetDirectory() {
          return false;
        }
      };
    }
  },
  WRONG_CODE_WHILE_INITIALIZING("RET-3", "answers -1023 to a backup while it initializes") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public JetErr whileInitializing() {
          return JetErr.INVALID_PATH;
        }
      };
    }
  },
  COPIES_A_DAMAGED_DATABASE("RET-15 FAULT-6", "copies a database without looking at its checksum") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean verifiesDatabases() {
          return false;
        }
      };
    }
  },
  COPIES_A_DAMAGED_LOG("RET-12", "copies log files without looking at their checksums") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean verifiesLogs() {
          return false;
        }
      };
    }
  },

  // Life cycle and concurrency

  INITIALIZES_TWICE("LIFE-1", "recovers a second time while it is in service") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean refusesSecondInit() {
          return false;
        }
      };
    }
  },
  FORGETS_TO_RECOVER("TRUNC-2", "does not replay its log when it is opened") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean recoversAtInit() {
          return false;
        }
      };
    }
  },
  WORKS_AFTER_STOP("LIFE-4", "goes on taking work after its service was stopped") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean refusesWorkAfterStop() {
          return false;
        }
      };
    }
  },
  COMMITS_AFTER_STOP("LIFE-13", "commits what was left open when its service was stopped") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean refusesCommitAfterStop() {
          return false;
        }
      };
    }
  },
  TELLS_ANOTHER_STATE("LIFE-13", "says that it is in service after its service was stopped") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public InstanceState told(InstanceState state) {
          return state == InstanceState.STOPPED ? InstanceState.INITIALIZED : state;
        }
      };
    }
  },
  RISES_AGAIN("LIFE-13", "goes into service again after it has ended") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean staysTerminated() {
          return false;
        }
      };
    }
  },
  DEAF_TO_STOP_BACKUP("LIFE-6", "does not end a backup that is to be stopped") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean stopsBackups() {
          return false;
        }
      };
    }
  },
  DATABASES_COME_AND_GO("CONC-3", "creates a database while a backup runs") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean keepsDatabasesDuringBackup() {
          return false;
        }
      };
    }
  },

  // Data

  ROLLBACK_KEEPS("DATA-8", "keeps what was rolled back") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean discardsChangesAtRollback() {
          return false;
        }
      };
    }
  },
  DIRTY_READS("DATA-9", "shows a transaction what others commit after its begin") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean isolatesTransactions() {
          return false;
        }
      };
    }
  },
  LOST_UPDATES("DATA-10", "lets the later of two changes to one record win") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean findsWriteConflicts() {
          return false;
        }
      };
    }
  },
  SIGNED_KEYS("DATA-7", "orders keys as signed bytes") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean ordersKeysUnsigned() {
          return false;
        }
      };
    }
  },
  LOSES_EMPTY_VALUES("DATA-6", "takes an empty value for none") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean keepsEmptyValues() {
          return false;
        }
      };
    }
  },

  // Full backup and its directory

  LEAVES_THE_LAST_LOG_OUT("FULL-1 PAR-3", "does not copy the last log file") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public long lastGenerationToCopy(long rolled) {
          return rolled - 1;
        }
      };
    }
  },
  COPIES_THE_FIRST_DATABASE("FULL-2", "copies only one of the attached databases") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public int databasesToCopy(int count) {
          return Math.min(1, count);
        }
      };
    }
  },
  COPIES_OPEN_TRANSACTIONS("FULL-4", "copies what is not committed") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean leavesOpenTransactionsOut() {
          return false;
        }
      };
    }
  },
  BACKS_UP_AMONG_STRANGERS("DIR-2", "makes a full backup beside files that are not its own") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean requiresCleanDirectory() {
          return false;
        }
      };
    }
  },
  DELETES_STRANGERS("DIR-3", "removes files of others from the directory") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean leavesStrangersAlone() {
          return false;
        }

        @Override
        public boolean requiresCleanDirectory() {
          return false;
        }
      };
    }
  },

  // Atomic

  DELETES_THE_OLD_SET_FIRST("ATOM-3", "removes the old set before the new one is there") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean keepsOldSetUntilPublished() {
          return false;
        }
      };
    }
  },
  KEEPS_EVERY_SET("ATOM-5", "never deletes a set that was replaced") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean deletesReplacedSets() {
          return false;
        }
      };
    }
  },
  RESTORES_THE_OLDEST_SET("ATOM-2", "takes the oldest published set for the one that counts") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public Path setThatCounts(List<Path> published) {
          return published.get(0);
        }

        @Override
        public boolean deletesReplacedSets() {
          return false;
        }
      };
    }
  },

  // Incremental and circular logging

  INCREMENTAL_WITHOUT_FULL(
      "INC-12 INC-11", "makes an incremental backup without a full one of every database") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean requiresFullBackup() {
          return false;
        }
      };
    }
  },
  TOUCHES_THE_SET("INC-2 PAR-5", "rewrites a file of the set that it extends") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean leavesSetAlone() {
          return false;
        }
      };
    }
  },
  ADDS_MORE_THAN_LOGS("INC-3", "adds a file that is no log") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean addsOnlyLogs() {
          return false;
        }
      };
    }
  },
  FORGETS_INCREMENTS("INC-1", "restores the full backup of a chain only") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean replaysIncrements() {
          return false;
        }
      };
    }
  },
  OVERLOOKS_GAPS("INC-7", "extends a chain although a log file in between is gone") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean findsGaps() {
          return false;
        }

        @Override
        public boolean comparesChain() {
          return false;
        }
      };
    }
  },
  INCREMENTAL_UNDER_CIRCULAR("RET-7", "makes an incremental backup under circular logging") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean checksCircularLogging() {
          return false;
        }
      };
    }
  },
  DELETES_LOGS_ALL_THE_TIME("CIRC-5", "deletes log files without a backup") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean keepsLogForBackup() {
          return false;
        }
      };
    }
  },

  // Without a path

  BACKS_UP_SOMEWHERE("NULL-1", "takes a missing path for a directory of its own choice") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public Optional<Path> directoryMeantByNone(Path systemPath) {
          return Optional.of(systemPath);
        }
      };
    }
  },
  TRUNCATES_NOTHING("NULL-3", "leaves the log as it is when there is no path") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean truncatesWithoutPath() {
          return false;
        }
      };
    }
  },
  RECORDS_A_BACKUP_THAT_WAS_NONE("NULL-4", "writes a backup record without a backup") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean leavesRecordsWithoutPath() {
          return false;
        }
      };
    }
  },

  // Failure, truncation, records

  LEAVES_DEBRIS("FAIL-1", "leaves its unfinished files after a failure") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean removesStagingAfterFailure() {
          return false;
        }
      };
    }
  },
  NEVER_TRUNCATES("TRUNC-1", "never deletes a log file") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean truncatesLog() {
          return false;
        }
      };
    }
  },
  TRUNCATES_FIRST("TRUNC-4", "deletes log files before the set is published") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean publishesBeforeTruncating() {
          return false;
        }
      };
    }
  },
  WRITES_NO_RECORD("TRUNC-5", "does not record a full backup in the headers") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public BackupRecords afterFull(BackupRecords before, Bkinfo full) {
          return before;
        }

        @Override
        public boolean requiresFullBackup() {
          return false;
        }
      };
    }
  },
  RECORDS_ANOTHER_TIME("TRUNC-7", "records a time at which there was no backup") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public Instant timeOfBackup(Instant now) {
          return now.minusSeconds(3_600);
        }
      };
    }
  },

  // Restore and verification

  LOSES_THE_LAST_COMMIT("REST-1", "does not replay the last commit of the log") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean replaysLastCommit() {
          return false;
        }
      };
    }
  },
  IGNORES_LIVE_LOGS("REST-3", "does not go on with the live log after a restore") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public int liveLogsToReplay(int count) {
          return 0;
        }
      };
    }
  },
  TAKES_FOREIGN_LOGS("REST-14", "replays a live log of another sequence") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean comparesLiveLogs() {
          return false;
        }
      };
    }
  },
  RESTORES_IN_SERVICE("REST-4", "restores over the files of an instance in service") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean refusesRestoreInService() {
          return false;
        }
      };
    }
  },
  FORGETS_MOMENTS("REST-17", "lists the moment of the full backup only") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean listsIncrements() {
          return false;
        }
      };
    }
  },
  VERIFIES_NOTHING("VER-7", "says of a damaged set that it is well") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean verifiesSets() {
          return false;
        }
      };
    }
  },

  // Progress and events

  NEVER_COMPLETES("PROG-1", "sends no Complete") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean reports(Snp snp, Snt snt) {
          return snt != Snt.COMPLETE;
        }
      };
    }
  },
  GOES_BACKWARDS("PROG-4", "reports less progress than before") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public long progress(long before, long now, long total) {
          return total - now;
        }
      };
    }
  },
  COMPLETES_A_FAILURE("PROG-5", "sends Complete for a backup that fails") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public Snt reportOfFailure() {
          return Snt.COMPLETE;
        }
      };
    }
  },
  SILENT_AT_THE_END("EVT-4", "logs no final result") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public Optional<JetEvent> event(JetEvent event) {
          return event.id() == 213 ? Optional.empty() : Optional.of(event);
        }
      };
    }
  },
  NAMELESS_EVENTS("EVT-2", "logs events without the names of files") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public Optional<JetEvent> event(JetEvent event) {
          return Optional.of(new JetEvent(
              event.id(),
              event.severity(),
              event.category(),
              List.of(),
              event.error(),
              event.time()));
        }
      };
    }
  },

  // Capabilities

  LACKS_ATOMIC("ATOM-1", "is right in everything but declares an atomic backup that it refuses") {
    @Override
    Decisions decisions() {
      return lacking(Capability.ATOMIC);
    }
  },
  LACKS_INCREMENTAL("INC-10", "declares an incremental backup that it refuses") {
    @Override
    Decisions decisions() {
      return lacking(Capability.INCREMENTAL);
    }
  },
  HIDES_INCREMENTAL("CAP-1", "makes incremental backups without declaring that it can") {
    @Override
    Decisions decisions() {
      return new Decisions();
    }

    @Override
    Set<Capability> capabilities() {
      return allBut(Capability.INCREMENTAL);
    }
  },
  REFUSES_WITH_ANOTHER_CODE("CAP-1", "refuses what it does not have with -1003") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean offers(Capability capability) {
          return capability != Capability.INCREMENTAL;
        }

        @Override
        public JetException refusal(String feature) {
          return JetException.of(JetErr.INVALID_PARAMETER);
        }
      };
    }

    @Override
    Set<Capability> capabilities() {
      return allBut(Capability.INCREMENTAL);
    }
  },

  // What crashes are enumerated from

  FORCES_BY_CHANCE("CRASH-16", "forces directories only now and then") {
    @Override
    Decisions decisions() {
      Random chance = new Random();
      return new Decisions() {
        @Override
        public boolean forcesDirectories() {
          return chance.nextBoolean();
        }
      };
    }
  },

  // What crashes find

  FORCES_NO_DATA(
      "CRASH-3", "does not force the files that it writes", Profile.DROP_UNSYNCED, "first-full") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean forcesFiles() {
          return false;
        }
      };
    }
  },
  FORCES_BEFORE_WRITING(
      "CRASH-1", "forces a file before it writes it", Profile.DROP_UNSYNCED, "commits") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean forcesAfterWriting() {
          return false;
        }
      };
    }
  },
  FORCES_ALL_BUT_THE_LAST_BYTE(
      "CRASH-1", "forces a file before it has its full size", Profile.DROP_UNSYNCED, "commits") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean forcesLastByte() {
          return false;
        }
      };
    }
  },
  FORCES_NO_STAGING_DIRECTORY(
      "CRASH-3",
      "does not force the names in a set before it publishes it",
      Profile.DROP_UNSYNCED,
      "first-full") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean forcesStagingBeforePublishing() {
          return false;
        }
      };
    }
  },
  FORCES_NO_PARENT(
      "CRASH-3",
      "does not force the name of a set after it has published it",
      Profile.DROP_UNSYNCED,
      "first-full") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean forcesParentAfterPublishing() {
          return false;
        }
      };
    }
  },
  ACKNOWLEDGES_BEFORE_FORCE(
      "CRASH-1", "acknowledges a commit before it is forced", Profile.DROP_UNSYNCED, "commits") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean forcesLogBeforeAcknowledging() {
          return false;
        }
      };
    }
  },
  FORCES_NOTHING("CRASH-1 CRASH-3", "forces nothing at all", Profile.DROP_UNSYNCED, "first-full") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean forcesAnything() {
          return false;
        }
      };
    }
  },
  PUBLISHES_IN_PLACE(
      "CRASH-5",
      "writes a set under the name under which it is found",
      Profile.KILL,
      "second-atomic") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean stagesUnderAnotherName() {
          return false;
        }
      };
    }
  },
  RETIRES_BEFORE_PUBLISHING(
      "CRASH-5",
      "deletes the old set before the new one is published",
      Profile.KILL,
      "second-atomic") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean keepsOldSetUntilPublished() {
          return false;
        }
      };
    }
  },
  TRUNCATES_BEFORE_PUBLISHING(
      "CRASH-7",
      "deletes log files before the set that holds them is published",
      Profile.KILL,
      "incremental-on-plain") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean publishesBeforeTruncating() {
          return false;
        }
      };
    }
  },
  DELETES_BEFORE_FORCING_THE_RENAME(
      "CRASH-12",
      "deletes a replaced set before its new name is forced",
      Profile.WEAK,
      "second-atomic") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean forcesRetirementBeforeDeleting() {
          return false;
        }
      };
    }
  },
  ACCEPTS_HALF_A_MANIFEST(
      "CRASH-4",
      "writes a manifest in place and takes half of it for the whole",
      Profile.KILL,
      "first-full") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean writesManifestWhole() {
          return false;
        }

        @Override
        public boolean stagesUnderAnotherName() {
          return false;
        }
      };
    }
  },
  RENAMES_BEFORE_FORCING(
      "CRASH-1",
      "renames a file over another one and forces it only then",
      Profile.META_ORDERED,
      "reopen") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean forcesBeforeReplacing() {
          return false;
        }
      };
    }
  },
  TRUSTS_WHAT_IS_NOT_ZERO(
      "CRASH-13",
      "takes a record of the log for whole if no sector of it is zero",
      Profile.GARBAGE,
      "commits") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean checksRecordsByChecksum() {
          return false;
        }
      };
    }
  },
  REPLACES_FILES_IN_PLACE(
      "CRASH-8", "overwrites a database file when it recovers", Profile.KILL, "commits") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean replacesFilesByRename() {
          return false;
        }
      };
    }
  },

  // Faults

  SWALLOWS_A_FAILING_FORCE("FAULT-1", "acknowledges what could not be forced") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean heedsFailingForces() {
          return false;
        }
      };
    }
  },
  KEEPS_A_SET_THAT_FAILED("FAULT-2", "says that a backup failed and leaves its set") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean withdrawsWhatMayBeLost() {
          return false;
        }
      };
    }
  },
  LEAVES_A_FILE_IN_THE_WAY("FAULT-3", "leaves the file of a database that it could not create") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean removesDatabaseAfterFailure() {
          return false;
        }
      };
    }
  },
  LEAKS_A_CHANNEL("FAULT-4", "leaves a channel open when a write fails") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean closesFilesAfterFailure() {
          return false;
        }
      };
    }
  },
  SWALLOWS_AN_INTERRUPT("FAULT-5 FAIL-11", "takes the interrupt away from its thread") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean keepsInterrupts() {
          return false;
        }
      };
    }
  },
  LEAVES_NO_MARKER("FAULT-7", "restores over the old files and lets init go on after half of it") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean replacesFilesByRename() {
          return false;
        }

        @Override
        public boolean leavesMarkerDuringRestore() {
          return false;
        }
      };
    }
  },

  // Answers that are none

  THROWS_WHAT_IT_LIKES("RET-19", "fails with an exception that the api does not know") {
    @Override
    Decisions decisions() {
      return new Decisions() {
        @Override
        public boolean requiresFullBackup() {
          throw new NullPointerException("chain");
        }
      };
    }
  };

  private final String clauses;
  private final String mistake;
  private final Optional<Seen> seenFirst;

  WrongEngine(String clauses, String mistake) {
    this(clauses, mistake, Optional.empty());
  }

  /** One that it takes a crash to see. */
  WrongEngine(String clauses, String mistake, Profile firstSeenUnder, String during) {
    this(clauses, mistake, Optional.of(new Seen(firstSeenUnder, during)));
  }

  WrongEngine(String clauses, String mistake, Optional<Seen> seenFirst) {
    this.clauses = clauses;
    this.mistake = mistake;
    this.seenFirst = seenFirst;
  }

  /** The clauses that must catch it, each on its own. */
  public List<String> clauses() {
    return List.of(clauses.split(" "));
  }

  /** What it does wrong, as the rest of a sentence. */
  public String mistake() {
    return mistake;
  }

  /** The crash profile that is the first to see it, and during which workload it does. */
  public record Seen(Profile profile, String workload) {}

  /** What it takes to see it, if it takes a crash. */
  public Optional<Seen> seenFirst() {
    return seenFirst;
  }

  abstract Decisions decisions();

  Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /** The plug-in for it. */
  EnginePlugin plugin() {
    return new Plugin(this);
  }

  private static Decisions lacking(Capability missing) {
    return new Decisions() {
      @Override
      public boolean offers(Capability capability) {
        return capability != missing;
      }
    };
  }

  private static Set<Capability> allBut(Capability missing) {
    return EnumSet.complementOf(EnumSet.of(missing));
  }

  private static final class Plugin extends EnginePlugin {
    private final WrongEngine wrong;

    private Plugin(WrongEngine wrong) {
      this.wrong = wrong;
    }

    @Override
    public JetEngine engine() {
      return new ModelEngine(wrong.decisions());
    }

    @Override
    public Set<Capability> capabilities() {
      return wrong.capabilities();
    }

    @Override
    public FileKind kindOf(Path file) {
      return ModelPlugin.kind(file);
    }
  }
}
