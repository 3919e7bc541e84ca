package org.jetbackup.engine.verify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.FixedLayout;
import org.jetbackup.engine.record.RecordPlace;
import org.jetbackup.engine.record.RecordView;
import org.junit.jupiter.api.Test;

class RecordKeyTest {

  @Test
  void aKeyThatIsNotKnownHasABoundAllTheSame() {
    RecordPlace place = RecordPlace.of(Image.FILE, PageNumber.FIRST);
    RecordView record = new RecordView(FixedLayout.NONE, PageSize.KIB_8, place);
    RecordKey key = new RecordKey(List.of(new RecordKey.Part(null, false)), 0, 255);
    ByteBuffer nothing = ByteBuffer.allocate(0);
    assertTrue(key.fits(record, nothing, new byte[300], 255));
    assertFalse(key.fits(record, nothing, new byte[300], 256));
  }
}
