import Glibc

/// How much of the machine a SQLite database may use.
package struct SQLiteConfiguration: Hashable, Sendable {
    /// How many connections read.
    ///
    /// Each is used by one thread at a time.
    package var readerCount: Int

    /// The most memory that the writing connection uses for pages.
    package var writerCacheBytes = 16 << 20

    /// The most memory that each reading connection uses for pages.
    package var readerCacheBytes = 4 << 20

    /// The size to which the write-ahead log is cut back after it has grown larger.
    package var walByteLimit = 64 << 20

    /// How many writes may wait.
    ///
    /// Further ones are refused.
    package var waitingWriteLimit = 10_000

    /// The most writes that share one transaction.
    package var batchWriteLimit = 1000

    /// A transaction takes no further write after this many changed rows: about 10 ms of work.
    package var batchRowLimit = 5000

    /// Creates a configuration with two readers for each core, but at most 16.
    package init() {
        readerCount = min(max(2 * sysconf(Int32(_SC_NPROCESSORS_ONLN)), 2), 16)
    }
}
