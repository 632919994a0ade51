import TestSupport

extension SplitMix64 {
    /// Returns true with a probability of one in `count`.
    mutating func isLucky(oneIn count: Int) -> Bool {
        Int.random(in: 0..<count, using: &self) == 0
    }

    /// A few numbers of a range, each once, in any order.
    mutating func numbers(_ range: ClosedRange<Int>, upTo limit: Int) -> [Int] {
        let count = Int.random(in: 1...limit, using: &self)
        return Set((0..<count).map { _ in Int.random(in: range, using: &self) }).sorted()
            .shuffled(using: &self)
    }

    /// A few numbers that are not zero, each once, in any order.
    mutating func signedNumbers(_ limit: Int, upTo count: Int) -> [Int] {
        numbers(-limit...limit, upTo: count).map { $0 == 0 ? limit : $0 }
    }
}
