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
    /// - Returns: Nothing where another version wrote it, or nobody.
    init?(stored text: String) {
        guard let members = try? JSONValue(parsing: Array(text.utf8)).object,
            case .integer(let dueAfter)? = members["dueAfter"],
            ClosedRange.dueDelays.contains(dueAfter),
            let timeZone = members["timeZone"]?.string,
            ClosedRange.zoneNames.contains(timeZone.utf8.count)
        else { return nil }
        let limit = members["occurrenceLimit"]?.integer
        let contactIDs = members["contactIDs"]?.integers ?? []
        let ownerIDs = members["ownerIDs"]?.integers ?? []
        guard limit.map({ ClosedRange.counts.contains($0) }) ?? true,
            (contactIDs + ownerIDs).allSatisfy({ ClosedRange.identifiers.contains($0) })
        else { return nil }
        self.init(
            dueAfter: dueAfter,
            timeZone: timeZone,
            occurrenceLimit: limit.map { Int($0) },
            contactIDs: contactIDs.map { Identifier($0) },
            ownerIDs: ownerIDs.map { Identifier($0) },
            wording: members["wording"]?.string
        )
    }
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
