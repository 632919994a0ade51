import HTTPServing
import HTTPTypes
import Hummingbird
import ServerTestSupport
import Testing

/// The server's answer to a path without a mount.
@Suite struct ServingTests {
    @Test(arguments: [HTTPRequest.Method.get, .head, .post])
    func `a path without a mount is not found, and HEAD has no body`(
        method: HTTPRequest.Method
    ) async throws {
        let answer = try await Answer(to: Request(method, "/nowhere"), from: Serving([]))
        #expect(answer.status == 404)
        #expect(answer.text.isEmpty == (method == .head))
    }
}
