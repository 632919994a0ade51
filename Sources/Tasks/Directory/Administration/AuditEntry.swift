package import Recurrence

/// Through which door somebody came who administers.
package enum AuditDoor: Int, Hashable, Sendable, CaseIterable {
    /// A command of the machine's operator.
    case command
    /// The server's own API.
    case api
}

/// Who administers.
package struct AuditAuthor: Hashable, Sendable {
    package var door: AuditDoor
    /// None for a location's own token, and for a command.
    package var userID: Identifier<User>?
    /// The token's identifier; none for a command.
    package var tokenID: String?

    package init(door: AuditDoor, userID: Identifier<User>?, tokenID: String?) {
        self.door = door
        self.userID = userID
        self.tokenID = tokenID
    }

    /// Whoever may run commands on the machine.
    package static let operatorByCommand = AuditAuthor(door: .command, userID: nil, tokenID: nil)
}

/// What somebody did in administration.
///
/// Entries are added and never changed.
package struct AuditEntry: Hashable, Sendable {
    /// The place in the location's list, from 1, without gaps.
    package var number: Int64
    package var doneAt: Timestamp
    package var author: AuditAuthor
    /// What was done, such as `user.updated`.
    package var action: String
    /// The number or the name of the record that it was done to; none where it was several.
    package var subject: String?
    /// What was changed, as JSON: `before` and `after` of the fields that differ, or counts by kind.
    ///
    /// It never has a token.
    package var detail: String

    package init(
        number: Int64,
        doneAt: Timestamp,
        author: AuditAuthor,
        action: String,
        subject: String?,
        detail: String
    ) {
        self.number = number
        self.doneAt = doneAt
        self.author = author
        self.action = action
        self.subject = subject
        self.detail = detail
    }
}
