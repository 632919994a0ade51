import Glibc
import Synchronization

/// A file that this process alone may use, by whatever path, until the lock is released.
///
/// The lock is one byte of the file itself, far beyond any that is read, written or locked by
/// SQLite. It belongs to the open file, not to the process, so that no other descriptor's end
/// releases it; the system releases it when the process ends, however it ends.
final class FileLock: Sendable {
    let identity: FileIdentity

    /// The descriptor that has the lock, until that is released.
    ///
    /// As long as SQLite has the file open it must not be closed: SQLite's own locks are the
    /// process's, and the system drops them when any descriptor of the file is closed.
    private let descriptor: Mutex<Int32?>

    /// SQLite's locks end at 2^30 + 511, and its largest file at 2^48.
    private static let lockedByte = 1 << 62
    /// `F_OFD_SETLK`, which Swift is not shown.
    private static let setLock: Int32 = 37

    /// The files that this process has locked.
    private static let held = Mutex<Set<FileIdentity>>([])

    /// Opens a file, for the owner alone where it does not exist yet, and takes the lock.
    ///
    /// - Throws: ``SQLiteOpenError``.
    init(path: String) throws {
        let (identity, descriptor) = try Self.held.withLock { held in
            let inUse = SQLiteOpenError.inUse(path: path, processID: getpid())
            if let known = FileIdentity(ofFileAt: path), held.contains(known) { throw inUse }
            let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard opened >= 0, let identity = FileIdentity(of: opened) else {
                throw SQLiteOpenError(systemError: errno, path: path)
            }
            // Put there since: it stays open, for the sake of the locks that SQLite has on it.
            guard !held.contains(identity) else { throw inUse }
            guard Self.set(Int16(F_WRLCK), on: opened) else {
                let code = errno
                close(opened)
                guard code == EAGAIN || code == EACCES else {
                    throw SQLiteOpenError(systemError: code, path: path)
                }
                let holder = HolderNote.processID(ofHolderOf: path)
                throw SQLiteOpenError.inUse(path: path, processID: holder)
            }
            held.insert(identity)
            return (identity, opened)
        }
        self.identity = identity
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Releases the lock, once nothing else of this process has the file open.
    func release() {
        descriptor.withLock { descriptor in
            guard let opened = descriptor.take() else { return }
            // Within the lock, so that nobody of this process opens the file before it is closed.
            Self.held.withLock { held in
                held.remove(identity)
                // A forked child has the open file too until it runs its program. So closing it
                // here might not release the lock.
                _ = Self.set(Int16(F_UNLCK), on: opened)
                close(opened)
            }
        }
    }

    /// What the file is like, wherever it is; none after the lock was released.
    var trace: FileTrace? {
        descriptor.withLock { descriptor in descriptor.flatMap { FileTrace(of: $0) } }
    }

    /// Returns the file's bytes from a place on, fewer where it ends before.
    ///
    /// - Throws: ``SQLiteOpenError``, which names `path`.
    func bytes(_ range: Range<Int>, path: String) throws -> [UInt8] {
        try descriptor.withLock { descriptor in
            var count = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
                count = unsafe pread(
                    descriptor ?? -1,
                    buffer.baseAddress,
                    range.count,
                    range.lowerBound
                )
                filled = max(0, count)
            }
            guard count >= 0 else { throw SQLiteOpenError(systemError: errno, path: path) }
            return bytes
        }
    }

    private static func set(_ type: Int16, on descriptor: Int32) -> Bool {
        var lock = flock()
        lock.l_type = type
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = lockedByte
        lock.l_len = 1
        return unsafe fcntl(descriptor, setLock, &lock) == 0
    }
}
