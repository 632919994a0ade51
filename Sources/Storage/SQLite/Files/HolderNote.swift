import Glibc

/// The process id of a database's holder, in a file beside it for people to read.
///
/// Nothing rests on it: a note that is missing, or left by a process that was killed, does no harm.
enum HolderNote {
    /// The path of the note on a database.
    static func path(for database: String) -> String { "\(database).lock" }

    /// Notes this process.
    ///
    /// - Throws: ``SQLiteOpenError`` where the directory may not be written, as a database's must.
    static func write(for database: String) throws {
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
        let descriptor = unsafe open(path(for: database), flags, 0o600)
        guard descriptor >= 0 else { throw SQLiteOpenError(systemError: errno, path: database) }
        defer { close(descriptor) }
        let text = "\(getpid())\n"
        _ = unsafe Glibc.write(descriptor, text, text.utf8.count)
    }

    /// Takes the note away.
    static func remove(for database: String) {
        unsafe unlink(path(for: database))
    }

    /// Returns the process that is noted, if any.
    static func processID(ofHolderOf database: String) -> Int32? {
        let descriptor = unsafe open(path(for: database), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            unsafe count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
        }
        return Int32(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
