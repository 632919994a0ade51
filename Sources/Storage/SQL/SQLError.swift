/// What a database answers instead of a result, told apart by what a caller can do about it.
package enum SQLError: Error, Hashable, Sendable {
    /// A row with the same key is there already.
    ///
    /// The table is empty, and so are the columns, where the engine does not name them.
    case uniquenessViolated(table: String, columns: [String])
    /// A `CHECK`, a `NOT NULL`, a foreign key or a column's type was violated.
    case constraintViolated(message: String)
    /// Somebody else is at work, or too many wait already: worth another try after a while.
    case busy
    /// The disk is full or does not answer: worth another try once somebody has seen to it.
    case unavailable(code: Int, message: String)
    /// The file is damaged, or is not a database.
    case corrupt(message: String)
    /// The statement was stopped from outside.
    case interrupted
    /// The database has been closed.
    case closed
    /// A later version of this program, which knew the named migration, wrote the database.
    case newerSchema(migration: String)
    /// Anything else, such as a statement that is not SQL, with the engine's own code.
    case other(code: Int, message: String)
}
