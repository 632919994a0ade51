import HTTPServing
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/reminders`: what is to be sent to people, and what became of it, by the time of sending.
struct ReminderRecords<Store: ReminderLedger>: Sendable {
    let store: Store

    private static var channels: KeyValuePairs<String, ReminderWay> {
        ["email": .email, "sms": .sms, "webhook": .webhook, "page": .page, "call": .call]
    }

    private static var states: KeyValuePairs<String, ReminderState> {
        [
            "waiting": .waiting, "sent": .sent, "withdrawn": .withdrawn, "missed": .missed,
            "failed": .failed,
        ]
    }

    /// Answers with a page: of all reminders of the location, or of the caller's own.
    func list(_ call: APICall) async throws -> Response {
        var parameters = try call.parameters()
        let limit = parameters.limit()
        var query = ReminderQuery(
            taskID: parameters.task("task"),
            userID: parameters.user("user", for: call),
            way: parameters.choice("channel", among: Self.channels),
            state: parameters.choice("state", among: Self.states),
            from: parameters.instant("from"),
            until: parameters.instant("until")
        )
        let fingerprint = call.fingerprint("reminders", query.parts)
        let keys = try parameters.place(in: fingerprint, keyCount: ReminderPlace.keyCount)
        try parameters.finish()
        let place = try keys.map { keys throws(Problem) in
            guard let place = ReminderPlace(keys, in: call.locationID) else {
                throw Problem(.invalidCursor, "It was not answered here; begin without one.")
            }
            return place
        }
        if let ownID = call.actor.boundingUserID {
            // Those of others are as those that there are not.
            guard query.userID.map({ $0 == ownID }) ?? true else {
                return response([], next: nil)
            }
            query.userID = ownID
        }
        let reminders = try await store.reminders(
            query,
            in: call.locationID,
            after: place?.reminder,
            limit: limit + 1
        )
        let page = reminders.prefix(limit)
        let last = reminders.count > limit ? page.last : nil
        let next = last.map { Cursor(query: fingerprint, place: ReminderPlace($0).keys) }
        return response(page, next: next)
    }

    private func response(_ reminders: ArraySlice<PlannedReminder>, next: Cursor?) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name("reminders")
        json.beginArray()
        for reminder in reminders { json.write(reminder) }
        json.endArray()
        if let next { json.write("nextCursor", next.text) }
        json.endObject()
        return .json(json.bytes)
    }
}

extension ReminderQuery {
    /// What tells this query from others.
    fileprivate var parts: [String] {
        [
            "\(taskID?.rawValue ?? 0)", "\(userID?.rawValue ?? 0)", way?.rawValue ?? "",
            state?.rawValue ?? "", "\(from?.microseconds ?? .min)",
            "\(until?.microseconds ?? .max)",
        ]
    }
}

extension ParameterReader {
    fileprivate mutating func task(_ name: String) -> Identifier<TaskInstance>? {
        guard let text = text(name) else { return nil }
        if let id = Identifier<TaskInstance>(written: text) { return id }
        note(name, "is no identifier")
        return nil
    }
}
