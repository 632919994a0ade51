/// The name of a line that is no property, but differs by one letter from one that says when
/// something takes place: `EXDTE`, `RULE`, `DTSTRAT`.
///
/// No registered property is so near to another.
struct MisspeltName {
    /// In upper case, as it was written.
    let name: String
    /// The property that it resembles.
    let meant: String

    private static let names = [
        "DTSTART", "RRULE", "EXDATE", "RDATE", "DTEND", "DUE", "EXRULE", "RECURRENCE-ID",
        "DURATION",
    ]

    /// Finds what the name of a line resembles; nothing where it resembles no property.
    ///
    /// - Parameter text: The line in upper case, with a colon.
    init?(_ text: ArraySlice<UInt8>) {
        let name = text.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
            .trimmingBlanks
        guard name.count <= 14, !name.starts(with: "X-".utf8) else { return nil }
        let meant = MisspeltName.names.first { differsByOneLetter(Array(name), Array($0.utf8)) }
        guard let meant else { return nil }
        self.name = string(name)
        self.meant = meant
    }
}

/// Whether a letter that is left out, added or replaced, or two neighbours that are exchanged, make
/// one of two words the other.
func differsByOneLetter(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard abs(one.count - other.count) <= 1, one != other else { return false }
    let length = max(one.count, other.count)
    let head = zip(one, other).prefix { $0 == $1 }.count
    let tail = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
    if head + tail >= length - 1 { return true }
    return one.count == other.count && head + tail == length - 2
        && one[head] == other[head + 1] && one[head + 1] == other[head]
}
