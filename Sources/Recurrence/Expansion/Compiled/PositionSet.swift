/// The places that BYSETPOS picks out of a period's occurrences.
package struct PositionSet {
    /// Ascending, from 1.
    private let fromStart: [Int]
    /// Ascending, from -366 at the least to -1.
    private let fromEnd: [Int]

    package init(_ positions: [Int]) {
        fromStart = positions.filter { $0 > 0 }
        fromEnd = positions.filter { $0 < 0 }
    }

    /// The first picked index at or after `index`, in a period of `total` occurrences; indices are
    /// from 0.
    func first(from index: Int, of total: Int) -> Int? {
        var first: Int?
        let positive = fromStart.firstIndex(notLessThan: index + 1)
        if positive < fromStart.count { first = fromStart[positive] - 1 }
        let negative = fromEnd.firstIndex(notLessThan: max(index, 0) - total)
        if negative < fromEnd.count {
            let candidate = total + fromEnd[negative]
            first = min(first ?? candidate, candidate)
        }
        return first.flatMap { $0 < total ? $0 : nil }
    }

    /// The last picked index at or before `index`, in a period of `total` occurrences.
    func last(through index: Int, of total: Int) -> Int? {
        let index = min(index, total - 1)
        var last: Int?
        let positive = fromStart.firstIndex(notLessThan: index + 2)
        if positive > 0 { last = fromStart[positive - 1] - 1 }
        let negative = fromEnd.firstIndex(notLessThan: index - total + 1)
        if negative > 0 {
            let candidate = total + fromEnd[negative - 1]
            last = max(last ?? candidate, candidate)
        }
        return last.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// Which of a period's days are picked, if each of them is one occurrence.
    func picks(of days: UInt64) -> UInt64 {
        var picks: UInt64 = 0
        let count = days.nonzeroBitCount
        for position in fromStart where position <= count {
            picks |= 1 << UInt64(days.indexOfSetBit(at: position - 1))
        }
        for position in fromEnd where -position <= count {
            var rest = days
            for _ in 1..<(-position) { rest &= ~(1 << UInt64(63 - rest.leadingZeroBitCount)) }
            picks |= 1 << UInt64(63 - rest.leadingZeroBitCount)
        }
        return picks
    }

    /// Which of at most 64 occurrences, from an index on, are picked in a period of `total`
    /// occurrences; bit 0 is the first of them.
    func picks(from index: Int, count: Int, of total: Int) -> UInt64 {
        var picks: UInt64 = 0
        for position in fromStart where (index..<index + count).contains(position - 1) {
            picks |= 1 << UInt64(position - 1 - index)
        }
        for position in fromEnd where (index..<index + count).contains(total + position) {
            picks |= 1 << UInt64(total + position - index)
        }
        return picks
    }

    /// How many indices of a range are picked in a period of `total` occurrences.
    func count(in range: Range<Int>, of total: Int) -> Int {
        var count = 0
        var next = first(from: range.lowerBound, of: total)
        while let picked = next, picked < range.upperBound {
            count += 1
            next = first(from: picked + 1, of: total)
        }
        return count
    }

    /// The picked elements of an ascending list.
    package func picks(of elements: [Int]) -> [Int] {
        var picks: [Int] = []
        var next = first(from: 0, of: elements.count)
        while let index = next {
            picks.append(elements[index])
            next = first(from: index + 1, of: elements.count)
        }
        return picks
    }
}
