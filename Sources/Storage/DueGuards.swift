/// What keeps an occurrence from making its tasks twice; any one of the three suffices.
///
/// Tests switch some off and see whether the others hold.
package struct DueGuards: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Clocks are read in the transaction that moves them on.
    package static let claim = DueGuards(rawValue: 1)
    /// A clock moves on only if it stands as it was read.
    package static let compareAndSet = DueGuards(rawValue: 2)
    /// An occurrence has one task for each contact, by the index `taskOfSlot`.
    package static let uniqueKey = DueGuards(rawValue: 4)

    package static let all: DueGuards = [.claim, .compareAndSet, .uniqueKey]
}
