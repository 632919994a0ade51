/// Why a SQLite database was not opened.
package enum SQLiteOpenError: Error, Hashable, Sendable {
    /// A process, whose id is known unless it is only just starting, has the database open.
    case inUse(path: String, processID: Int32?)
    /// The directory that the file should be in does not exist.
    case missingDirectory(path: String)
    /// The path is a directory's.
    case isDirectory(path: String)
    /// This process may not read and write the file, or not create it.
    case notPermitted(path: String)
    /// The file holds something else.
    case notDatabase(path: String)
    /// The system refused for another reason, given in its words.
    case refused(path: String, reason: String)
    /// SQLite did not take a setting that durability rests on, and has the value instead.
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
            "\(path) is not a SQLite database"
        case .refused(let path, let reason):
            "\(path) cannot be opened: \(reason)"
        case .settingRefused(let name, let value):
            "SQLite answers \(value) for \(name)"
        }
    }
}
