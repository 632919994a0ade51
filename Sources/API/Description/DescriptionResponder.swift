import CDescriptions
import HTTPServing
import HTTPTypes
package import Hummingbird
import JSON

/// The descriptions of all APIs, and a page that shows them, from files that were built in.
///
/// They need no token: they tell what the source tells.
package struct DescriptionResponder: HTTPResponder {
    package typealias Context = BasicRequestContext

    /// The first parts of the paths that are answered.
    package static let prefixes = [["openapi.json"], ["openapi"], ["docs"]]

    /// A page runs and shows nothing from elsewhere, and is shown in no other.
    private static let contentSecurityPolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """

    private let documents: [String: BuiltInDocument]

    package init() {
        documents = [
            "openapi.json": BuiltInDocument(perennial_document_api, .json),
            "openapi/liondesk.json": BuiltInDocument(perennial_document_liondesk, .json),
            "openapi/highlevel.json": BuiltInDocument(perennial_document_highlevel, .json),
            "docs": BuiltInDocument(perennial_document_page, .page),
            "docs/docs.js": BuiltInDocument(perennial_document_script, .script),
            "docs/docs.css": BuiltInDocument(perennial_document_style, .style),
        ]
    }

    package func respond(to request: Request, context: Context) async throws -> Response {
        let path = RequestPath(request).parts
        if path.isEmpty { return home(request) }
        guard let document = documents[path.joined(separator: "/")] else {
            return Problem(.notFound, "No path of this API is like this.")
                .response(traceID: TraceID())
        }
        guard request.method == .get || request.method == .head else {
            return Problem.methodNotAllowed(allowing: "GET, HEAD").response(traceID: TraceID())
        }
        let isKnown = EntityTagList(.ifNoneMatch, of: request)?.containsWeakly(document.tag)
        var headers: HTTPFields = [
            .eTag: document.tag.text, .cacheControl: "no-cache",
            .contentType: document.kind.contentType, .xContentTypeOptions: "nosniff",
        ]
        if document.kind == .page {
            headers[.contentSecurityPolicy] = Self.contentSecurityPolicy
        }
        if isKnown ?? false { return Response(status: .notModified, headers: headers) }
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.bytes))
        )
    }

    /// Answers at the root: a browser with the page, others with links.
    private func home(_ request: Request) -> Response {
        guard request.method == .get || request.method == .head else {
            return Problem.methodNotAllowed(allowing: "GET, HEAD").response(traceID: TraceID())
        }
        if request.headers[.accept]?.contains("text/html") ?? false {
            return Response(status: .seeOther, headers: [.location: "/docs"])
        }
        var json = JSONWriter()
        json.beginObject()
        json.write("docs", "/docs")
        json.write("api", "/v1")
        json.write("openapi", "/openapi.json")
        json.write("liondesk", "/openapi/liondesk.json")
        json.write("highlevel", "/openapi/highlevel.json")
        json.write("health", "/health")
        json.endObject()
        var response = Response.json(json.bytes)
        response.headers[.vary] = "Accept"
        return response
    }
}

/// A file that was built into the program.
private struct BuiltInDocument: Sendable {
    enum Kind {
        case json
        case page
        case script
        case style

        var contentType: String {
            switch self {
            case .json: "application/json"
            case .page: "text/html; charset=utf-8"
            case .script: "text/javascript; charset=utf-8"
            case .style: "text/css; charset=utf-8"
            }
        }
    }

    let bytes: [UInt8]
    let kind: Kind
    let tag: EntityTag

    init(_ document: perennial_document, _ kind: Kind) {
        var count = 0
        let start = unsafe perennial_document_bytes(document, &count)
        bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
        tag = EntityTag(of: bytes[...])
        self.kind = kind
    }
}
