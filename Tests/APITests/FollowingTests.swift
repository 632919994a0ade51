import Foundation
import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Storage
import Tasks
import TestSupport
import Testing

/// `wait` at `/changes`, and what is told of a log that was cut.
@Suite struct FollowingTests {
    private var server: TestServer { get throws { try .current } }

    @Test(.server) func `an answer is held until something changes`() async throws {
        let server = try server
        let cursor = try await server.get("/changes").text("cursor")
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<20 {
                group.addTask { try await server.get("/changes?after=\(cursor)&wait=55") }
            }
            // Whether the change comes before a follower waits or after it, it is told of.
            _ = try await server.make(Said())
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for answer in answers { #expect(answer.objects("changes").count == 1) }
    }

    @Test(.server) func `an answer is not held where there is something to tell`() async throws {
        let cursor = try await server.get("/changes").text("cursor")
        _ = try await server.make(Said())
        let answer = try await server.get("/changes?after=\(cursor)&wait=55")
        #expect(answer.objects("changes").count == 1)
        #expect(try await server.get("/changes?wait=55").objects("changes").isEmpty)
        #expect(try await server.get("/changes?after=\(cursor)&wait=56").status == 400)
    }

    @Test(.server) func `nobody waits for a server that is about to stop`() async throws {
        let server = try server
        let cursor = try await server.get("/changes").text("cursor")
        let answer = try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { try await server.get("/changes?after=\(cursor)&wait=55") }
            server.store.feedBell.close()
            return try await group.next()
        }
        #expect(answer?.objects("changes").isEmpty == true)
        #expect(answer?.text("cursor") == cursor)
    }

    @Test(.server) func `a cursor before what the log has is refused`() async throws {
        let cursor = try await server.get("/changes").text("cursor")
        for _ in 0..<4 { _ = try await server.make(Said()) }
        try server.clock.advance(by: .seconds(86_400))
        _ = try await server.make(Said())
        let later = try await server.get("/changes").text("cursor")
        #expect(try await server.get("/changes?after=\(cursor)").objects("changes").count == 5)
        let before = try server.clock.now.advanced(by: .seconds(-60))
        #expect(try await server.store.cutLogs(before: before) == 4)
        let refused = try await server.get("/changes?after=\(cursor)")
        #expect(refused.status == 410)
        #expect(refused.problem == "changes-forgotten")
        #expect(try await server.get("/events?after=\(cursor)").status == 410)
        #expect(try await server.get("/changes?after=\(later)").status == 200)
    }

    @Test(.server) func `a bell that rings before one waits is heard`() async {
        let bell = FeedBell()
        let location = LocationID(TestOffice.location)
        let follower = bell.follower(of: location)
        bell.ring(location)
        #expect(await follower.wait { await Wait.untilCancelled() })
        #expect(await !follower.wait {})
        bell.remove(follower, of: location)
        #expect(bell.followedLocations.isEmpty)
        bell.ring(location)
        #expect(await !follower.wait {})
    }

    @Test(.server) func `events have the cursor after them`() async throws {
        let server = try server
        let cursor = try await server.get("/changes").text("cursor")
        for _ in 0..<3 { _ = try await server.make(Said()) }
        // Such a stream ends after what there is.
        server.store.feedBell.close()
        let events = try await server.events("?after=\(cursor)")
        #expect(events.map(\.name) == ["change", "change", "change"])
        let rest = try await server.events("", after: events[1].id)
        #expect(rest.map(\.id) == [events[2].id])
        #expect(rest.map(\.data) == [events[2].data])
        let field = try #require(HTTPField.Name("Last-Event-ID"))
        let refused = try await server.send(.get, "/events", as: .ana, [field: "x"])
        #expect(refused.status == 400)
    }
}

/// A server-sent event.
private struct Event {
    var id = ""
    var name = ""
    var data = ""
}

extension TestServer {
    /// The events of a stream that ends.
    fileprivate func events(_ query: String, after id: String? = nil) async throws -> [Event] {
        var fields: HTTPFields = [:]
        if let name = HTTPField.Name("Last-Event-ID") { fields[name] = id }
        let text = try await get("/events\(query)", as: .ana, fields).text
        return text.components(separatedBy: "\n\n").compactMap { part in
            var event = Event()
            for line in part.split(separator: "\n") {
                if line.hasPrefix("id: ") { event.id = String(line.dropFirst(4)) }
                if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
                if line.hasPrefix("data: ") { event.data = String(line.dropFirst(6)) }
            }
            return event.id.isEmpty ? nil : event
        }
    }
}
