/// Walks forward through the years in which a rule has days, and stops when no more can come.
struct YearCursor {
    private let rule: CompiledRule
    private(set) var shape: YearShape
    private(set) var days = CompiledRule.Days()
    /// Whether years of one kind have the same days.
    private let isByKind: Bool
    private let emptyYearLimit: Int
    /// How many years are left to look through without finding a day.
    private var yearsLeft: Int
    /// The days of each kind of year that has been passed, where the days depend only on the kind.
    private var known: [CompiledRule.Days] = []
    private var knownKinds: UInt32 = 0
    private var passedYearCount = 0

    /// After this many years it pays to keep the days of each kind.
    private static let shortWalk = 4

    /// Begins before a year, which must be one of the rule's.
    init(_ rule: CompiledRule, beginningIn year: Int) {
        self.rule = rule
        shape = YearShape(year)
        isByKind = rule.areDaysOfKindAlone
        emptyYearLimit = rule.emptyYearLimit
        yearsLeft = emptyYearLimit
    }

    /// The current year and its days.
    var window: CompiledRule.Window { CompiledRule.Window(shape: shape, days: days) }

    /// Works out the days of the year with which the walk begins.
    mutating func enter() {
        enter(shape)
    }

    private mutating func enter(_ shape: YearShape) {
        self.shape = shape
        passedYearCount += 1
        if passedYearCount > YearCursor.shortWalk, isByKind {
            enterYear(ofKind: shape.kind)
        } else {
            days = rule.days(shape)
        }
    }

    private mutating func enterYear(ofKind kind: Int) {
        if knownKinds >> UInt32(kind) & 1 == 0 {
            if known.isEmpty {
                known = Array(repeating: CompiledRule.Days(), count: YearShape.kindCount)
            }
            known[kind] = rule.days(shape)
            knownKinds |= 1 << UInt32(kind)
        }
        days = known[kind]
    }

    /// Goes to the next year that has days, if it begins at or before `lastSlot`.
    @inline(never) mutating func advance(through lastSlot: Int) -> Bool {
        while yearsLeft > 0 {
            yearsLeft -= 1
            let year = rule.stride.firstYear(from: shape.year + 1)
            guard year <= 9999 else { return false }
            let next = year == shape.year + 1 ? shape.next : YearShape(year)
            guard next.firstDay * 86_400 <= lastSlot else { return false }
            enter(next)
            if days.words != 0 {
                yearsLeft = emptyYearLimit
                return true
            }
            if passedYearCount == YearShape.kindCount, !rule.pattern.hasDays { return false }
        }
        return false
    }

    /// Ends the walk: there are no more years.
    mutating func end() {
        yearsLeft = 0
    }
}
