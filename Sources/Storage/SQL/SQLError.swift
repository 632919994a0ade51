/// What a database answers instead of a result.
///
/// The cases differ in what a caller can do about them.
package enum SQLError: Error, Hashable, Sendable {
    /// There is a row with the same key already.
    ///
    /// If the engine does not name the table and the columns, both are empty.
    case uniquenessViolated(table: String, columns: [String])
    /// A `CHECK`, a `NOT NULL`, a foreign key or a column's type was violated.
    case constraintViolated(message: String)
    /// The database is in use elsewhere, too many writes wait already, or other transactions stood
    /// in the way again and again. The caller may try again later.
    case busy
    /// The disk is full or does not answer, the file cannot be opened, or memory is short. The
    /// caller may try again after somebody has repaired it.
    case unavailable(code: Int, message: String)
    /// The file is damaged, or is not a database.
    case corrupt(message: String)
    /// The database's path, or its log's, leads to another file than the one that is open, or to
    /// none. Nothing can be kept in it.
    case moved(path: String)
    /// The connection was lost between a commit and its answer: what was written may have been kept
    /// or not.
    case outcomeUnknown(message: String)
    /// The statement was interrupted from outside.
    case interrupted
    /// A statement has ended the transaction that it is part of, as a trigger may do.
    case transactionEnded
    /// A read took longer than it may.
    case timedOut(limit: Duration)
    /// The database has been closed.
    case closed
    /// A later version of this program has written the database. It knew the named migration.
    case newerSchema(migration: String)
    /// Anything else, with the engine's own code. An example is a statement that is not SQL.
    case other(code: Int, message: String)
}

extension SQLError {
    /// Whether the database or the connection fails, whatever is stored.
    ///
    /// Any other error may concern the rows of one location alone.
    var isOfDatabase: Bool {
        switch self {
        case .busy, .unavailable, .moved, .outcomeUnknown, .interrupted, .transactionEnded,
            .timedOut, .closed:
            true
        case .uniquenessViolated, .constraintViolated, .corrupt, .newerSchema, .other: false
        }
    }
}
