/// A length of time as ISO 8601 writes it, in days, hours, minutes and seconds: `P1DT2H`.
package struct CalendarDuration: Hashable, Sendable {
    /// 0 or more.
    package let seconds: Int64

    package init(seconds: Int64) {
        self.seconds = seconds
    }

    /// Reads a length of weeks, or of days, hours, minutes and seconds, in whole numbers.
    ///
    /// - Returns: Nothing where the text is none, or where it is longer than `Int32.max` seconds.
    package init?(parsing text: String) {
        guard
            let match = text.wholeMatch(
                of:
                    /P(?:(\d{1,6})W|(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?)/
            ), text.count > 1, text.last != "T"
        else { return nil }
        let parts: [(Substring?, Int64)] = [
            (match.1, 604_800), (match.2, 86_400), (match.3, 3600), (match.4, 60), (match.5, 1),
        ]
        let seconds = parts.reduce(0) { $0 + (Int64($1.0 ?? "0") ?? 0) * $1.1 }
        guard seconds <= Int64(Int32.max) else { return nil }
        self.seconds = seconds
    }

    package var text: String {
        if seconds == 0 { return "PT0S" }
        let days = seconds / 86_400
        let parts: [(Int64, String)] = [
            (seconds % 86_400 / 3600, "H"), (seconds % 3600 / 60, "M"), (seconds % 60, "S"),
        ]
        let time = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
        return "P" + (days > 0 ? "\(days)D" : "") + (time.isEmpty ? "" : "T" + time)
    }
}
