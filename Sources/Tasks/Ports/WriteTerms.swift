package import Recurrence

/// On which terms a command is carried out.
package struct WriteTerms: Sendable {
    /// Whether the command is only tried: decided, checked and answered as any other, and nothing of
    /// it is stored.
    ///
    /// What it would make anew has numbers that ``Identifier/isOfTrial`` tells of.
    package var isTrial: Bool

    /// Refuses a task as it is stored, before anything is decided, in the transaction of the change.
    package var check: @Sendable (TaskEntry) throws -> Void

    /// The occurrence whose task the command means, in place of the task of a number; the task is
    /// stored first where it is not.
    package var occurrence: OccurrenceStoring?

    /// The zones by which the effect tells of reminders; it tells nothing of them where there are none.
    package var reminderZones: (any ZoneSource)?

    package init(
        isTrial: Bool = false,
        reminderZones: (any ZoneSource)? = nil,
        check: @escaping @Sendable (TaskEntry) throws -> Void = { _ in }
    ) {
        self.isTrial = isTrial
        self.reminderZones = reminderZones
        self.check = check
    }
}

/// An occurrence whose task is stored when it is written to.
package struct OccurrenceStoring: Sendable {
    package var seriesID: Identifier<RecurringTask>
    package var slot: LocalDateTime
    /// Decides what stores it; an empty plan if the series has no such occurrence to come.
    package var decide: @Sendable (SeriesEntry, inout IdentifierSource) throws -> ChangePlan

    package init(
        seriesID: Identifier<RecurringTask>,
        slot: LocalDateTime,
        decide: @escaping @Sendable (SeriesEntry, inout IdentifierSource) throws -> ChangePlan
    ) {
        self.seriesID = seriesID
        self.slot = slot
        self.decide = decide
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
