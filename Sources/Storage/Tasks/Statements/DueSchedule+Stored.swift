import JSON
import Tasks

extension DueSchedule {
    /// The schedule as its column holds it: a JSON object without null members.
    var storedText: String {
        var json = JSONWriter()
        json.beginObject()
        json.name("dueAfter")
        json.write(dueAfter)
        json.name("timeZone")
        json.write(timeZone)
        if let occurrenceLimit {
            json.name("occurrenceLimit")
            json.write(Int64(occurrenceLimit))
        }
        json.write("contactIDs", contactIDs.map(\.rawValue))
        json.write("ownerIDs", ownerIDs.map(\.rawValue))
        if let wording {
            json.name("wording")
            json.write(wording)
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// Reads what ``storedText`` wrote.
    ///
    /// - Throws: ``UnreadableSchedule``.
    init(stored text: String) throws {
        guard let members = try? JSONValue(parsing: Array(text.utf8)).object,
            case .integer(let dueAfter)? = members["dueAfter"],
            let timeZone = members["timeZone"]?.string
        else { throw UnreadableSchedule(text: text) }
        self.init(
            dueAfter: dueAfter,
            timeZone: timeZone,
            occurrenceLimit: members["occurrenceLimit"]?.integer.flatMap { Int(exactly: $0) },
            contactIDs: members["contactIDs"]?.integers.map { Identifier($0) } ?? [],
            ownerIDs: members["ownerIDs"]?.integers.map { Identifier($0) } ?? [],
            wording: members["wording"]?.string
        )
    }
}

/// A schedule that another version wrote and this one cannot read.
struct UnreadableSchedule: Error, Hashable {
    let text: String
}

extension JSONWriter {
    fileprivate mutating func write(_ name: StaticString, _ numbers: [Int64]) {
        self.name(name)
        beginArray()
        for number in numbers { write(number) }
        endArray()
    }
}

extension JSONValue {
    fileprivate var integer: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }

    fileprivate var integers: [Int64] {
        if case .array(let values) = self { values.compactMap(\.integer) } else { [] }
    }
}
