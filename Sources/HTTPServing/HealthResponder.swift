import HTTPTypes
package import Hummingbird
import Synchronization
package import Tasks

/// Answers whether the server is alive, and whether it is ready to work.
///
/// `GET /health` answers 200 while requests are served. It answers 503 before that, during shutdown,
/// and while the store is in trouble, which its status then names. `GET /health?deep` tries the
/// store out first.
package struct HealthResponder: HTTPResponder {
    package typealias Context = BasicRequestContext

    private let readiness: Readiness
    private let storeTrouble: @Sendable () -> StoreTrouble?
    private let storeTroubleOnTrial: @Sendable () async -> StoreTrouble?

    /// Creates a responder.
    ///
    /// - Parameters:
    ///   - readiness: Whether requests are served.
    ///   - storeTrouble: Returns why the store cannot be relied on, as far as is known.
    ///   - storeTroubleOnTrial: Returns the same after a trial. Its cost and time are bounded,
    ///     however often it is called.
    package init(
        readiness: Readiness,
        storeTrouble: @escaping @Sendable () -> StoreTrouble? = { nil },
        storeTroubleOnTrial: @escaping @Sendable () async -> StoreTrouble? = { nil }
    ) {
        self.readiness = readiness
        self.storeTrouble = storeTrouble
        self.storeTroubleOnTrial = storeTroubleOnTrial
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
        let trouble = request.isDeep ? await storeTroubleOnTrial() : storeTrouble()
        guard readiness.isReady, trouble == nil else {
            let status = trouble?.rawValue ?? "stopping"
            return .json(
                Array(#"{"status":"\#(status)","live":true,"ready":false}"#.utf8),
                status: .serviceUnavailable
            )
        }
        return .json(#"{"status":"ok","live":true,"ready":true}"#, status: .ok)
    }
}

extension Request {
    /// Whether the query has a field `deep`, with or without a value.
    fileprivate var isDeep: Bool {
        (uri.query ?? "").split(separator: "&").contains { $0.prefix { $0 != "=" } == "deep" }
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
