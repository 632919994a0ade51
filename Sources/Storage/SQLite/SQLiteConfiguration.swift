import Glibc

/// How much of the machine a SQLite database may use.
package struct SQLiteConfiguration: Hashable, Sendable {
    /// How many connections read on their callers' threads.
    ///
    /// Each is used by one thread at a time.
    package var readerCount: Int

    /// How many threads run scans: reads that may take long.
    ///
    /// Each has a connection of its own.
    package var scanCount: Int

    /// How many scans may wait for a thread.
    ///
    /// Further ones are refused.
    package var waitingScanLimit = 1000

    /// How long a scan may wait for a thread.
    package var scanWaitLimit = Duration.seconds(10)

    /// How long a scan may take on its caller's thread, before it is begun anew on one of its own.
    package var shortScanTimeLimit = Duration.microseconds(500)

    /// How long one read may take.
    package var readTimeLimit = Duration.seconds(2)

    /// How many connections are open together: one that writes, and those that read and scan.
    package var connectionCount: Int { 1 + readerCount + scanCount }

    /// The most memory that the writing connection uses for pages.
    package var writerCacheBytes = 16 << 20

    /// The most memory that each reading connection uses for pages.
    package var readerCacheBytes = 4 << 20

    /// The size to which the write-ahead log is cut back after it has grown larger.
    package var walByteLimit = 64 << 20

    /// How many writes may wait.
    ///
    /// Further ones are refused; a location has half of the places that others leave.
    package var waitingWriteLimit = 10_000

    /// The most writes that share one transaction.
    package var batchWriteLimit = 1000

    /// How long a transaction takes further writes.
    package var batchTimeLimit = Duration.milliseconds(10)

    /// Creates a configuration with two readers of each kind for each core, but at most 16.
    package init() {
        readerCount = min(max(2 * sysconf(Int32(_SC_NPROCESSORS_ONLN)), 2), 16)
        scanCount = readerCount
    }
}
