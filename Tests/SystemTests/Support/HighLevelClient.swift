import Foundation
import FoundationNetworking
import Testing

/// Sends requests to a server with a location's token, in HighLevel's dialect.
struct HighLevelClient: Sendable {
    let location: String
    private let root: String
    private let token: String
    private let session = URLSession(configuration: .ephemeral)

    init(of server: ServerProcess, location: String, token: String) {
        root = "http://127.0.0.1:\(server.port)"
        self.location = location
        self.token = token
    }

    /// Sends a request that must succeed, and returns the answer's member with a name.
    @discardableResult
    func send<Value: Decodable>(
        _ method: String,
        _ path: String,
        _ body: String? = nil,
        expecting name: String
    ) async throws -> Value {
        let (data, response) = try await session.data(for: request(method, path, body))
        let status = try #require(response as? HTTPURLResponse).statusCode
        try #require([200, 201].contains(status), "\(String(decoding: data, as: UTF8.self))")
        let members = try JSONDecoder().decode([String: Lenient<Value>].self, from: data)
        return try #require(members[name]?.value, "\(String(decoding: data, as: UTF8.self))")
    }

    /// The status of the answer about a recurring task.
    func status(ofRecurringTask id: String) async throws -> Int {
        let (_, response) = try await session.data(for: request("GET", "\(recurringTasks)/\(id)"))
        return try #require(response as? HTTPURLResponse).statusCode
    }

    /// Makes a recurring task from a body and returns it.
    func create(_ body: String) async throws -> RecurringTaskAnswer {
        try await send("POST", recurringTasks, body, expecting: "recurringTask")
    }

    func recurringTask(_ id: String) async throws -> RecurringTaskAnswer {
        try await send("GET", "\(recurringTasks)/\(id)", expecting: "recurringTask")
    }

    func update(_ id: String, _ body: String) async throws {
        let _: RecurringTaskAnswer = try await send(
            "PUT",
            "\(recurringTasks)/\(id)",
            body,
            expecting: "recurringTask"
        )
    }

    func delete(_ id: String) async throws {
        let isDeleted: Bool = try await send(
            "DELETE",
            "\(recurringTasks)/\(id)",
            expecting: "success"
        )
        #expect(isDeleted)
    }

    func complete(_ task: FoundTask) async throws {
        let contact = try #require(task.contactId)
        let path = "/contacts/\(contact)/tasks/\(task.id)/completed"
        let _: FoundTask = try await send("PUT", path, #"{"completed":true}"#, expecting: "task")
    }

    /// Every task whose title or body contains a text, by due time.
    func tasks(about text: String) async throws -> [FoundTask] {
        var tasks: [FoundTask] = []
        while true {
            let page: [FoundTask] = try await send(
                "POST",
                "/locations/\(location)/tasks/search",
                #"{"query":"\#(text)","limit":500,"skip":\#(tasks.count)}"#,
                expecting: "tasks"
            )
            tasks += page
            if page.count < 500 { return tasks }
        }
    }

    /// Moves the server's test clock.
    func moveClock(to instant: String) async throws {
        let _: String = try await send(
            "PUT",
            "/test-clock",
            #"{"now":"\#(instant)"}"#,
            expecting: "now"
        )
    }

    private func request(
        _ method: String,
        _ path: String,
        _ body: String? = nil
    ) throws -> URLRequest {
        var request = URLRequest(url: try #require(URL(string: root + path)))
        request.httpMethod = method
        request.timeoutInterval = 300
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        request.setValue("2021-07-28", forHTTPHeaderField: "Version")
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = body.map { Data($0.utf8) }
        return request
    }

    private var recurringTasks: String { "/locations/\(location)/recurring-tasks" }
}

/// The members of a recurring task in an answer that the tests check.
struct RecurringTaskAnswer: Decodable, Hashable {
    let id: String
    let totalOccurrence: Int
}

/// The members of a task in an answer that the tests check.
struct FoundTask: Decodable, Hashable {
    let id: String
    let title: String
    let dueDate: String
    let completed: Bool
    let contactId: String?
}

/// A value of the expected type, or nil where the JSON has another type.
private struct Lenient<Value: Decodable>: Decodable {
    let value: Value?

    init(from decoder: any Decoder) throws {
        value = try? decoder.singleValueContainer().decode(Value.self)
    }
}
