import HTTPServing
import HTTPTypes
package import Hummingbird
import JSON
import NIOCore
package import Tasks
import Wording

/// The server's own API, as somebody who is signed in asks it, within the process.
///
/// The page stands on it: every view is made of its answers, and every form is one of its requests.
package struct OwnAPI: Sendable {
    /// Answers a request of somebody, as the API would answer it.
    package typealias Answering = @Sendable (Request, Principal) async throws -> Response

    private let principal: Principal
    /// What the browser calls its request, so that one that comes again is carried out once.
    private let key: String?
    private let answer: Answering

    init(as principal: Principal, key: String? = nil, _ answer: @escaping Answering) {
        self.principal = principal
        self.key = key
        self.answer = answer
    }

    /// The same without a key.
    var keyless: OwnAPI { OwnAPI(as: principal, answer) }

    /// Asks for a record or a list.
    ///
    /// - Throws: ``Refusal``.
    func get(_ path: String) async throws -> Record {
        try await send(.get, path)
    }

    /// Has something done.
    ///
    /// - Throws: ``Refusal``.
    @discardableResult
    func post(
        _ path: String,
        _ body: JSONObject = [:],
        ifMatch: String? = nil
    ) async throws -> Record {
        try await send(.post, path, body, ifMatch: ifMatch)
    }

    /// Changes a record.
    ///
    /// - Throws: ``Refusal``.
    @discardableResult
    func patch(_ path: String, _ body: JSONObject, ifMatch: String? = nil) async throws -> Record {
        try await send(.patch, path, body, ifMatch: ifMatch)
    }

    /// - Throws: ``Refusal``.
    @discardableResult
    func delete(_ path: String) async throws -> Record {
        try await send(.delete, path)
    }

    /// Opens a stream of events.
    func stream(_ path: String, after cursor: String?) async throws -> Response {
        var headers: HTTPFields = [:]
        headers[.lastEventID] = cursor
        return try await answer(request(.get, path, headers, []), principal)
    }

    /// Sends a request, and reads the JSON that it is answered with.
    ///
    /// - Throws: ``Refusal``.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSONObject? = nil,
        ifMatch: String? = nil
    ) async throws -> Record {
        var headers: HTTPFields = [:]
        headers[.ifMatch] = ifMatch
        let isTrial = path.hasSuffix("dryRun=true") || path.hasSuffix("/preview")
        if let key, method != .get, !isTrial {
            headers[.idempotencyKey] = String("\(key) \(path)".prefix(255))
        }
        var bytes: [UInt8] = []
        if let body {
            var json = JSONWriter()
            json.write(.object(body))
            bytes = json.bytes
            headers[.contentType] =
                method == .patch ? "application/merge-patch+json" : "application/json"
        }
        let response = try await answer(request(method, path, headers, bytes), principal)
        let answered = try await response.collectedBody()
        let value = answered.isEmpty ? .null : try JSONValue(parsing: answered, depthLimit: 64)
        let record = Record(value.object ?? [:])
        guard response.status.code < 300 else {
            throw Refusal(status: response.status.code, problem: record)
        }
        return record
    }

    private func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields,
        _ body: [UInt8]
    ) -> Request {
        Request(
            head: HTTPRequest(
                method: method,
                scheme: "http",
                authority: "localhost",
                path: "/v1" + path,
                headerFields: headers
            ),
            body: RequestBody(buffer: ByteBuffer(bytes: body))
        )
    }
}

/// What the API refused, and why.
struct Refusal: Error, Sendable {
    let status: Int
    let problem: Record

    /// The last part of the problem's type, such as `changed-meanwhile`.
    var kind: String { problem.text("type").split(separator: "/").last.map(String.init) ?? "" }

    /// Why, in a sentence for each fault.
    var reasons: [String] {
        let faults = problem.records("errors").map { fault in
            let place = fault.optional("pointer") ?? fault.optional("parameter") ?? ""
            let name = place.split(separator: "/").last ?? ""
            return name.isEmpty ? fault.text("reason") : "\(name) \(fault.text("reason"))"
        }
        return faults.isEmpty ? [problem.text("detail")] : faults
    }
}
