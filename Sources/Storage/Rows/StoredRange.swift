import Tasks

// What columns may hold. Readers of rows and the tables' own checks take it from here, so a range
// that changes needs a migration of the checks too.

extension ClosedRange<Int64> {
    /// The numbers of records.
    static var identifiers: Self { 1...Identifier<User>.largest }

    /// The numbers of records, and 0 for none.
    static var identifiersOrNone: Self { 0...Identifier<User>.largest }

    /// How many there are of something; JSON takes each such number exactly.
    static var counts: Self { 0...Identifier<User>.largest }

    /// How many occurrences a series carried out: as many as a rule's COUNT can ask for.
    static var occurrenceCounts: Self { 0...2_147_483_647 }

    /// The next number of a counter, which leaves room for more.
    static var nextNumbers: Self { 1...Identifier<User>.largest / 2 }

    static var shards: Self { 0...Int64(LocationID.shardCount - 1) }

    static var flags: Self { 0...1 }

    static var priorities: Self { 0...3 }

    /// The statuses of HTTP that tell of success.
    static var successes: Self { 200...299 }

    /// Local date-times that a rule produces, in seconds: those of the years 1 to 9999.
    static var slots: Self { -62_135_596_800...253_402_300_799 }

    /// What a series does while its newest task is overdue; another column says of the second whether
    /// that task moves on.
    static var overdueChoices: Self { 1...2 }

    /// Whose turn it is at a series' start.
    static var turns: Self { 0...Int64(AssigneeRotation.userLimit) }

    /// Days of the week as bits, Monday's the lowest; not all seven.
    static var weekends: Self { 0...126 }

    /// Any local date-times, in seconds: those of the years 0 to 10,099, since a due time may lie
    /// beyond the slot that it belongs to, and a series is materialized up to before its start.
    static var localDateTimes: Self { -62_167_219_200...256_558_060_799 }

    /// Points in time, in microseconds: those of the years 0 to 10,099.
    static var instants: Self { -62_167_219_200_000_000...256_558_060_799_999_999 }

    /// Days since 1970: those up to the year 9999.
    static var days: Self { 0...2_932_896 }

    static var minutesOfDay: Self { 0...1439 }

    /// How long after a due time somebody is reminded, in seconds; before it where it is negative.
    static var reminderOffsets: Self { -Reminder.secondsLimit...(Reminder.secondsLimit * 101) }

    /// How long after its occurrence a task is due, in seconds: up to 99 years.
    static var dueDelays: Self { 0...3_122_064_000 }

    /// The numbers of an enumeration's cases, which have no gaps.
    static func choices<Choice: CaseIterable & RawRepresentable<Int>>(_: Choice.Type) -> Self {
        let numbers = Choice.allCases.map { Int64($0.rawValue) }
        return (numbers.min() ?? 0)...(numbers.max() ?? 0)
    }
}

/// How many bytes of UTF-8 a text may have.
///
/// Dialects take much less; the bounds keep one row from filling the memory.
extension ClosedRange<Int> {
    static var names: Self { 1...1024 }

    static var zoneNames: Self { 1...128 }

    static var optionalNames: Self { 0...1024 }

    /// Language tags (RFC 5646).
    static var locales: Self { 2...35 }
    /// URLs.
    static var addresses: Self { 1...2048 }
    /// Numbers or words with commas between.
    static var lists: Self { 1...16_384 }

    /// What people write, and what the store writes as JSON.
    static var texts: Self { 0...1_048_576 }
}
