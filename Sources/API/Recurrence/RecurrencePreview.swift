import HTTPServing
import Hummingbird
import JSON
import Recurrence
import RecurrenceWords
import Tasks

/// `/recurrence/preview`: what a rule, or words, would mean.
struct RecurrencePreview<Zones: ZoneSource>: Sendable {
    let zones: Zones

    /// The most occurrences that are shown.
    private static var countLimit: Int64 { 500 }

    func answer(_ call: APICall) async throws -> Response {
        try call.expectNoParameters()
        var reader = MemberReader(try await call.body())
        let count = reader.integer("count", in: 1...Self.countLimit).value ?? 10
        let language = reader.language("locale")
        let recurrences = RecurrenceReader(zones: zones, zone: call.zone, now: call.now)
        let said: SaidRecurrence?
        if reader.has("recurrence") {
            said =
                reader.object("recurrence") { reader in
                    recurrences.read(from: &reader, language: language)
                }.value
        } else {
            said = recurrences.read(from: &reader, language: language)
        }
        try reader.finish()
        guard let said else { throw Problem(.internalError, "A fault was not told.") }
        var json = JSONWriter()
        json.beginObject()
        json.write("rule", said.rule.text)
        json.write(
            "words",
            said.rule.rule.words(
                start: said.start.local,
                isAllDay: said.isAllDay,
                zone: said.start.zone,
                language: language.language
            )
        )
        json.write("start", said.start.local)
        json.write("timeZone", said.start.zone.identifier)
        json.write("isAllDay", said.isAllDay)
        json.name("occurrences")
        json.beginArray()
        for occurrence in said.occurrences.occurrences().prefix(Int(count)) {
            json.write(occurrence, in: said.start.zone)
        }
        json.endArray()
        json.endObject()
        return .json(json.bytes)
    }
}

extension JSONWriter {
    /// Writes an occurrence, with a note where the clocks skip its time.
    fileprivate mutating func write(_ occurrence: Occurrence, in zone: Zone) {
        beginObject()
        write("slot", occurrence.recurrenceID)
        write("at", occurrence.timestamp)
        let shown = zone.localDateTime(at: occurrence.timestamp)
        if shown != occurrence.recurrenceID {
            write("note", "The clocks skip this time and show \(shown.text(in: .extended)) then.")
        }
        endObject()
    }
}
