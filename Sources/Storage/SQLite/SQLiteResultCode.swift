import CSQLite
import Glibc

/// A result code of SQLite that is not success.
///
/// It is the extended code if SQLite has one.
struct SQLiteResultCode: Error, Hashable {
    let rawValue: Int32

    init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Creates the code of a step, after which the system's last error was the given one.
    ///
    /// SQLite's steps speak of damage when the disk answers a read with an error. That may pass, while
    /// damage stays; so it is called what it is, a failed read.
    init(rawValue: Int32, systemError: Int32) {
        let hasFailedToRead =
            rawValue & 0xFF == SQLITE_CORRUPT && [EIO, ENXIO, ERANGE].contains(systemError)
        // SQLITE_IOERR_READ
        self.rawValue = hasFailedToRead ? SQLITE_IOERR | 1 << 8 : rawValue
    }

    /// The code without its extension.
    var primary: Int32 { rawValue & 0xFF }

    /// Returns the error for callers, with SQLite's message about it.
    func error(message: String) -> SQLError {
        switch primary {
        case SQLITE_CONSTRAINT: constraintError(message: message)
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_NOMEM:
            .unavailable(code: Int(rawValue), message: message)
        case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt(message: message)
        case SQLITE_INTERRUPT: .interrupted
        default: .other(code: Int(rawValue), message: message)
        }
    }

    private func constraintError(message: String) -> SQLError {
        // SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE and _ROWID.
        guard [6, 8, 10].contains(rawValue >> 8) else {
            return .constraintViolated(message: message)
        }
        // For example "UNIQUE constraint failed: task.shard, task.id". For an index over an
        // expression, SQLite says "index 'name'" instead, which has no dot.
        let columns = message.split(separator: ": ").last?.split(separator: ", ") ?? []
        let names = columns.map { $0.split(separator: ".") }
        guard let table = names.first?.first, names.allSatisfy({ $0.count == 2 }) else {
            return .uniquenessViolated(table: "", columns: [])
        }
        return .uniquenessViolated(table: String(table), columns: names.map { String($0[1]) })
    }
}
