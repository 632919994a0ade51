import Foundation
import HTTPTypes
import JSON
import ServerTestSupport
import Tasks
import Testing

/// Holds the bodies that are described to the members that are understood.
@Suite(.server) struct DescribedMemberTests {
    private let schemas: JSONObject

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let bytes = try Data(contentsOf: root.appending(path: "docs/openapi/api.json"))
        let value = try JSONValue(parsing: Array(bytes), depthLimit: 64)
        schemas = try #require(value.object).object("components").object("schemas")
    }

    @Test(
        arguments: [
            ("TaskBody", "POST", "/tasks"), ("TaskPatch", "PATCH", "/tasks/TASK"),
            ("SeriesBody", "POST", "/series"), ("SeriesPatch", "PATCH", "/series/SERIES"),
            ("UserBody", "POST", "/users"), ("UserPatch", "PATCH", "/users/2"),
            ("TeamBody", "POST", "/teams"), ("TeamPatch", "PATCH", "/teams/1"),
            ("ContactBody", "POST", "/contacts"), ("ContactPatch", "PATCH", "/contacts/2"),
            ("CategoryBody", "POST", "/categories"), ("CategoryPatch", "PATCH", "/categories/6"),
            ("CalendarBody", "POST", "/calendars"), ("LocationPatch", "PATCH", "/location"),
            ("PauseBody", "POST", "/series/SERIES/pause"),
            ("EndBody", "POST", "/series/SERIES/end"),
            ("TokenBody", "POST", "/tokens"), ("WebhookBody", "POST", "/webhooks"),
        ]
    )
    func `a body's members are those that are understood, and no others`(
        schema: String,
        method: String,
        path: String
    ) async throws {
        let server = try TestServer.current
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=3"))
        let series = try #require(task.slot?.seriesID.rawValue)
        let path = path.replacing("TASK", with: "\(task.id.rawValue)")
            .replacing("SERIES", with: "\(series)")
        // A line that says a task stands for all other members.
        let names = Set(schemas.members.flatMap { members(of: $0.name) }).subtracting(["text"])
        var known: Set<String> = []
        // Not all faults of a long body are told.
        for name in names.sorted() {
            let answer = try await server.send(
                try #require(HTTPRequest.Method(rawValue: method)),
                "\(path)?dryRun=true",
                as: .adam,
                [:],
                JSONObject(name, .null).bytes
            )
            if !answer.faults.contains("/\(name) is not known here") { known.insert(name) }
        }
        #expect(known == Set(members(of: schema)), "\(schema)")
    }

    private func members(of schema: String) -> [String] {
        schemas.object(schema).object("properties").names
    }
}
