/// Why a PostgreSQL database was not opened.
package enum PostgreSQLOpenError: Error, Hashable, Sendable {
    /// The server does not answer, or does not let this user in.
    case refused(PostgreSQLURL, reason: String)
    /// The server is of an earlier version than the one that is needed.
    case tooOld(PostgreSQLURL, version: Int)
    /// The database lacks a step of its tables' history.
    case behind(PostgreSQLURL, migration: String)
    /// The database holds its texts in another encoding than UTF-8.
    case encoding(PostgreSQLURL, name: String)
}

extension PostgreSQLOpenError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let url, let reason): "\(url) cannot be opened: \(reason)"
        case .tooOld(let url, let version):
            "\(url) is of version \(version / 10_000), and PostgreSQL 15 is needed"
        case .behind(let url, let migration):
            """
            \(url) is of an earlier version of perennial, without '\(migration)'. Run \
            'perennial migrate', or start one server with --migrate
            """
        case .encoding(let url, let name):
            "\(url) has the encoding \(name), and UTF8 is needed"
        }
    }
}
