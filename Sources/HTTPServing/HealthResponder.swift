import HTTPTypes
package import Hummingbird
import Synchronization

/// Answers whether the server is alive, and whether it is ready to work.
///
/// `GET /health` answers 200 while requests are served and 503 before that and during shutdown.
package struct HealthResponder: HTTPResponder {
    package typealias Context = BasicRequestContext

    private let readiness: Readiness

    package init(readiness: Readiness) {
        self.readiness = readiness
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
        return readiness.isReady
            ? .json(#"{"status":"ok","live":true,"ready":true}"#, status: .ok)
            : .json(
                #"{"status":"stopping","live":true,"ready":false}"#,
                status: .serviceUnavailable
            )
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
