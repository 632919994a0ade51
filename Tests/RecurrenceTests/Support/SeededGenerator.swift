/// A small generator of random numbers that a seed determines (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

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
