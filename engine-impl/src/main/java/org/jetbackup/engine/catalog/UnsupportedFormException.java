package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.record.Decompression;
import org.jetbackup.engine.record.RecordPlace;

/** A value has a form that this engine does not read; ends in {@link CellValue.Unsupported}. */
final class UnsupportedFormException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int METHOD_SHIFT = 3;

  private final String form;

  UnsupportedFormException(String form) {
    super(form, null, false, false); // it never leaves the package, so nobody reads its trace
    this.form = form;
  }

  String form() {
    return form;
  }

  /** Expands a compressed value. */
  static byte[] expand(ByteBuffer bytes, int at, int length, RecordPlace place) {
    try {
      return Decompression.expand(bytes, at, length, place);
    } catch (JetException e) {
      if (e.error() == JetErr.FEATURE_NOT_AVAILABLE) {
        int method = Byte.toUnsignedInt(bytes.get(at)) >>> METHOD_SHIFT;
        throw new UnsupportedFormException("compression method " + method);
      }
      throw e;
    }
  }
}
