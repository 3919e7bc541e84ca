package org.jetbackup.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A benchmark that does not do what it says measures nothing. */
class StoreBenchmarkTest {

  private static final long ALL_VALUES = (long) StoreReadBenchmark.RECORDS * Records.VALUE_BYTES;

  @ParameterizedTest
  @EnumSource(StoreSubject.class)
  void everyReadFindsItsRecord(StoreSubject subject) throws IOException {
    StoreReadBenchmark benchmark = new StoreReadBenchmark();
    benchmark.subject = subject.name();
    benchmark.setUp();
    for (int i = 0; i < 100; i++) {
      assertEquals(Records.VALUE_BYTES, benchmark.get());
    }
    assertEquals(ALL_VALUES, benchmark.scan());
    assertTrue(benchmark.readFile() >= ALL_VALUES);
    benchmark.tearDown();
  }

  @ParameterizedTest
  @EnumSource(StoreSubject.class)
  void everyInsertArrives(StoreSubject subject) throws IOException {
    StoreInsertBenchmark benchmark = new StoreInsertBenchmark();
    benchmark.subject = subject.name();
    benchmark.setUpAll();
    benchmark.setUp();
    benchmark.insert();
    long bytes = (long) StoreInsertBenchmark.RECORDS * Records.VALUE_BYTES;
    assertEquals(bytes, benchmark.store().scan(new byte[Records.VALUE_BYTES]));
    assertTrue(benchmark.appendAndForce() >= bytes);
    benchmark.tearDown();
  }
}
