/// What of this code keeps an occurrence from making its tasks twice; a third guard is the index
/// `taskOfSlot`, and any one of the three suffices.
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

    package static let all: DueGuards = [.claim, .compareAndSet]
}
