/// On which terms a command is carried out.
package struct WriteTerms: Sendable {
    /// Whether the command is only tried: decided, checked and answered as any other, and nothing of
    /// it is stored.
    ///
    /// What it would make anew has numbers that ``Identifier/isOfTrial`` tells of.
    package var isTrial: Bool

    /// Refuses a task as it is stored, before anything is decided, in the transaction of the change.
    package var check: @Sendable (TaskEntry) throws -> Void

    package init(
        isTrial: Bool = false,
        check: @escaping @Sendable (TaskEntry) throws -> Void = { _ in }
    ) {
        self.isTrial = isTrial
        self.check = check
    }
}

extension Identifier {
    private static var firstOfTrials: Int64 { largest - (1 << 20) }

    /// Whether a record has its number only while a command is tried, and nobody can find it.
    package var isOfTrial: Bool { rawValue >= Self.firstOfTrials }
}

extension IdentifierSource {
    /// Numbers for what is never stored.
    package static var ofTrial: IdentifierSource {
        let first = Identifier<Any>.largest - (1 << 20)
        return IdentifierSource(first..<Identifier<Any>.largest) { _ in
            throw TrialTooLarge()
        }
    }
}

/// A command that is tried would make more than any command can.
package struct TrialTooLarge: Error, Hashable {}
