/// Finds what exception rules leave of one rule, without a walk through all that they take away.
///
/// There are two ways to prove that nothing is left. First, exceptions that take the same times
/// away on each of their days become masks over days. Second, where no part limits the days of any
/// rule, all rules repeat after a common period: if one period has nothing left, no period has.
struct ExceptionFilter: Sendable {
    private(set) var track: ZonedRule
    private(set) var exceptions: [ZonedRule]
    /// Groups of exceptions, as indices: on the days that a whole group has in common, it takes
    /// away every time of the rule.
    ///
    /// No group contains another.
    private let groups: [[Int]]
    /// Whether it is enough to compare days, and times within one day only.
    private let isByDay: Bool
    /// The number of the rule's slots after which everything repeats; nothing if there are too many
    /// to check each.
    let period: Int?
    private let emptyYearLimit: Int

    /// How many exception rules a set may have.
    static let exceptionLimit = 8
    /// How many comparisons of a slot with an exception a proof may take.
    private static let comparisonLimit = 50_000

    /// Whether every question has an answer in bounded time.
    var isBounded: Bool { isByDay || period != nil }

    init(_ track: ZonedRule, exceptions: [ZonedRule]) {
        self.track = track
        self.exceptions = exceptions
        let rule = track.rule
        guard !exceptions.isEmpty else {
            (groups, isByDay, period, emptyYearLimit) = ([], true, nil, .max)
            return
        }
        let times = exceptions.map { $0.rule.timesOfEveryDay(for: rule) }
        let groups = ExceptionFilter.groups(times, covering: rule.timesOfAnyDay)
        self.groups = groups
        let areWhole = exceptions.indices.allSatisfy { groups.contains([$0]) }
        let isSteady = exceptions.indices.allSatisfy { times[$0] != nil }
        isByDay = isSteady && (areWhole || !rule.isStepped)
        period = ExceptionFilter.period(rule, exceptions.map(\.rule))
        let repeats =
            rule.repeatsDays
            && exceptions.map(\.rule).allSatisfy {
                $0.isStepped || $0.repeatsDays
            }
        emptyYearLimit = repeats ? YearShape.cycleYearCount + 1 : .max
    }

    /// Whether it is known where all the rules end.
    var isEndKnown: Bool { track.isEndKnown && exceptions.allSatisfy(\.isEndKnown) }

    /// The same filter, with the end of each rule worked out.
    var endingKnown: ExceptionFilter {
        var filter = self
        filter.track = track.endingKnown
        filter.exceptions = exceptions.map(\.endingKnown)
        return filter
    }

    private static func groups(_ times: [TimeSet?], covering all: TimeSet) -> [[Int]] {
        var found: [UInt] = []
        let subsets = (1..<(UInt(1) << UInt(times.count))).sorted {
            $0.nonzeroBitCount < $1.nonzeroBitCount
        }
        for subset in subsets where !found.contains(where: { $0 & subset == $0 }) {
            let members = subset.indicesOfSetBits.map { times[$0] }
            if members.contains(where: { $0 == nil }) { continue }
            if all.isCovered(by: members.compactMap(\.self)) { found.append(subset) }
        }
        return found.map(\.indicesOfSetBits)
    }

    private static func period(_ rule: CompiledRule, _ exceptions: [CompiledRule]) -> Int? {
        var length = 86_400
        for rule in exceptions + [rule] {
            guard let own = rule.period, rule.leadingSlots.isEmpty else { return nil }
            let factor = own / length.greatestCommonDivisor(own)
            let (product, overflow) = length.multipliedReportingOverflow(by: factor)
            guard !overflow, product < 1 << 40 else { return nil }
            length = product
        }
        let end = min(rule.firstSlot + length, rule.lastSlot + 1)
        let limit = comparisonLimit / max(exceptions.count, 1)
        // The densest rules have a slot each second.
        guard rule.evenSlots != nil || length <= 366 * 86_400 else { return nil }
        let count = rule.count(below: end)
        return count <= limit ? count : nil
    }

    // MARK: Days

    /// The first day, at or after a day, on which the exceptions may leave something.
    func firstDay(from day: Int) -> Int? {
        if let leading = leadingDays.first(where: { $0 >= day }) { return leading }
        var day = day
        var yearsLeft = emptyYearLimit
        while day <= CivilDate.latest.daysSince1970 {
            let shape = YearShape(YearShape.year(of: day))
            if let index = daysLeft(shape).first(from: day - shape.firstDay) {
                return shape.firstDay + index
            }
            day = shape.firstDay + shape.dayCount
            yearsLeft -= 1
            if yearsLeft == 0 {
                // Nothing changes before an exception ends.
                guard let end = nextEnd(from: day * 86_400) else { return nil }
                day = max(day, end.floorDivided(by: 86_400))
                yearsLeft = emptyYearLimit
            }
        }
        return nil
    }

    /// The last day, at or before a day, on which the exceptions may leave something.
    func lastDay(through day: Int) -> Int? {
        let leading = leadingDays.last { $0 <= day }
        var day = day
        var yearsLeft = emptyYearLimit
        while day >= track.rule.firstSlot.floorDivided(by: 86_400), yearsLeft > 0 {
            let shape = YearShape(YearShape.year(of: day))
            if let index = daysLeft(shape).last(through: day - shape.firstDay) {
                return max(shape.firstDay + index, leading ?? .min)
            }
            day = shape.firstDay - 1
            yearsLeft -= 1
        }
        return leading
    }

    /// The days of the first period's slots where BYSETPOS counts from the start.
    ///
    /// The masks do not contain them.
    private var leadingDays: [Int] {
        track.rule.leadingSlots.map { $0.floorDivided(by: 86_400) }
    }

    /// Tells whether an exception ends in a range, its end excluded.
    func hasEnd(in range: Range<Int>) -> Bool {
        exceptions.contains { range.contains($0.lastSlot) }
    }

    /// The last slot of the exception that ends next, at or after a slot.
    func nextEnd(from slot: Int) -> Int? {
        exceptions.map(\.lastSlot).filter { $0 >= slot && $0 < Int.lastSlot }.min()
    }

    /// A year's days without those that lose all their times.
    private func daysLeft(_ shape: YearShape) -> YearMask {
        var days = track.rule.ownDays(shape)
        for group in groups {
            var covered = days
            for index in group {
                let exception = exceptions[index]
                // On the day on which an exception ends, some of the rule's times may be left.
                let end = exception.lastSlot.floorDivided(by: 86_400) - shape.firstDay
                covered = covered.intersection(exception.rule.reachedDays(shape))
                covered = covered.intersection(YearMask(below: end))
            }
            days = days.subtracting(covered)
        }
        return days
    }
}

extension CompiledRule {
    fileprivate var isStepped: Bool {
        if case .stepped = times { true } else { false }
    }

    /// All times that the rule has on any day, and perhaps more.
    fileprivate var timesOfAnyDay: TimeSet {
        if case .stepped(let steps) = times { .product(steps.clock) } else { times }
    }

    /// The times that this rule, as an exception, takes away from another rule on each of its days.
    ///
    /// Nothing where they are not the same each day.
    fileprivate func timesOfEveryDay(for rule: CompiledRule) -> TimeSet? {
        guard leadingSlots.isEmpty, picks == nil || timeCount == 1 else { return nil }
        guard case .stepped(let steps) = times else { return times }
        // The other rule has the same origin, and each of its steps is a step of this one.
        guard case .stepped(let others) = rule.times, others.unit == steps.unit,
            others.interval % steps.interval == 0, steps.isWholeClock
        else { return nil }
        return .product(steps.clock)
    }

    /// The number of seconds after which the slots repeat; nothing where a part limits the days.
    fileprivate var period: Int? {
        guard pattern.isEveryDay, picks == nil else { return nil }
        if let evenSlots { return evenSlots.distance }
        switch (times, stride) {
        case (.stepped(let steps), _): return steps.dayPeriod * 86_400
        case (_, .every): return 86_400
        case (_, .days(let interval, _)): return interval * 86_400
        default: return nil
        }
    }

    /// Whether the rule's days repeat every 400 years.
    fileprivate var repeatsDays: Bool { areDaysOfKindAlone && stride.yearInterval == 1 }

    /// The days that the rule may have slots on.
    fileprivate func ownDays(_ shape: YearShape) -> YearMask {
        stride.firstYear(from: shape.year) == shape.year ? days(shape).picked : YearMask()
    }

    /// The days on which this rule, as an exception, takes its times away.
    ///
    /// The steps of a stepped exception include the other rule's steps on any day, so only its BY
    /// parts limit its days.
    fileprivate func reachedDays(_ shape: YearShape) -> YearMask {
        isStepped ? pattern.mask(shape) : ownDays(shape)
    }
}

extension TimeSet {
    /// Tells whether some other sets together contain every time; none of the sets is stepped.
    fileprivate func isCovered(by others: [TimeSet]) -> Bool {
        (0..<1440).allSatisfy { minute in
            var seconds = seconds(ofMinute: minute)
            for other in others where seconds != 0 { seconds &= ~other.seconds(ofMinute: minute) }
            return seconds == 0
        }
    }

    private func seconds(ofMinute minute: Int) -> UInt64 {
        switch self {
        case .product(let clock):
            let isOn =
                clock.hours >> UInt32(minute / 60) & 1 == 1
                && clock.minutes >> UInt64(minute % 60) & 1 == 1
            return isOn ? clock.seconds : 0
        case .list(let times):
            let range =
                times.firstIndex(
                    notLessThan: minute * 60
                )..<times.firstIndex(notLessThan: minute * 60 + 60)
            return times[range].reduce(0) { $0 | 1 << UInt64($1 - minute * 60) }
        case .stepped: return 0
        }
    }
}
