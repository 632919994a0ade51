/// By whom, where and how far the directory is changed.
package struct DirectoryTerms: Sendable {
    /// What an update is to do with the records that it names.
    package enum Intent: Hashable, Sendable {
        /// To change those that exist and create the others.
        case importing
        /// To create them.
        case creating
        /// To change those that are in use.
        case changing
    }

    package var author: AuditAuthor
    /// The only location whose records may be changed or referred to; none where all may be.
    package var locationID: LocationID?
    package var intent: Intent
    /// Whether the change is only tried: carried out and undone.
    package var isTrial: Bool
    /// Is given each record as it is before it is changed, and throws to refuse the change.
    package let check: @Sendable (DirectoryRecord) throws -> Void

    package init(
        author: AuditAuthor,
        in locationID: LocationID? = nil,
        intent: Intent = .importing,
        isTrial: Bool = false,
        check: @escaping @Sendable (DirectoryRecord) throws -> Void = { _ in }
    ) {
        self.author = author
        self.locationID = locationID
        self.intent = intent
        self.isTrial = isTrial
        self.check = check
    }

    /// The terms of whoever operates the server, who may change everything.
    package static let ofOperator = DirectoryTerms(author: .operatorByCommand)
}
