package org.jetbackup.tck.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.life.LifeCall;
import org.jetbackup.tck.life.LifeRow;
import org.jetbackup.tck.life.LifeTable;
import org.jetbackup.tck.model.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of the life cycle leaves no call out, and names a source for what it demands. */
class LifeTableTest {

  private static final Set<InstanceState> WITH_SESSIONS = EnumSet.of(
      InstanceState.INITIALIZED,
      InstanceState.STOPPED,
      InstanceState.UNAVAILABLE,
      InstanceState.TERMINATING,
      InstanceState.TERMINATED);

  private static final Answer SUCCESS = new Answer(null);

  @ParameterizedTest
  @EnumSource
  void everyStateAnswersEachCallThatCanReachItOnce(InstanceState state) {
    List<LifeCall> expected = new ArrayList<>(LifeCall.ofInstances());
    if (WITH_SESSIONS.contains(state)) {
      expected.addAll(LifeCall.ofSessions());
    }
    assertEquals(expected, LifeTable.of(state).stream().map(LifeRow::call).toList());
  }

  @Test
  void everySourceIsAClauseOrATypeOfTheApi() throws ReflectiveOperationException {
    Catalogue catalogue = Catalogue.load();
    for (LifeRow row : LifeTable.rows()) {
      for (String source : row.source().split(", ", -1)) {
        if (source.contains("-")) {
          assertTrue(catalogue.clause(source).isPresent(), row::toString);
        } else if (!source.equals(LifeRow.NO_SOURCE)) {
          Class.forName("org.jetbackup.api." + source);
        }
      }
    }
  }

  @Test
  void aRowWithoutASourceDemandsNothing() {
    for (LifeRow row : LifeTable.rows()) {
      boolean demands = !row.allowed().toString().equals("anything");
      assertEquals(demands, row.hasSource(), row::toString);
    }
  }

  @Test
  void onlyWhatTheRowNamesIsPermitted() {
    LifeRow row = row(InstanceState.STOPPED, LifeCall.BEGIN_SESSION);
    JetErr stopped = JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE;
    assertEquals(stopped.number() + " (" + stopped.symbol() + ")", row.allowed().toString());
    assertTrue(row.allowed().permits(failure(stopped), false));
    assertFalse(row.allowed().permits(SUCCESS, false));
    assertFalse(row.allowed().permits(failure(JetErr.NOT_INITIALIZED), false));
    assertFalse(row.allowed().permits(new Answer(new IllegalStateException()), false));
  }

  @Test
  void whatIsServedMayFailForACauseOfItsOwnAndForNoneOfState() {
    LifeRow row = row(InstanceState.CREATED, LifeCall.RESTORE);
    assertTrue(row.allowed().permits(SUCCESS, false));
    assertTrue(row.allowed().permits(failure(JetErr.FILE_NOT_FOUND), false));
    assertFalse(row.allowed().permits(failure(JetErr.ALREADY_INITIALIZED), false));
    assertFalse(row.allowed().permits(new Answer(new NullPointerException()), false));
  }

  @Test
  void whatIsNotDeclaredMayBeMissingInEveryState() {
    LifeRow row = row(InstanceState.TERMINATED, LifeCall.STOP_SERVICE);
    Answer missing = failure(JetErr.FEATURE_NOT_AVAILABLE);
    assertFalse(row.allowed().permits(missing, false));
    assertTrue(row.allowed().permits(missing, true));
    assertTrue(row.call().mayBeMissing(EnumSet.noneOf(Capability.class)));
    assertFalse(row.call().mayBeMissing(EnumSet.of(Capability.STOP_SERVICE)));
  }

  private static LifeRow row(InstanceState state, LifeCall call) {
    return LifeTable.of(state).stream()
        .filter(row -> row.call() == call)
        .findFirst()
        .orElseThrow();
  }

  private static Answer failure(JetErr error) {
    return new Answer(JetException.of(error));
  }
}
