/// What a series does about work that was missed.
package struct MissedWork: Hashable, Sendable {
    package var catchUp: CatchUp
    package var whileOverdue: WhileOverdue

    package init(catchUp: CatchUp = .latest, whileOverdue: WhileOverdue = .create) {
        self.catchUp = catchUp
        self.whileOverdue = whileOverdue
    }
}

/// What to do about occurrences that came while no server ran; the numbers are stored.
package enum CatchUp: Int, Hashable, Sendable, CaseIterable {
    /// Carry out the last of them.
    case latest = 1
    /// Carry out every one, up to ``Horizon/taskLimit``.
    case all = 2
    /// Carry out none.
    case none = 3

    /// An occurrence that is carried out at most this late was not missed.
    static let grace = Duration.seconds(60)
}

/// What to do when an occurrence comes while the newest task of the series for the same contact is
/// open and overdue; the numbers are stored.
///
/// A task that is made ahead of its occurrence is made in any case.
package enum WhileOverdue: Int, Hashable, Sendable, CaseIterable {
    case create = 1
    /// Let the occurrence pass. It is not counted, and it is not caught up with later.
    case skip = 2
    /// Move that task to the new slot, so that there is one task all the time.
    case rollForward = 3
}
