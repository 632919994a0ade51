/// Walks through the years that a rule has days in, forward, and gives up where it has none.
struct YearCursor {
    private let rule: CompiledRule
    private(set) var shape: YearShape
    private(set) var days = CompiledRule.Days()
    /// How many years are left to look through without finding a day.
    private var yearsLeft: Int
    /// The days of the kinds of years that have been passed, where they depend on nothing else.
    private var known: [CompiledRule.Days] = []
    private var knownKinds: UInt32 = 0
    private var passedYearCount = 0

    /// After so many years it pays to keep their days.
    private static let shortWalk = 4

    /// Begins before a year, which must be one of the rule's.
    init(_ rule: CompiledRule, beginningIn year: Int) {
        self.rule = rule
        shape = YearShape(year)
        yearsLeft = rule.emptyYearLimit
    }

    /// The current year and its days.
    var window: CompiledRule.Window { CompiledRule.Window(shape: shape, days: days) }

    /// Takes the days of the current year.
    mutating func enter() {
        passedYearCount += 1
        if passedYearCount > YearCursor.shortWalk, rule.areDaysOfKindAlone {
            enterByKind()
        } else {
            days = rule.days(shape)
        }
        if !days.picked.isEmpty { yearsLeft = rule.emptyYearLimit }
    }

    private mutating func enterByKind() {
        let kind = shape.kind
        if known.isEmpty {
            known = Array(repeating: CompiledRule.Days(), count: YearShape.kindCount)
        }
        if knownKinds >> UInt32(kind) & 1 == 0 {
            known[kind] = rule.days(shape)
            knownKinds |= 1 << UInt32(kind)
        }
        days = known[kind]
    }

    /// Goes to the next year that has days, if one begins by a slot.
    @inline(never) mutating func advance(through lastSlot: Int) -> Bool {
        repeat {
            yearsLeft -= 1
            if yearsLeft < 0 { return false }
            let interval = rule.stride.yearInterval
            if interval == 1 {
                shape = shape.next
            } else {
                let year = shape.year + interval
                guard year <= 9999 else { return false }
                shape = YearShape(year)
            }
            guard shape.year <= 9999, shape.firstDay * 86_400 <= lastSlot else { return false }
            enter()
            if passedYearCount == YearShape.kindCount, days.picked.isEmpty, !rule.pattern.hasDays {
                return false
            }
        } while days.picked.isEmpty
        return true
    }

    /// Has no more years.
    mutating func end() {
        yearsLeft = 0
    }
}
