import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Recurrence
import Tasks

/// `/batch`: several requests in one.
///
/// Each is answered as it would be by itself; together they are one transaction if the batch is atomic.
extension PerennialAPI {
    /// The most operations of a batch.
    private static var operationLimit: Int { 500 }

    func answerBatch(_ call: APICall) async throws -> Response {
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        let isAtomic = reader.flag("atomic").value ?? false
        let operations = reader.list("operations", countLimit: Self.operationLimit) {
            (value) -> ReadItem<BatchOperation> in
            BatchOperation.read(value, isInAtomicBatch: isAtomic)
        }
        reader.require("operations")
        try reader.finish()
        let answers = try await answers(
            to: (operations.value ?? []).map { isTrial ? $0.tried : $0 },
            isAtomic: isAtomic,
            isTrial: isTrial,
            call
        )
        var json = JSONWriter()
        json.beginObject()
        json.name("results")
        json.beginArray()
        for answer in answers {
            json.beginObject()
            json.write("status", count: answer.status)
            json.name("body")
            json.write(answer.body)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return .json(json.bytes)
    }

    private func answers(
        to operations: [BatchOperation],
        isAtomic: Bool,
        isTrial: Bool,
        _ call: APICall
    ) async throws -> [BatchAnswer] {
        if isAtomic {
            let steps = operations.map { operation in
                { @Sendable () async throws -> BatchAnswer in try await carryOut(operation, call) }
            }
            let results = await store.atomically(
                steps,
                in: call.locationID,
                at: call.now,
                trying: isTrial
            )
            return try await results.asyncMap { result in
                switch result {
                case .success(let answer): answer
                case .failure(let error): try await BatchAnswer(to: error, call)
                }
            }
        }
        var answers: [BatchAnswer] = []
        let request = KeyedRequest.current
        for (place, operation) in operations.enumerated() {
            try Task.checkCancellation()
            let answer = try await KeyedRequest.$current.withValue(request?.part(place)) {
                do {
                    return try await carryOut(operation, call)
                } catch let error as CancellationError {
                    throw error
                } catch {
                    return try await BatchAnswer(to: error, call)
                }
            }
            answers.append(answer)
        }
        return answers
    }

    private func carryOut(
        _ operation: BatchOperation,
        _ call: APICall
    ) async throws -> BatchAnswer {
        guard let route = operation.route else { throw Problem.noRoute }
        guard route.has(operation.method) else {
            throw Problem.methodNotAllowed(allowing: route.allowedMethods)
        }
        if route == .batch || route == .events {
            throw Problem(.conflict, "It cannot be an operation of a batch.")
        }
        try route.checkScope(of: call.principal, for: operation.method)
        let part = APICall(
            request: operation.request,
            method: operation.method,
            principal: call.principal,
            zone: call.zone,
            now: call.now,
            traceID: call.traceID
        )
        return try await BatchAnswer(answer(part, at: route))
    }
}

/// One request of a batch.
struct BatchOperation: Hashable, Sendable {
    let method: HTTPRequest.Method
    /// Begins with a slash, without the prefix of the API.
    var path: String
    let ifMatch: String?
    /// JSON; empty where there is no body.
    let body: [UInt8]

    /// The operation as one that is only tried; one that reads changes nothing anyway.
    var tried: BatchOperation {
        guard method != .get else { return self }
        var operation = self
        operation.path += path.contains("?") ? "&dryRun=true" : "?dryRun=true"
        return operation
    }

    static func read(_ value: JSONValue, isInAtomicBatch: Bool) -> ReadItem<BatchOperation> {
        guard let members = value.object else { return .fault("is no object") }
        for member in members.members
        where !["method", "path", "ifMatch", "body"].contains(member.name) {
            return .fault("has `\(member.name.prefix(100))`, which is not known here")
        }
        let methods: [String: HTTPRequest.Method] = [
            "GET": .get, "POST": .post, "PATCH": .patch, "DELETE": .delete,
        ]
        guard let method = methods[members["method"]?.string ?? ""] else {
            return .fault("has no `method` that is GET, POST, PATCH or DELETE")
        }
        guard let path = members["path"]?.string, path.utf8.first == UInt8(ascii: "/"),
            path.utf8.count <= 2000, path.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return .fault("has no `path` that begins with a slash") }
        if let tag = members["ifMatch"], tag.string == nil {
            return .fault("has an `ifMatch` that is no text")
        }
        var body: [UInt8] = []
        if let given = members["body"], given != .null {
            guard given.object != nil else { return .fault("has a `body` that is no object") }
            var json = JSONWriter()
            json.write(given)
            body = json.bytes
        }
        let prefix = "/v1/"
        let operation = BatchOperation(
            method: method,
            path: path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count - 1)) : path,
            ifMatch: members["ifMatch"]?.string,
            body: body
        )
        if isInAtomicBatch, method == .get || !(operation.route?.joinsAtomicBatches ?? true) {
            return .fault("cannot be in an atomic batch")
        }
        return .item(operation)
    }

    /// What the path names; none where the API has no such path.
    var route: APIRoute? {
        APIRoute(RequestPath(request).parts.dropFirst().map(String.init))
    }

    /// The request that the operation stands for.
    var request: Request {
        var headers: HTTPFields = [:]
        headers[.ifMatch] = ifMatch
        return Request(
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

/// The answer to one request of a batch.
struct BatchAnswer: Sendable {
    let status: Int
    let body: JSONValue

    init(_ response: Response) async throws {
        let bytes = try await response.collectedBody()
        status = response.status.code
        body = bytes.isEmpty ? .null : try JSONValue(parsing: bytes, depthLimit: 64)
    }

    init(to error: any Error, _ call: APICall) async throws {
        let problem =
            error is BatchAborted
            ? Problem(.batchAborted, "Another operation of the batch failed; nothing was changed.")
            : Problem(describing: error)
        try await self.init(problem.response(traceID: call.traceID))
    }
}

extension Array {
    /// The results of an asynchronous closure for the elements, one after the other.
    fileprivate func asyncMap<Value>(
        _ transform: (Element) async throws -> Value
    ) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
