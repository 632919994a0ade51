import HTTPServing
import JSON
import Recurrence
import Tasks

extension JSONWriter {
    mutating func write(_ name: StaticString, _ text: String?) {
        self.name(name)
        if let text { write(text) } else { writeNull() }
    }

    /// Writes the identifier of a record as its decimal digits.
    mutating func write<Subject>(_ name: StaticString, _ id: Identifier<Subject>?) {
        self.name(name)
        if let id {
            writeQuoted { $0.append(contentsOf: String(id.rawValue).utf8) }
        } else {
            writeNull()
        }
    }

    /// Writes the identifiers of records as their decimal digits.
    mutating func write<Subject>(_ name: StaticString, _ ids: [Identifier<Subject>]) {
        self.name(name)
        beginArray()
        for id in ids { write(String(id.rawValue)) }
        endArray()
    }

    mutating func write(_ name: StaticString, _ flag: Bool) {
        self.name(name)
        write(flag)
    }

    mutating func write(_ name: StaticString, _ timestamp: Timestamp?) {
        self.name(name)
        if let timestamp { write(timestamp) } else { writeNull() }
    }

    mutating func write(_ name: StaticString, _ local: LocalDateTime?) {
        self.name(name)
        if let local { write(local) } else { writeNull() }
    }

    mutating func write(_ name: StaticString, count: Int) {
        self.name(name)
        write(Int64(count))
    }
}

extension Identifier {
    /// Reads the decimal digits of a record's number, without zeros before them.
    init?(digits text: String) {
        guard let number = Int64(text), (1...Self.largest).contains(number),
            String(number) == text
        else { return nil }
        self.init(number)
    }

    /// Reads the identifier of a task or series: decimal digits, or the 20 characters that HighLevel
    /// shows.
    init?(written text: String) {
        if let id = Self(digits: text) { self = id } else { self.init(highLevel: text) }
    }
}
