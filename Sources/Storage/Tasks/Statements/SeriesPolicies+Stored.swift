import Recurrence
import Tasks

extension MissedWork {
    /// What the column `whileOverdue` holds; `rollsForward` says the rest.
    var storedWhileOverdue: Int64 {
        switch whileOverdue {
        case .create: 1
        case .skip, .rollForward: 2
        }
    }
}

extension MonthEndPolicy {
    /// The number of the month's end; null for what every series did in earlier days.
    var stored: Int64? { self == .skip ? nil : Int64(rawValue) }
}

extension AssigneeRotation {
    /// The users' numbers with commas between.
    var storedUsers: String { userIDs.map(\.rawValue).listText }
}

extension [LocalDateTime] {
    /// The seconds since 1970 of each, with commas between; null if there are none.
    var storedText: String? { isEmpty ? nil : map(\.secondsSince1970).listText }
}

extension [Int64] {
    /// The numbers with commas between.
    var listText: String { map { String($0) }.joined(separator: ",") }

    /// Reads what ``listText`` wrote.
    init?(listText text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int64($0) }
        guard numbers.count == parts.count else { return nil }
        self = numbers
    }
}

extension SQLRow {
    func missedWork(_ at: SeriesColumns.Places) throws(UnreadableValue) -> MissedWork {
        let rollsForward = try optionalFlag(at.rollsForward)
        let isCreating = try int64(at.whileOverdue, in: .overdueChoices) == 1
        return MissedWork(
            catchUp: try value(at.catchUp),
            whileOverdue: isCreating ? .create : rollsForward ? .rollForward : .skip
        )
    }

    func policies(_ at: SeriesColumns.Places) throws(UnreadableValue) -> SeriesPolicies {
        var policies = SeriesPolicies()
        if try optionalFlag(at.repeatsAfterCompletion) { policies.repeats = .afterCompletion }
        if let end: MonthEndPolicy = try optionalValue(at.monthEnd) { policies.monthEnd = end }
        // Columns that say more of another are read without it, too, so that what cannot be in them
        // is told of.
        _ = try optionalValue(at.dayOffMove) as DayOffMove?
        _ = try optionalValue(at.rotationStep) as RotationStep?
        if !isNull(at.rotationTurn) { _ = try int64(at.rotationTurn, in: .turns) }
        if let id: Identifier<DayCalendar> = try optionalIdentifier(at.dayOffCalendarID) {
            policies.dayOff = DayOffPolicy(calendarID: id, then: try value(at.dayOffMove))
        }
        if let numbers = try list(at.rotation, in: .identifiers) {
            policies.rotation = AssigneeRotation(
                userIDs: numbers.map { Identifier($0) },
                by: try value(at.rotationStep),
                firstTurn: Int(try int64(at.rotationTurn, in: .turns))
            )
        }
        let until = try optionalTimestamp(at.pausedUntil)
        if let from = try optionalTimestamp(at.pausedFrom) {
            policies.pause = SeriesPause(from: from, until: until)
        }
        policies.endedAt = try optionalTimestamp(at.endedAt)
        policies.dates = try dates(at.dates)
        policies.exceptionDates = try dates(at.exceptionDates)
        return policies
    }

    private func optionalValue<Choice: RawRepresentable<Int>>(
        _ column: Int
    ) throws(UnreadableValue) -> Choice? {
        isNull(column) ? nil : try value(column)
    }

    private func dates(_ column: Int) throws(UnreadableValue) -> [LocalDateTime] {
        try list(column, in: .slots)?.map { LocalDateTime(secondsSince1970: $0) } ?? []
    }

    /// Reads numbers with commas between; nothing where the column is null.
    func list(
        _ column: Int,
        in range: ClosedRange<Int64>
    ) throws(UnreadableValue) -> [Int64]? {
        guard let text = try optionalText(column, lengths: .lists) else { return nil }
        guard let numbers = [Int64](listText: text), numbers.allSatisfy(range.contains) else {
            throw UnreadableValue(
                column: name(of: column),
                reason: "is no list of numbers between \(range.lowerBound) and \(range.upperBound)"
            )
        }
        return numbers
    }
}
