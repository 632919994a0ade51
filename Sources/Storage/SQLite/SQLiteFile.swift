import CSQLite
import Glibc
import Synchronization

/// A database's file.
///
/// An advisory lock on a file next to it keeps all others from opening it.
///
/// The system releases the lock when the process ends, however it ends.
final class SQLiteFile: Sendable {
    /// The database's path, without symbolic links.
    let path: String

    /// Whether the process that had the file open before did not close it.
    let wasLeftOpen: Bool

    /// The descriptor of the lock file; none after the lock was released.
    private let lockDescriptor: Mutex<Int32?>

    /// Takes the lock.
    ///
    /// If the file does not exist, creates it, readable and writable only by its owner.
    ///
    /// - Throws: ``SQLiteOpenError``.
    init(path: String) throws {
        let path = Self.resolved(path)
        self.path = path
        lockDescriptor = Mutex(try Self.takeLock(for: path))
        // SQLite's own locks are lost when any descriptor of the file is closed. So the file is
        // opened here only after the lock shows that nobody in this process has it open.
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SQLiteOpenError(systemError: errno, path: path) }
        close(descriptor)
        wasLeftOpen = Self.size(of: "\(path)-wal") > 0
    }

    deinit { unlock() }

    /// Releases the lock.
    func unlock() {
        lockDescriptor.withLock { descriptor in
            guard let open = descriptor.take() else { return }
            ftruncate(open, 0)
            // A forked child has the descriptor too until it runs its program. So closing it here
            // might not release the lock.
            flock(open, LOCK_UN)
            close(open)
        }
    }

    private static func resolved(_ path: String) -> String {
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    private static func size(of path: String) -> Int {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_size : 0
    }

    private static func takeLock(for path: String) throws -> Int32 {
        let descriptor = unsafe open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SQLiteOpenError(systemError: errno, path: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let holder = processID(in: descriptor)
            close(descriptor)
            guard code == EWOULDBLOCK else { throw SQLiteOpenError(systemError: code, path: path) }
            throw SQLiteOpenError.inUse(path: path, processID: holder)
        }
        // The process id is information for people. The lock works without it.
        let text = "\(getpid())\n"
        ftruncate(descriptor, 0)
        _ = unsafe pwrite(descriptor, text, text.utf8.count, 0)
        return descriptor
    }

    private static func processID(in descriptor: Int32) -> Int32? {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            unsafe count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        return Int32(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}

extension SQLiteOpenError {
    /// Names the reason that `errno` gives.
    fileprivate init(systemError code: Int32, path: String) {
        self =
            switch code {
            case ENOENT, ENOTDIR: .missingDirectory(path: path)
            case EISDIR: .isDirectory(path: path)
            case EACCES, EPERM, EROFS: .notPermitted(path: path)
            default: .refused(path: path, reason: unsafe String(cString: strerror(code)))
            }
    }
}
