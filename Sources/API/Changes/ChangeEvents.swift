import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Recurrence
import Tasks

extension ChangeRecords {
    /// For how long a client is told of changes before it has to ask again, with its token.
    private static var streamDuration: Duration { .seconds(600) }
    /// How often a client is told that the stream is alive while nothing changes.
    private static var heartbeatInterval: Duration { .seconds(20) }
    /// The most changes that are read at once.
    private static var pageLimit: Int { 50 }

    /// Tells of changes as they come, as server-sent events.
    ///
    /// It begins after the cursor of `Last-Event-ID`, or of `after`; without one, with the next change.
    func events(_ call: APICall) async throws -> Response {
        var parameters = try call.parameters()
        var place = try parameters.feedPlace("after", for: call)
        try parameters.finish()
        if let text = call.lastEventID {
            guard let cursor = call.feedPlace(of: text) else {
                throw Problem(.invalidCursor, "`Last-Event-ID` is of another stream.")
            }
            place = cursor
        }
        let start: FeedPlace
        if let place {
            // What is wrong with the place is told before the stream begins.
            _ = try await page(after: place, limit: Self.pageLimit, call)
            start = place
        } else {
            start = try await store.endOfFeed(in: call.locationID)
        }
        let body = ResponseBody { writer in
            try await stream(after: start, to: &writer, call)
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: body
        )
    }

    private func stream(
        after start: FeedPlace,
        to writer: inout any ResponseBodyWriter,
        _ call: APICall
    ) async throws {
        let follower = store.feedBell.follower(of: call.locationID)
        defer { store.feedBell.remove(follower, of: call.locationID) }
        let end = time.uptime() + Self.streamDuration
        var place = start
        try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
        while time.uptime() < end, !Task.isCancelled {
            let page = try await page(after: place, limit: Self.pageLimit, call)
            place = page.end
            var words = RuleWords(zones: zones, for: call)
            for (number, change) in page.changes.enumerated() {
                let isLast = number == page.changes.count - 1
                let end = isLast ? page.end : FeedPlace(changeNumber: change.number)
                let id = call.cursor(of: end).text
                try await writer.write(event(change, id, &words, call))
            }
            if page.hasMore { continue }
            if store.feedBell.isClosed { return }
            let hasRung = await follower.wait { [time] in
                try await time.pause(Self.heartbeatInterval)
            }
            if !hasRung { try await writer.write(ByteBuffer(string: ":\n\n")) }
        }
    }

    private func event(
        _ change: FeedChange,
        _ id: String,
        _ words: inout RuleWords<Zones>,
        _ call: APICall
    ) -> ByteBuffer {
        var json = JSONWriter()
        write(change, to: &json, &words, call)
        var buffer = ByteBuffer(string: "id: \(id)\nevent: change\ndata: ")
        buffer.writeBytes(json.bytes)
        buffer.writeString("\n\n")
        return buffer
    }
}

extension APICall {
    /// The identifier of the last event that the client has.
    fileprivate var lastEventID: String? {
        header(.lastEventID)
    }

    /// The place in the log that a cursor of the caller's names.
    fileprivate func feedPlace(of text: String) -> FeedPlace? {
        guard let cursor = Cursor(parsing: text), cursor.query == fingerprint("changes"),
            cursor.place.count == 2, cursor.place[0] >= 0,
            let count = Int32(exactly: cursor.place[1]), count >= 0
        else { return nil }
        return FeedPlace(changeNumber: cursor.place[0], recordCount: Int(count))
    }
}
