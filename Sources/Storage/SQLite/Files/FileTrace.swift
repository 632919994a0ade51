import Glibc

/// What tells without a look at its contents that a file was written to.
struct FileTrace: Hashable {
    private let byteCount: off_t
    private let seconds: Int
    private let nanoseconds: Int

    /// Reads the trace of a file that is open, wherever it is.
    init?(of descriptor: Int32) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        byteCount = status.st_size
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }
}

/// What tells that a write-ahead log is the one that was written.
///
/// The log grows until it begins anew, with a header of other random numbers.
struct LogTrace: Hashable {
    private let byteCount: Int
    private let header: [UInt8]

    private static let headerByteCount = 32

    /// Reads the trace of a log; none if the path does not lead to it any more, or if it cannot be
    /// read.
    ///
    /// SQLite has no locks on a log that would end when this descriptor is closed.
    init?(of log: FileIdentity, at path: String) {
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, FileIdentity(status) == log else {
            return nil
        }
        byteCount = Int(status.st_size)
        var readCount = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.headerByteCount) {
            buffer,
            count in
            unsafe readCount = pread(descriptor, buffer.baseAddress, Self.headerByteCount, 0)
            count = max(0, readCount)
        }
        // What cannot be read now is not known to be another's.
        guard readCount >= 0 else { return nil }
        header = bytes
    }

    /// Whether this may be the log that another trace is of, with no more than some further frames.
    func continues(_ earlier: LogTrace) -> Bool {
        byteCount >= earlier.byteCount && header.starts(with: earlier.header)
    }

    /// Whether this may be what one transaction made of the log that another trace is of: that log
    /// with further frames, or the one that comes after it, whose first salt is by one greater
    /// (SQLite's file format, section 4.1).
    func succeeds(_ earlier: LogTrace) -> Bool {
        if continues(earlier) { return true }
        guard let salt, let earlierSalt = earlier.salt else { return false }
        return salt == earlierSalt &+ 1
    }

    /// Whether the log is so long that SQLite may have copied it into the database's file at the end
    /// of a transaction.
    var mayHaveBeenCopied: Bool {
        guard let pageByteCount = number(at: 8) else { return true }
        return byteCount >= SQLiteConnection.copiedPageCount * Int(pageByteCount)
    }

    private var salt: UInt32? { number(at: 16) }

    private func number(at offset: Int) -> UInt32? {
        guard header.count == Self.headerByteCount else { return nil }
        return header[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
