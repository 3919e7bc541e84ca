package org.jetbackup.api;

import java.util.Locale;

/**
 * The option bits of {@link JetInstance#terminate}: a value that can also carry bits which nobody
 * has defined.
 *
 * <p>Immutable. Source: JetTerm2 of the public interface; specification clauses LIFE-2, LIFE-7,
 * LIFE-8 and LIFE-9.
 *
 * @param bits the bits as one number
 */
public record TermGrbit(int bits) {

  /** No bit: the same as {@link #COMPLETE}. */
  public static final TermGrbit NONE = new TermGrbit(0);

  /** {@code JET_bitTermComplete}: flush everything and leave the databases clean. */
  public static final TermGrbit COMPLETE = new TermGrbit(0x1);

  /** {@code JET_bitTermAbrupt}: end soon; the databases are clean, but clean-up may be left over. */
  public static final TermGrbit ABRUPT = new TermGrbit(0x2);

  /** {@code JET_bitTermStopBackup}: end a running backup, then terminate completely. */
  public static final TermGrbit STOP_BACKUP = new TermGrbit(0x4);

  /**
   * {@code JET_bitTermDirty}: leave the databases as they are; the next init recovers them. An
   * engine without this mode answers {@code JET_errFeatureNotAvailable} (-1001).
   */
  public static final TermGrbit DIRTY = new TermGrbit(0x8);

  private static final int KNOWN = 0xF;

  /**
   * {@return both sets of bits}
   *
   * @param other the bits to add
   */
  public TermGrbit with(TermGrbit other) {
    return new TermGrbit(bits | other.bits);
  }

  /**
   * {@return whether every bit of the other is set here; true of {@link #NONE} for everything}
   *
   * @param other the bits to look for
   */
  public boolean contains(TermGrbit other) {
    return (bits & other.bits) == other.bits;
  }

  /** {@return the bits that have no meaning; an engine answers them with -900} */
  public int unknownBits() {
    return bits & ~KNOWN;
  }

  /** {@return the bits in hexadecimal} */
  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits).toUpperCase(Locale.ROOT);
  }
}
