import Foundation
import FoundationNetworking
import Testing

/// Sends requests to a server with a user's token, in LionDesk's dialect.
struct Client: Sendable {
    private let root: String
    private let token: String
    private let session = URLSession(configuration: .ephemeral)

    static let tasks = "/api/v1/scheduled/tasks"

    init(of server: ServerProcess, token: String = "") {
        root = "http://127.0.0.1:\(server.port)"
        self.token = token
    }

    /// Returns the status and the body of a complete answer.
    func send(
        _ method: String,
        _ path: String,
        _ body: [String: String]? = nil,
        key: String? = nil
    ) async throws -> (status: Int, body: Data) {
        var request = URLRequest(url: try #require(URL(string: root + path)))
        request.httpMethod = method
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        if let key { request.setValue(key, forHTTPHeaderField: "Idempotency-Key") }
        request.httpBody = try body.map { try JSONEncoder().encode($0) }
        let (data, response) = try await session.data(for: request)
        return (try #require(response as? HTTPURLResponse).statusCode, data)
    }

    /// Creates a task of the demo's first user, and returns it if the server answers that it did.
    func create(
        _ description: String,
        dueAt: String = "1971-01-03T12:00:00",
        rule: String? = nil,
        key: String? = nil
    ) async throws -> TaskAnswer {
        var members = [
            "assigned_user_id": "1", "due_at": dueAt, "description": description,
            "status": "incomplete",
        ]
        members["recurrence_rule"] = rule
        let (status, body) = try await send("POST", Self.tasks, members, key: key)
        try #require(status == 201, "\(String(decoding: body, as: UTF8.self))")
        return try JSONDecoder().decode(TaskAnswer.self, from: body)
    }

    /// Asks for a task and returns the status of the answer.
    func statusOfCreating(_ description: String) async throws -> Int {
        let members = [
            "assigned_user_id": "1", "due_at": "1971-01-03T12:00:00", "description": description,
            "status": "incomplete",
        ]
        return try await send("POST", Self.tasks, members).status
    }

    /// Returns every task that passes the filters, in the order of identifiers.
    func tasks(where filters: String = "") async throws -> [TaskAnswer] {
        var tasks: [TaskAnswer] = []
        while true {
            let query = "$sort[id]=1&$limit=50&$skip=\(tasks.count)&\(filters)"
            let (status, body) = try await send("GET", "\(Self.tasks)?\(query)")
            try #require(status == 200, "\(String(decoding: body, as: UTF8.self))")
            let page = try JSONDecoder().decode(PageAnswer.self, from: body)
            tasks += page.data
            if page.data.isEmpty || tasks.count >= page.total { return tasks }
        }
    }
}

/// The members of a task in an answer that the tests check.
struct TaskAnswer: Decodable, Hashable {
    let id: String
    let eventID: String
    let description: String
    let dueAt: String

    enum CodingKeys: String, CodingKey {
        case id
        case eventID = "scheduled_event_id"
        case description
        case dueAt = "due_at"
    }
}

private struct PageAnswer: Decodable {
    let total: Int
    let data: [TaskAnswer]
}
