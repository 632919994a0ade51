extension Int {
    // A slot is a number of seconds since 1970-01-01T00:00:00 on the local clock; all lie within
    // 2^38 of it. Half of what an Int holds leaves room for sums.

    /// Less than every slot; adding or subtracting a slot cannot overflow.
    static let beforeAllSlots = Int.min / 2

    /// Greater than every slot; adding or subtracting a slot cannot overflow.
    static let afterAllSlots = Int.max / 2

    /// The greatest slot: the last second of the year 9999.
    static let lastSlot = CivilDate.latest.daysSince1970 * 86_400 + 86_399
}
