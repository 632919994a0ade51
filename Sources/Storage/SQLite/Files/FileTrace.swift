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
}
