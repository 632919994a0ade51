import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Tasks

/// A record as LionDesk shows it, field by field.
protocol LionDeskRecord: Identifiable, Sendable where ID: Sendable {
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

extension LionDeskRecord {
    /// What is shown of the record.
    func members(_ options: LionDeskOptions) -> JSONObject {
        var json = JSONWriter()
        write(to: &json, selecting: nil, options)
        return (try? JSONValue(parsing: json.bytes))?.object ?? [:]
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
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - query: What was asked for.
    ///   - options: What the deployment chose.
    ///   - more: Reads records of the page that were not read yet, while the response is sent.
    /// - Returns: The response.
    static func page<Record: LionDeskRecord>(
        _ page: Page<Record>,
        of query: LionDeskQuery<Record.Field>,
        _ options: LionDeskOptions,
        more: @escaping @Sendable ([Record.ID]) async throws -> Page<Record>
    ) -> Response {
        var json = JSONWriter()
        json.beginPage(page, of: query, options)
        return .json(beginning: json, rest: page.rest) { json, ids in
            let next = try await more(ids)
            for record in next.records {
                record.write(to: &json, selecting: query.select, options)
            }
            if !next.rest.isEmpty { return next.rest }
            json.endPage()
            return nil
        }
    }

    /// A page of records that were all read, in the same envelope.
    static func page<Record: LionDeskRecord>(
        _ page: Page<Record>,
        of query: LionDeskQuery<Record.Field>,
        _ options: LionDeskOptions
    ) -> Response {
        var json = JSONWriter(capacity: 128 + page.records.count * 512)
        json.beginPage(page, of: query, options)
        json.endPage()
        return .json(json.bytes)
    }
}

extension JSONWriter {
    /// Writes the envelope and the records that were read.
    fileprivate mutating func beginPage<Record: LionDeskRecord>(
        _ page: Page<Record>,
        of query: LionDeskQuery<Record.Field>,
        _ options: LionDeskOptions
    ) {
        beginObject()
        name("total")
        write(Int64(page.total))
        name("limit")
        write(Int64(query.limit))
        name("skip")
        write(Int64(query.skip))
        name("data")
        beginArray()
        for record in page.records {
            record.write(to: &self, selecting: query.select, options)
        }
    }

    fileprivate mutating func endPage() {
        endArray()
        endObject()
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
