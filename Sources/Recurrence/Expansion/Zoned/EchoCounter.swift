/// Counts a rule's echoes: the slots after a gap that fall on the same instant as one of its slots
/// in the gap.
///
/// Gaps at the same time of day, on days of the same kind, are counted only once: a rule of seconds
/// has thousands of slots in each gap, and a zone has thousands of gaps.
struct EchoCounter {
    private let rule: CompiledRule
    private let table: ZoneTable
    /// The slots after the first gap that has not been passed, and the length of that gap.
    private var next: (range: Range<Int64>, distance: Int64)?
    /// How many echoes come before the slots of `next`.
    private var passedCount = 0
    private var counts: [Kind: Int] = [:]

    /// Gaps of one kind have the same number of echoes.
    private struct Kind: Hashable {
        let distance: Int
        /// The slots after the gap, from midnight of the first day.
        let times: Range<Int>
        /// The days of the gap and of the slots after it.
        let days: [CompiledRule.DayKind]
    }

    init(_ rule: CompiledRule, _ table: ZoneTable) {
        self.rule = rule
        self.table = table
        next = table.echo(from: Int64(rule.earliestSlot))
    }

    /// How many echoes come before a slot; slots must be asked for in ascending order.
    mutating func count(below slot: Int) -> Int {
        while let echo = next, echo.range.lowerBound < Int64(slot) {
            let range = Int(echo.range.lowerBound)..<Int(echo.range.upperBound)
            guard range.upperBound <= slot else {
                return passedCount
                    + walk(range.lowerBound..<slot, distance: Int(echo.distance))
            }
            passedCount += count(in: range, distance: Int(echo.distance))
            next = table.echo(from: echo.range.upperBound)
        }
        return passedCount
    }

    private mutating func count(in range: Range<Int>, distance: Int) -> Int {
        if distance < rule.spacing { return 0 }
        let first = range.lowerBound - distance
        guard first > rule.firstSlot, range.upperBound <= rule.lastSlot else {
            return walk(range, distance: distance)
        }
        let firstDay = first.floorDivided(by: 86_400)
        let midnight = firstDay * 86_400
        let kind = Kind(
            distance: distance,
            times: range.lowerBound - midnight..<range.upperBound - midnight,
            days: (firstDay...(range.upperBound - 1).floorDivided(by: 86_400)).map(rule.kind)
        )
        if let count = counts[kind] { return count }
        let count = walk(range, distance: distance)
        counts[kind] = count
        return count
    }

    private func walk(_ range: Range<Int>, distance: Int) -> Int {
        var count = 0
        var cursor = RuleCursor(rule, from: range.lowerBound)
        while let slot = cursor.next(), slot < range.upperBound {
            if rule.contains(slot - distance) { count += 1 }
        }
        return count
    }
}

extension CompiledRule {
    /// What decides the times of a day: days of one kind have the same times.
    enum DayKind: Hashable {
        case empty
        case stepped(phase: Int)
        case picked(before: Int, total: Int)
    }

    fileprivate func kind(ofDay day: Int) -> DayKind {
        let year = YearShape.year(of: day)
        guard stride.firstYear(from: year) == year else { return .empty }
        let window = window(year)
        let index = day - window.shape.firstDay
        guard window.days.picked.contains(index) else { return .empty }
        guard let picks else { return .stepped(phase: phase(day)) }
        let (before, total) = rank(of: index, in: window, picks.period)
        return .picked(before: before, total: total)
    }
}
