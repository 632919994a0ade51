import CSQLite
import Tasks

extension SQLiteConnection {
    /// What a connection is for.
    enum Purpose {
        /// Reads a file without changing anything, not even its log.
        case inspecting
        case reading
        case writing
    }
}

extension SQLiteConnection.Purpose {
    /// What has failed if the connection fails.
    var activity: StoreFault.Activity {
        switch self {
        case .inspecting, .reading: .reading
        case .writing: .writing
        }
    }

    var openFlags: Int32 {
        switch self {
        case .inspecting: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        case .reading, .writing: SQLITE_OPEN_READWRITE
        }
    }

    /// Returns the name under which SQLite opens a file.
    func name(of file: SQLiteFile) -> String {
        switch self {
        // Without a log the file is complete, and SQLite need not make any file next to it.
        case .inspecting where !file.wasLeftOpen: "file:\(file.path.percentEncoded)?immutable=1"
        case .inspecting: "file:\(file.path.percentEncoded)"
        case .reading, .writing: file.path
        }
    }
}

extension String {
    /// The text, with every byte as `%XX` except letters, digits and slashes.
    fileprivate var percentEncoded: String {
        utf8.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
            }
        }
    }
}
