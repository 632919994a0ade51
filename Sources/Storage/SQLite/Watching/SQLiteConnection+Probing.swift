extension SQLiteConnection {
    /// Makes the smallest change that reaches the disk with a commit.
    ///
    /// It is to a number in the file's header that has no meaning.
    ///
    /// - Throws: ``SQLError``.
    func touch() throws {
        let number = try runOnce("PRAGMA user_version")
        try runOnce("PRAGMA user_version = \(number == "0" ? 1 : 0)")
    }
}
