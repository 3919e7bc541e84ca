package org.jetbackup.tck.storage;

/**
 * What the kit and the engines rely on in a file system, run on every subject.
 *
 * <p>The default file system passes it too: that is what makes it evidence about the others.
 */
abstract class FileSystemContract
    implements OpenContract,
        ChannelContract,
        StreamContract,
        DirectoryContract,
        MoveAndCopyContract,
        AttributeContract,
        LockContract,
        InterruptContract,
        PathContract {}
