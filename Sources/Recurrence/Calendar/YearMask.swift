/// Days of one year, as bits: bit 0 is January 1st, bit 365 the last day of a leap year.
struct YearMask {
    private var words: InlineArray<6, UInt64>

    /// No day at all.
    init() {
        words = InlineArray(repeating: 0)
    }

    /// The days from January 1st up to, but not including, an index.
    init(below end: Int) {
        self.init()
        for word in 0..<6 {
            let count = min(max(end - word * 64, 0), 64)
            words[word] = count == 64 ? ~0 : (1 << UInt64(count)) - 1
        }
    }

    /// The days that fall on one of some weekdays (bit 0 is Monday), in a year whose January 1st is
    /// a given weekday; bits beyond the year's end are set too.
    @inline(__always) init(weekdays: UInt8, firstWeekday: Int) {
        self.init()
        // 64 is 1 more than a multiple of 7, so each word begins one weekday later than the last.
        var week = UInt64(weekdays) | UInt64(weekdays) << 7
        week >>= UInt64(firstWeekday)
        week &= 0x7F
        for word in 0..<6 {
            words[word] = week &* 0x8102_0408_1020_4081
            week = (week >> 1 | week << 6) & 0x7F
        }
    }

    @inline(__always) var isEmpty: Bool { occupiedWords == 0 }

    /// Which words contain a day, as bits.
    @inline(__always) var occupiedWords: UInt8 {
        var occupied: UInt8 = 0
        for word in 0..<6 where words[word] != 0 { occupied |= 1 << UInt8(word) }
        return occupied
    }

    /// How many days are in the mask.
    @inline(__always) var count: Int {
        var count = 0
        for word in 0..<6 { count += words[word].nonzeroBitCount }
        return count
    }

    /// How many days of the mask come before an index.
    func count(below index: Int) -> Int {
        intersection(YearMask(below: index)).count
    }

    func contains(_ index: Int) -> Bool {
        words[index >> 6] >> UInt64(index & 63) & 1 == 1
    }

    /// The 64 days that begin with the day `index * 64`.
    func word(_ index: Int) -> UInt64 {
        words[index]
    }

    /// Adds the days whose bits are set; bit 0 is the day `index`, which may lie before the year.
    mutating func insert(_ bits: UInt64, at index: Int) {
        guard index >= 0 else {
            if index > -64 { words[0] |= bits >> UInt64(-index) }
            return
        }
        let (word, shift) = (index >> 6, UInt64(index & 63))
        guard word < 6 else { return }
        words[word] |= bits << shift
        if shift > 0, word < 5 { words[word + 1] |= bits >> (64 - shift) }
    }

    /// Adds the days of a range that may reach beyond the year on both sides.
    mutating func insert(_ range: Range<Int>) {
        self = union(
            YearMask(below: range.upperBound).subtracting(YearMask(below: range.lowerBound))
        )
    }

    /// Up to 64 days from an index on; bit 0 is the day of the index.
    func slice(at index: Int, count: Int) -> UInt64 {
        let (word, shift) = (index >> 6, UInt64(index & 63))
        var bits = words[word] >> shift
        if shift > 0, word < 5 { bits |= words[word + 1] << (64 - shift) }
        return count == 64 ? bits : bits & ((1 << UInt64(count)) - 1)
    }

    /// The first day of the mask at or after an index.
    func first(from index: Int) -> Int? {
        guard index < 384 else { return nil }
        var word = index >> 6
        var bits = words[word] & (~0 << UInt64(index & 63))
        while bits == 0 {
            word += 1
            if word == 6 { return nil }
            bits = words[word]
        }
        return word << 6 + bits.trailingZeroBitCount
    }

    /// The last day of the mask at or before an index.
    func last(through index: Int) -> Int? {
        guard index >= 0 else { return nil }
        var word = min(index, 383) >> 6
        var bits = words[word] & (~0 >> UInt64(63 - min(index, 383) & 63))
        while bits == 0 {
            word -= 1
            if word < 0 { return nil }
            bits = words[word]
        }
        return word << 6 + 63 - bits.leadingZeroBitCount
    }

    /// The day at a place in the mask: `ordinal` of the mask's days come before it.
    func day(at ordinal: Int) -> Int? {
        var rest = ordinal
        for word in 0..<6 {
            let count = words[word].nonzeroBitCount
            if rest < count { return word << 6 + words[word].indexOfSetBit(at: rest) }
            rest -= count
        }
        return nil
    }

    @inline(__always) func union(_ other: YearMask) -> YearMask {
        var result = self
        for word in 0..<6 { result.words[word] |= other.words[word] }
        return result
    }

    @inline(__always) func intersection(_ other: YearMask) -> YearMask {
        var result = self
        for word in 0..<6 { result.words[word] &= other.words[word] }
        return result
    }

    func subtracting(_ other: YearMask) -> YearMask {
        var result = self
        for word in 0..<6 { result.words[word] &= ~other.words[word] }
        return result
    }
}

extension UInt64 {
    /// The index of the set bit that has `ordinal` set bits below it.
    ///
    /// - Precondition: More than `ordinal` bits are set.
    func indexOfSetBit(at ordinal: Int) -> Int {
        var bits = self
        for _ in 0..<ordinal { bits &= bits &- 1 }
        return bits.trailingZeroBitCount
    }

    /// The bits below an index, 0 to 64.
    static func mask(below index: Int) -> UInt64 {
        index >= 64 ? ~0 : (1 << UInt64(index)) - 1
    }
}
