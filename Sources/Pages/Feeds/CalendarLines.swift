import Recurrence

/// Writes the lines of a calendar (RFC 5545).
struct CalendarLines: Sendable {
    private(set) var text = ""

    /// Adds a line whose value stands as it is.
    mutating func add(_ name: String, _ value: String) { fold("\(name):\(value)") }

    /// Adds a line whose value is what somebody wrote; none where that is empty.
    mutating func add(_ name: String, written value: String) {
        if !value.isEmpty { fold("\(name):\(Self.escaped(value))") }
    }

    /// Adds a line with a list of what people wrote.
    mutating func add(_ name: String, list: [String]) {
        if !list.isEmpty { fold("\(name):\(list.map(Self.escaped).joined(separator: ","))") }
    }

    /// Adds a line with a point in time, in UTC.
    mutating func add(_ name: String, _ time: Timestamp) {
        fold("\(name):\(time.text(in: .compact, fraction: .none))")
    }

    /// Adds a line with a day.
    mutating func add(_ name: String, _ date: CivilDate) {
        fold("\(name);VALUE=DATE:\(date.text(in: .compact))")
    }

    /// A text in which no character is one of the calendar's own (section 3.3.11).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",":
                result += "\\"
                result.unicodeScalars.append(scalar)
            case "\n": result += "\\n"
            case "\t": result.unicodeScalars.append(scalar)
            default:
                // No other control character may be there.
                if scalar.properties.generalCategory != .control {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    /// Ends a line, broken after 75 bytes at most, but within no character (section 3.1).
    private mutating func fold(_ line: String) {
        var count = 0
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            if count + width > 75 {
                text += "\r\n "
                count = 1
            }
            text.unicodeScalars.append(scalar)
            count += width
        }
        text += "\r\n"
    }
}
