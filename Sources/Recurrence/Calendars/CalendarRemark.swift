/// Something about calendar text that its writer or its reader should know, though it was read.
public struct CalendarRemark: Hashable, Sendable {
    /// The property, the component or the part of a rule that is meant, such as `EXDATE`.
    public var part: String
    /// What there is to say about it.
    public var reason: String

    /// Creates a remark.
    public init(part: String, reason: String) {
        self.part = part
        self.reason = reason
    }
}

/// What becomes of calendar text that is not as RFC 5545 wants it, but whose meaning is clear.
public enum CalendarStrictness: Hashable, Sendable {
    /// It is refused.
    case strict
    /// It is read, and a remark tells of it.
    case lenient
}

/// Collects remarks while a text is read.
struct RemarkList {
    let strictness: CalendarStrictness
    /// Each remark once, in the order of the text.
    private(set) var remarks: [CalendarRemark] = []

    /// A text may have the same flaw in many places; nobody reads a thousand remarks.
    private static let limit = 100

    init(_ strictness: CalendarStrictness) {
        self.strictness = strictness
    }

    /// Adds what is worth knowing about text that is as it should be.
    mutating func note(_ part: String, _ reason: String) {
        let remark = CalendarRemark(part: part, reason: reason)
        guard remarks.count < RemarkList.limit, !remarks.contains(remark) else { return }
        remarks.append(remark)
    }

    /// Adds what is wrong with text that can be read nevertheless.
    ///
    /// - Throws: The remark as an error, where reading is strict.
    mutating func flaw(_ part: String, _ reason: String) throws(RecurrenceSet.ParseError) {
        guard strictness == .lenient else {
            throw RecurrenceSet.ParseError(part: part, reason: reason)
        }
        note(part, reason)
    }
}
