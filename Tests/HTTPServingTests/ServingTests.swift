import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import ServerTestSupport
import Testing

/// What answers at which path.
@Suite struct ServingTests {
    @Test(arguments: [HTTPRequest.Method.get, .head, .post])
    func `a path without a mount is not found, and HEAD has no body`(
        method: HTTPRequest.Method
    ) async throws {
        let answer = try await Answer(to: Request(method, "/nowhere"), from: Serving([]))
        #expect(answer.status == 404)
        #expect(answer.text.isEmpty == (method == .head))
    }

    @Test(arguments: [
        ("/", "root"), ("/a", "a"), ("/a/", "a"), ("/a/b/c", "a"), ("/ab", "root"),
        ("/b/a", "root"),
        ("/a/x", "ax"), ("/a/x/y", "ax"), ("/%61/%78", "ax"),
    ])
    func `the mount with the longest prefix answers`(path: String, name: String) async throws {
        let mounts = [[], ["a"], ["a", "x"]].map { prefix in
            Serving.Mount(prefix: prefix, responder: Named(prefix.joined()))
        }
        for serving in [Serving(mounts), Serving(mounts.reversed())] {
            let answer = try await Answer(to: Request(.get, path), from: serving)
            #expect(answer.json.string == name)
        }
    }

    @Test(arguments: [
        ("/tasks/5", ["tasks", "5"]), ("//tasks//5/", ["tasks", "5"]), ("/%74asks", ["tasks"]),
        ("/%54%c3%a4", ["Tä"]), ("/a%2Fb/c", ["a/b", "c"]), ("/a+b", ["a+b"]), ("/a%20b", ["a b"]),
        ("/%", ["%"]), ("/%7", ["%7"]), ("/%zz/%41", ["%zz", "A"]), ("/%ff", ["%ff"]), ("/", []),
        ("/%41?b=%42", ["A"]),
    ])
    func `an escaped character of a path means itself`(path: String, parts: [Substring]) {
        #expect(RequestPath(Request(.get, path)).parts == parts)
    }
}

/// Answers every request with a name.
private struct Named: HTTPResponder {
    private let name: String

    init(_ name: String) {
        self.name = name.isEmpty ? "root" : name
    }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        .json(Array("\"\(name)\"".utf8))
    }
}
