import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Tasks

/// A record as LionDesk shows it, field by field.
protocol LionDeskRecord: Sendable {
    associatedtype Field: LionDeskField

    /// Writes a field's name and its value.
    ///
    /// - Parameters:
    ///   - field: The field.
    ///   - json: Where it is written to.
    ///   - asNumbers: Whether identifiers and small integers are written as numbers.
    func write(_ field: Field, to json: inout JSONWriter, asNumbers: Bool)
}

extension LionDeskRecord {
    /// Writes the record, or the fields of it that a request selects.
    fileprivate func write(
        to json: inout JSONWriter,
        selecting select: Set<Field>?,
        _ options: LionDeskOptions
    ) {
        json.beginObject()
        for field in Field.allCases where select?.contains(field) ?? true {
            write(field, to: &json, asNumbers: options.writesNumbers)
        }
        json.endObject()
    }
}

extension Response {
    /// One record.
    static func record<Record: LionDeskRecord>(
        _ record: Record,
        selecting select: Set<Record.Field>?,
        status: HTTPResponse.Status = .ok,
        _ options: LionDeskOptions
    ) -> Response {
        var json = JSONWriter()
        record.write(to: &json, selecting: select, options)
        return .json(json.bytes, status: status)
    }

    /// A page of records in the envelope of Feathers: `total`, `limit`, `skip`, `data`.
    static func page<Record: LionDeskRecord>(
        _ page: Page<Record>,
        of query: LionDeskQuery<Record.Field>,
        _ options: LionDeskOptions
    ) -> Response {
        var json = JSONWriter(capacity: 128 + page.records.count * 512)
        json.beginObject()
        json.name("total")
        json.write(Int64(page.total))
        json.name("limit")
        json.write(Int64(query.limit))
        json.name("skip")
        json.write(Int64(query.skip))
        json.name("data")
        json.beginArray()
        for record in page.records {
            record.write(to: &json, selecting: query.select, options)
        }
        json.endArray()
        json.endObject()
        return .json(json.bytes)
    }
}

extension JSONWriter {
    /// Writes an identifier or a small integer: as a number, or else as a string of digits.
    mutating func write(_ name: StaticString, number: Int64?, _ asNumbers: Bool) {
        self.name(name)
        switch number {
        case nil: writeNull()
        case let number? where asNumbers: write(number)
        case let number?: write(String(number))
        }
    }

    mutating func write(_ name: StaticString, text: String?) {
        self.name(name)
        if let text { write(text) } else { writeNull() }
    }
}
