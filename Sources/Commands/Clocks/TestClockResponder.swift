import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Logging
import Recurrence

/// `/test-clock`: returns the time of the test clock, and moves the clock forward.
///
/// `PUT` with `{"now": INSTANT}` first carries out everything that comes due until that instant,
/// in order, and then answers.
struct TestClockResponder: HTTPResponder {
    let clock: StandingClock
    /// Moves the clock to a time, and carries out what comes due until then.
    let settle: @Sendable (Timestamp) async throws -> Void

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        guard RequestPath(request).parts.count == 1 else {
            return .json(#"{"message":"Page not found"}"#, status: .notFound)
        }
        switch request.method {
        case .get, .head: return answer()
        case .put: return try await move(request)
        default:
            var response = Response.json(
                #"{"message":"Only GET and PUT are answered here"}"#,
                status: .methodNotAllowed
            )
            response.headers[.allow] = "GET, HEAD, PUT"
            return response
        }
    }

    private func move(_ request: Request) async throws -> Response {
        guard let bytes = try? await request.bytes(),
            let text = try? JSONValue(parsing: bytes).object?["now"]?.string,
            let time = Timestamp(parsing: text)
        else {
            return .json(
                #"{"message":"now must be an instant like 2030-01-01T00:00:00Z"}"#,
                status: .badRequest
            )
        }
        guard time >= clock.now else {
            return .json(
                #"{"message":"now must not be before the clock's time: it moves forward only"}"#,
                status: .badRequest
            )
        }
        try await settle(time)
        return answer()
    }

    private func answer() -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name("now")
        json.write(clock.now)
        json.endObject()
        return .json(json.bytes)
    }
}
