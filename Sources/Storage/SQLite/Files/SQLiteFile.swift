import Glibc
import Synchronization
import Tasks

/// A database's file, held against every other opener.
final class SQLiteFile: Sendable {
    /// The database's path, without symbolic links.
    let path: String

    /// What the connections to the file have found wrong with it.
    let condition = DatabaseCondition { StoreFault(ofSQLite: $0, while: $1) }

    /// Whether the process that had the file open before did not close it.
    let wasLeftOpen: Bool

    private let lock: FileLock

    /// Whether this process is noted next to the file.
    private let isNoted = Atomic(false)

    /// What the files were like when this process wrote to them last.
    private let contents = Mutex(Contents())

    private struct Contents {
        var file: FileTrace?
        /// Nothing until this process has committed to the log.
        var log: LogTrace?
        /// What the log was like when a connection was opened that writes.
        var foundLog: LogTrace?
        /// Whether this process may be writing at the moment.
        var isBeingWritten = false
        /// Whether somebody else wrote to the files.
        var isForeign = false
    }

    /// How a writing to the files ended.
    enum WritingEnd {
        case committed
        case abandoned
        /// The log was copied into the database's file.
        case copied
    }

    /// The write-ahead log, once SQLite has opened it.
    private let log = Mutex<FileIdentity?>(nil)

    /// Takes the lock and creates the file, for the owner alone, unless it exists.
    ///
    /// - Throws: ``SQLiteOpenError``.
    init(path: String) throws {
        let path = Self.resolved(path)
        self.path = path
        lock = try FileLock(path: path)
        wasLeftOpen = Self.size(ofFileAt: Self.logPath(for: path)) > 0
    }

    deinit { unlock() }

    /// Releases the lock.
    func unlock() {
        if isNoted.exchange(false, ordering: .relaxed) { HolderNote.remove(for: path) }
        lock.release()
    }

    /// How long the write-ahead log is, in bytes.
    var logByteCount: Int { Self.size(ofFileAt: logPath) }

    /// Returns bytes of the file, fewer where it ends before.
    ///
    /// - Throws: ``SQLiteOpenError``.
    func bytes(_ range: Range<Int>) throws -> [UInt8] { try lock.bytes(range, path: path) }

    /// Makes the file this process's own: notes the process beside it, and takes from others what
    /// rights they have to it.
    ///
    /// - Returns: What the operator should know about those rights, if anything.
    /// - Throws: ``SQLiteOpenError``.
    func takePossession() throws -> String? {
        try HolderNote.write(for: path)
        isNoted.store(true, ordering: .relaxed)
        let files = [path, logPath, "\(path)-shm", HolderNote.path(for: path)]
        let exposed = files.filter { Self.isExposed($0) }
        if exposed.isEmpty { return nil }
        let kept = exposed.filter { unsafe chmod($0, 0o600) != 0 }
        let names = (kept.isEmpty ? exposed : kept).joined(separator: ", ")
        return kept.isEmpty
            ? "Others than the owner had rights to \(names); they are the owner's alone now"
            : "Others than the owner have rights to \(names), which cannot be taken from them"
    }

    /// Keeps in mind which file SQLite has opened as the log.
    func noteLog() {
        log.withLock { log in log = log ?? FileIdentity(ofFileAt: logPath) }
    }

    /// Makes sure that the database's path, and its log's, still lead to the files that are open.
    ///
    /// It costs two questions to the system, some microseconds.
    ///
    /// - Throws: ``SQLError/moved(path:)``, for ever after the first time; or
    ///   ``SQLError/unavailable(code:message:)`` if the system does not say.
    func checkPlace() throws(SQLError) {
        if condition.isMoved { throw .moved(path: path) }
        let log = log.withLock { $0 }
        let isInPlace: Bool
        do throws(SQLError) {
            let found = try FileIdentity.ofFile(at: path)
            let foundLog = log == nil ? nil : try FileIdentity.ofFile(at: logPath)
            isInPlace = found == lock.identity && foundLog == log
        } catch {
            condition.note(error, while: .writing)
            throw error
        }
        guard isInPlace else {
            condition.note(.moved(path: path), while: .writing)
            throw .moved(path: path)
        }
    }

    // MARK: - Contents

    /// Makes sure that nobody else has written to the files, because this process is about to.
    ///
    /// It costs a few questions to the system, some microseconds.
    ///
    /// - Throws: ``SQLError/moved(path:)``, for ever after the first time.
    func beginWriting() throws(SQLError) {
        let isForeign = contents.withLock { contents in
            if !contents.isBeingWritten { look(at: &contents) }
            contents.isBeingWritten = !contents.isForeign
            return contents.isForeign
        }
        if isForeign { throw .moved(path: path) }
    }

    /// Makes sure that nobody else has written to the files since a transaction began, because it is
    /// about to be committed.
    ///
    /// - Throws: ``SQLError/moved(path:)``.
    func beginCommit() throws(SQLError) {
        let isForeign = contents.withLock { contents in
            look(at: &contents) { $0.succeeds($1) }
            return contents.isForeign
        }
        if isForeign { throw .moved(path: path) }
    }

    /// Keeps in mind what the files are like after this process wrote to them, if it did.
    ///
    /// What cannot be its own work is told of: then ``checkPlace()`` throws.
    ///
    /// - Parameter end: How the writing ended.
    func endWriting(_ end: WritingEnd) {
        contents.withLock { contents in
            guard contents.isBeingWritten else { return }
            contents.isBeingWritten = false
            let former = contents
            contents.file = lock.trace
            let log = logTrace
            let isKnown = former.log != nil || (end == .committed && log != former.foundLog)
            contents.log = isKnown ? log : nil
            let isLogOurs = former.log.flatMap { log?.succeeds($0) } ?? true
            let mayChange = end == .copied || log?.mayHaveBeenCopied ?? true
            if !isLogOurs || !mayChange && contents.file != former.file { tell(&contents) }
        }
    }

    /// Keeps in mind what the database's file is like after a connection was opened that writes.
    ///
    /// The log is known once that connection has committed to it. Until then SQLite may begin it anew
    /// with other random numbers: a log may have no whole transaction, because its last writer was
    /// killed before it had written one.
    func noteContents() {
        contents.withLock { contents in
            contents.file = lock.trace
            contents.log = nil
            contents.foundLog = logTrace
        }
    }

    private var logTrace: LogTrace? {
        log.withLock { $0 }.flatMap { LogTrace(of: $0, at: logPath) }
    }

    /// Makes sure that nobody else has written to the files, unless this process is writing: then it
    /// finds out itself before it writes again.
    func checkContents() {
        contents.withLock { contents in if !contents.isBeingWritten { look(at: &contents) } }
    }

    /// Whether somebody else wrote to the files, so that the log does not belong to the file any more.
    var isForeign: Bool { contents.withLock { $0.isForeign } }

    /// Puts a log aside that does not belong to the file, so that nobody takes it for the file's.
    ///
    /// It is called when nothing has the files open any more.
    func putForeignLogAside() {
        guard isForeign else { return }
        unsafe rename(logPath, "\(logPath).left")
        unsafe unlink("\(path)-shm")
    }

    private func look(
        at contents: inout Contents,
        _ isOurs: (LogTrace, LogTrace) -> Bool = { $0.continues($1) }
    ) {
        guard !contents.isForeign, !condition.isMoved, let file = contents.file else { return }
        let isLogOurs = contents.log.flatMap { log in
            // A log that is not in its place is found out elsewhere.
            logTrace.map { isOurs($0, log) }
        }
        if lock.trace == file, isLogOurs ?? true { return }
        tell(&contents)
    }

    /// Notes that somebody else wrote to the files.
    private func tell(_ contents: inout Contents) {
        guard !condition.isMoved else { return }
        contents.isForeign = true
        condition.note(.moved(path: path), while: .writing)
    }

    private var logPath: String { Self.logPath(for: path) }

    private static func logPath(for path: String) -> String { "\(path)-wal" }

    private static func resolved(_ path: String) -> String {
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    private static func size(ofFileAt path: String) -> Int {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_size : 0
    }

    private static func isExposed(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & 0o077 != 0
    }
}

extension SQLiteOpenError {
    /// Names the reason that `errno` gives.
    init(systemError code: Int32, path: String) {
        self =
            switch code {
            case ENOENT, ENOTDIR: .missingDirectory(path: path)
            case EISDIR: .isDirectory(path: path)
            case EACCES, EPERM, EROFS: .notPermitted(path: path)
            default: .refused(path: path, reason: unsafe String(cString: strerror(code)))
            }
    }
}
