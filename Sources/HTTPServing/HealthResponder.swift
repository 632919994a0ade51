import HTTPTypes
package import Hummingbird
import JSON
import Synchronization

/// Answers whether the server is alive, and whether it is ready to work.
///
/// `GET /health` answers 200 while requests are served and 503 before that and during shutdown. It
/// tells how many series are set aside. If the machine's clock is not believed, a member `clock` says
/// why. The server works all the same.
package struct HealthResponder: HTTPResponder {
    package typealias Context = BasicRequestContext

    private let readiness: Readiness
    private let setAsideCount: @Sendable () -> Int
    private let clockTrouble: @Sendable () -> String?

    /// Creates a responder.
    ///
    /// - Parameters:
    ///   - readiness: Whether the server is ready.
    ///   - setAsideCount: Returns how many series are set aside, without a look at the store.
    ///   - clockTrouble: What is wrong with the machine's clock, in a word.
    package init(
        readiness: Readiness,
        setAsideCount: @escaping @Sendable () -> Int = { 0 },
        clockTrouble: @escaping @Sendable () -> String? = { nil }
    ) {
        self.readiness = readiness
        self.setAsideCount = setAsideCount
        self.clockTrouble = clockTrouble
    }

    /// Answers with the state as JSON; `live` is always true.
    package func respond(to request: Request, context: Context) async throws -> Response {
        guard request.method == .get || request.method == .head else {
            var response = Response.json(
                #"{"message":"Only GET is answered here"}"#,
                status: .methodNotAllowed
            )
            response.headers[.allow] = "GET, HEAD"
            return response
        }
        let isReady = readiness.isReady
        var json = JSONWriter()
        json.beginObject()
        json.name("status")
        json.write(isReady ? "ok" : "stopping")
        json.name("live")
        json.write(true)
        json.name("ready")
        json.write(isReady)
        json.name("seriesSetAside")
        json.write(Int64(setAsideCount()))
        if let trouble = clockTrouble() {
            json.name("clock")
            json.write(trouble)
        }
        json.endObject()
        return .json(json.bytes, status: isReady ? .ok : .serviceUnavailable)
    }
}

/// Whether the server is ready to work.
package final class Readiness: Sendable {
    private let ready = Atomic(false)

    package init() {}

    var isReady: Bool { ready.load(ordering: .relaxed) }

    package func set(_ isReady: Bool) {
        ready.store(isReady, ordering: .relaxed)
    }
}
