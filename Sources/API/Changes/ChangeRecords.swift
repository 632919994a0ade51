import HTTPServing
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/changes`: what changed in the location, as the caller sees it.
struct ChangeRecords<Store: BrowsingStore & ChangeFeedStore, Zones: ZoneSource>: Sendable {
    let store: Store
    let browsing: BrowsingCommands<Store, Zones>
    let zones: Zones
    let time: FollowingTime

    /// The longest time for which an answer is held, in seconds.
    private static var longestWait: Int { 55 }

    /// Answers with the changes after a cursor; without one, with the cursor of now.
    ///
    /// If there are none, the answer may be held until there are.
    func list(_ call: APICall) async throws -> Response {
        var parameters = try call.parameters()
        let limit = parameters.limit()
        let wait = parameters.integer("wait", in: 0...Self.longestWait) ?? 0
        let place = try parameters.feedPlace("after", for: call)
        try parameters.finish()
        guard let place else {
            let end = try await store.endOfFeed(in: call.locationID)
            return .json(json(of: FeedPage(end: end), call).bytes)
        }
        let page = try await store.feed(
            after: place,
            limit: limit,
            seenBy: call.viewer,
            in: call.locationID
        )
        guard page.changes.isEmpty, wait > 0 else { return .json(json(of: page, call).bytes) }
        // The body is held and not the answer: so a client that waits takes the least memory.
        return .json(beginning: JSONWriter(), rest: page.end) { json, place in
            let page = try await pageToCome(after: place, limit: limit, wait: wait, call)
            json = self.json(of: page, call)
            return nil
        }
    }

    private func json(of page: FeedPage, _ call: APICall) -> JSONWriter {
        var json = JSONWriter()
        json.beginObject()
        json.name("changes")
        json.beginArray()
        var words = RuleWords(zones: zones, for: call)
        for change in page.changes { write(change, to: &json, &words, call) }
        json.endArray()
        json.write("cursor", call.cursor(of: page.end).text)
        json.write("hasMore", page.hasMore)
        json.endObject()
        return json
    }

    /// Reads a page in a task of its own, since a task that waits for more keeps the memory of its
    /// deepest calls.
    func page(after place: FeedPlace, limit: Int, _ call: APICall) async throws -> FeedPage {
        async let page = store.feed(
            after: place,
            limit: limit,
            seenBy: call.viewer,
            in: call.locationID
        )
        return try await page
    }

    /// The first page that has changes; an empty one if none come in time.
    private func pageToCome(
        after place: FeedPlace,
        limit: Int,
        wait seconds: Int,
        _ call: APICall
    ) async throws -> FeedPage {
        let follower = store.feedBell.follower(of: call.locationID)
        defer { store.feedBell.remove(follower, of: call.locationID) }
        let end = time.uptime() + .seconds(seconds)
        var page = try await self.page(after: place, limit: limit, call)
        while page.changes.isEmpty, !store.feedBell.isClosed {
            if !page.hasMore {
                let left = end - time.uptime()
                let hasRung = await follower.wait { [time] in try await time.pause(left) }
                guard hasRung, !Task.isCancelled else { break }
            }
            page = try await self.page(after: page.end, limit: limit, call)
        }
        return page
    }

    func write(
        _ change: FeedChange,
        to json: inout JSONWriter,
        _ words: inout RuleWords<Zones>,
        _ call: APICall
    ) {
        json.beginObject()
        json.name("number")
        json.write(change.number)
        json.write("at", change.at)
        json.write("actorId", change.actorID)
        json.write("door", change.door?.word)
        json.write("kind", change.kind.word)
        json.name("tasks")
        json.beginArray()
        for task in change.tasks { words.record(of: task).write(to: &json) }
        json.endArray()
        json.name("series")
        json.beginArray()
        for entry in change.series {
            // A series whose zone cannot be read at the moment has no next occurrence to show.
            browsing.record(of: entry, for: call).write(to: &json)
        }
        json.endArray()
        json.name("removed")
        json.beginArray()
        for id in change.removedTasks { json.writeRemoved("taskId", id) }
        for id in change.removedSeries { json.writeRemoved("seriesId", id) }
        json.endArray()
        json.endObject()
    }
}

extension APICall {
    /// The cursor of a place in the log, for the caller.
    func cursor(of place: FeedPlace) -> Cursor {
        Cursor(
            query: fingerprint("changes"),
            place: [place.changeNumber, Int64(place.recordCount)]
        )
    }
}

extension ParameterReader {
    /// Reads a place in the log.
    mutating func feedPlace(
        _ name: String,
        for call: APICall
    ) throws(Problem) -> FeedPlace? {
        let keys = try place(named: name, in: call.fingerprint("changes"), keyCount: 2)
        guard let keys else { return nil }
        guard keys[0] >= 0, let count = Int32(exactly: keys[1]), count >= 0 else {
            note(name, "is of no change")
            return nil
        }
        return FeedPlace(changeNumber: keys[0], recordCount: Int(count))
    }
}

extension JSONWriter {
    mutating func writeRemoved<Subject>(
        _ name: StaticString,
        _ id: Identifier<Subject>
    ) {
        beginObject()
        write(name, id)
        endObject()
    }
}

extension ChangeDoor {
    var word: String {
        switch self {
        case .api: "api"
        case .lionDesk: "lionDesk"
        case .highLevel: "highLevel"
        case .command: "command"
        }
    }
}

extension ChangeKind {
    var word: String {
        switch self {
        case .created: "created"
        case .updated: "updated"
        case .deleted: "deleted"
        case .materialized: "made"
        case .reminded: "reminded"
        }
    }
}
