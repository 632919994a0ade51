/// A record of the directory, as it is shown to those who administer it.
package enum DirectoryRecord: Hashable, Sendable {
    case location(DirectoryLocation)
    case user(DirectoryUser)
    case team(DirectoryTeam)
    case contact(DirectoryContact)
    case category(TaskCategory)
    case token(TokenRecord)
}

/// What became of one record.
package struct DirectorySample: Hashable, Sendable {
    package var change: DirectoryChange
    /// None of a new record, and of one that was deleted before.
    package var before: DirectoryRecord?
    /// None of a record that is deleted.
    package var after: DirectoryRecord?

    package init(
        change: DirectoryChange,
        before: DirectoryRecord?,
        after: DirectoryRecord?
    ) {
        self.change = change
        self.before = before
        self.after = after
    }
}
