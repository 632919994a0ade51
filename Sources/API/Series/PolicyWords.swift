import Tasks

/// The words by which policies are written.
enum PolicyWords {
    static let repeats: KeyValuePairs<String, RepeatBasis> = [
        "onSchedule": .onSchedule, "afterCompletion": .afterCompletion,
    ]
    static let makesWhenDue: KeyValuePairs<String, Bool> = ["ahead": false, "whenDue": true]
    static let missed: KeyValuePairs<String, CatchUp> = [
        "all": .all, "latest": .latest, "none": .none,
    ]
    static let whileOverdue: KeyValuePairs<String, WhileOverdue> = [
        "create": .create, "skip": .skip, "rollForward": .rollForward,
    ]
    static let monthEnd: KeyValuePairs<String, MonthEndPolicy> = [
        "skip": .skip, "lastDay": .lastDay, "nextDay": .nextDay,
    ]
    static let dayOff: KeyValuePairs<String, DayOffMove> = [
        "keep": .keep, "before": .before, "after": .after, "skip": .skip,
    ]
    static let rotation: KeyValuePairs<String, RotationStep> = [
        "occurrence": .occurrence, "day": .day, "week": .week,
    ]
    static let overrides: KeyValuePairs<String, OverridePolicy> = [
        "keep": .keep, "shift": .shift, "drop": .drop,
    ]
}

extension KeyValuePairs where Key == String, Value: Equatable {
    /// The word for a value, which has one.
    func word(for value: Value) -> String {
        first { $0.value == value }?.key ?? ""
    }
}
