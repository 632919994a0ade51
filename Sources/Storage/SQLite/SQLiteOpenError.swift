/// Why a SQLite database was not opened.
package enum SQLiteOpenError: Error, Hashable, Sendable {
    /// A process has the database open. Its id is known unless that process is just starting.
    case inUse(path: String, processID: Int32?)
    /// The directory that the file should be in does not exist.
    case missingDirectory(path: String)
    /// The path is that of a directory.
    case isDirectory(path: String)
    /// This process may not read and write the file, or may not create it.
    case notPermitted(path: String)
    /// The file is a SQLite database of another program.
    case foreign(path: String)
    /// The file is not a database, or it is too damaged to tell.
    case notDatabase(path: String)
    /// The system refused for another reason, which is given in the system's words.
    case refused(path: String, reason: String)
    /// SQLite did not accept a setting that durability needs. It has this value instead.
    case settingRefused(name: String, value: String)
}

extension SQLiteOpenError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inUse(let path, .some(let processID)):
            "\(path) is in use by process \(processID)"
        case .inUse(let path, .none):
            "\(path) is in use by another process"
        case .missingDirectory(let path):
            "The directory of \(path) does not exist"
        case .isDirectory(let path):
            "\(path) is a directory"
        case .notPermitted(let path):
            "\(path) may not be read and written by this user"
        case .notDatabase(let path):
            "\(path) is not a SQLite database, or is damaged"
        case .foreign(let path):
            "\(path) is the database of another program"
        case .refused(let path, let reason):
            "\(path) cannot be opened: \(reason)"
        case .settingRefused(let name, let value):
            "SQLite answers \(value) for \(name)"
        }
    }
}

extension SQLiteOpenError {
    /// Names the reason why SQLite did not open a file; none if the error says something else.
    init?(_ error: any Error, path: String) {
        switch error {
        case SQLError.corrupt: self = .notDatabase(path: path)
        case SQLError.unavailable(let code, let message), SQLError.other(let code, let message):
            self = .refused(path: path, reason: "SQLite answers \(code): \(message)")
        case SQLError.busy: self = .refused(path: path, reason: "another program writes to it")
        case SQLError.moved: self = .refused(path: path, reason: "it was replaced meanwhile")
        default: return nil
        }
    }
}
