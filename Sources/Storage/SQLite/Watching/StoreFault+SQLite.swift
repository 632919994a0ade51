import Tasks

extension StoreFault {
    /// The fault that an error tells of, if it does.
    init?(ofSQLite error: SQLError, while activity: Activity) {
        switch error {
        case .unavailable(let code, let message):
            // SQLITE_FULL
            self.init(
                code == 13 ? .full : .failing,
                while: activity,
                reason: "SQLite answers \(code): \(message)"
            )
        case .corrupt(let message):
            self.init(.damaged, while: activity, reason: message)
        case .moved(let path):
            self.init(
                .moved,
                while: activity,
                reason: """
                    \(path), or its log, is not the file any more that was opened: it was moved, \
                    removed, replaced or overwritten
                    """
            )
        case .uniquenessViolated, .constraintViolated, .busy, .interrupted, .transactionEnded,
            .timedOut, .closed, .outcomeUnknown, .newerSchema, .other:
            return nil
        }
    }
}
