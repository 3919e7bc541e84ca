package org.jetbackup.engine.instance;

import java.nio.ByteBuffer;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.transaction.TransactionCursor;

/** An open cursor: the session's rules around a place in a table. */
final class OpenCursor implements JetCursor {

  private final OpenTable owner;
  private final TransactionCursor place;
  private boolean closed;

  OpenCursor(OpenTable owner, TransactionCursor place) {
    this.owner = owner;
    this.place = place;
  }

  /** Begins a call; {@link JetErr#INVALID_TABLE_ID} after the end. */
  private void enter() {
    owner.enter();
    if (closed) {
      exit();
      throw JetException.of(JetErr.INVALID_TABLE_ID);
    }
  }

  private void exit() {
    owner.session().exit();
  }

  @Override
  public boolean moveFirst() {
    enter();
    try {
      return place.moveFirst();
    } finally {
      exit();
    }
  }

  @Override
  public boolean moveLast() {
    enter();
    try {
      return place.moveLast();
    } finally {
      exit();
    }
  }

  @Override
  public boolean moveNext() {
    enter();
    try {
      return place.moveNext();
    } finally {
      exit();
    }
  }

  @Override
  public boolean movePrevious() {
    enter();
    try {
      return place.movePrevious();
    } finally {
      exit();
    }
  }

  @Override
  public boolean seek(byte[] key) {
    enter();
    try {
      return place.seek(key);
    } finally {
      exit();
    }
  }

  @Override
  public int keyLength() {
    enter();
    try {
      return place.keyLength();
    } finally {
      exit();
    }
  }

  @Override
  public int valueLength() {
    enter();
    try {
      return place.valueLength();
    } finally {
      exit();
    }
  }

  @Override
  public int readKey(ByteBuffer target) {
    enter();
    try {
      return place.readKey(target);
    } finally {
      exit();
    }
  }

  @Override
  public int readValue(ByteBuffer target, int offset) {
    enter();
    try {
      return place.readValue(target, offset);
    } finally {
      exit();
    }
  }

  @Override
  public void close() {
    owner.session().enterToClose();
    try {
      shut();
    } finally {
      exit();
    }
  }

  /** The session is entered. */
  void shut() {
    if (!closed) {
      closed = true;
      place.close();
      owner.forget(this);
    }
  }
}
