import HTTPServing
import Hummingbird
import JSON
import Tasks

extension Response {
    /// A page of records in the envelope of Feathers: `total`, `limit`, `skip`, `data`.
    static func page<Record, Field: LionDeskField>(
        _ page: Page<Record>,
        of query: LionDeskQuery<Field>,
        write: (inout JSONWriter, Record) -> Void
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
        for record in page.records { write(&json, record) }
        json.endArray()
        json.endObject()
        return .json(json.bytes)
    }
}
