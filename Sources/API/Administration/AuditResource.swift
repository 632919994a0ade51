import HTTPServing
import Hummingbird
import JSON
import Tasks

/// `/audit`: who did what in administration, the latest first.
struct AuditResource<Store: AdministrationStore>: Sendable {
    let store: Store

    func list(_ call: APICall) async throws -> Response {
        var parameters = try call.parameters()
        let limit = parameters.limit()
        let fingerprint = call.fingerprint("audit")
        let place = try parameters.place(in: fingerprint, keyCount: 1)
        try parameters.finish()
        let entries = try await store.audit(
            before: place?[0],
            limit: limit + 1,
            in: call.locationID
        )
        let page = entries.prefix(limit)
        let next = entries.count > limit ? page.last : nil
        var json = JSONWriter()
        json.beginObject()
        json.name("entries")
        json.beginArray()
        for entry in page { json.write(entry) }
        json.endArray()
        if let next {
            json.write("nextCursor", Cursor(query: fingerprint, place: [next.number]).text)
        }
        json.endObject()
        return .json(json.bytes)
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ entry: AuditEntry) {
        beginObject()
        name("number")
        write(entry.number)
        write("at", entry.doneAt)
        write("door", entry.author.door == .api ? "api" : "command")
        write("actorId", entry.author.userID)
        write("tokenId", entry.author.tokenID)
        write("action", entry.action)
        write("subject", entry.subject)
        name("detail")
        if let detail = try? JSONValue(parsing: Array(entry.detail.utf8)) {
            write(detail)
        } else {
            writeNull()
        }
        endObject()
    }
}
