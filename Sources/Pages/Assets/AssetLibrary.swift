import CPages
import HTTPServing
import HTTPTypes
import Hummingbird
import NIOCore
import Wording

/// The style and the scripts of the page, each one file, and its icon.
///
/// They have one name together, made of what they hold, so that browsers keep them for ever.
struct AssetLibrary: Sendable {
    /// Reads a file anew each time, while somebody works on it.
    private let readFile: (@Sendable (String) -> [UInt8]?)?
    private let style: [UInt8]
    private let script: [UInt8]
    /// The icon as an address that holds it.
    let icon: String
    /// The folder under which they are served; another one for other contents.
    private let prefix: String

    /// Takes the files that were built in.
    ///
    /// - Parameter readFile: Reads a file of the page's folder in their place; nothing where it has none.
    init(readingFiles readFile: (@Sendable (String) -> [UInt8]?)? = nil) {
        self.readFile = readFile
        style = Self.builtIn("page.css") ?? []
        script = Self.script { Self.builtIn($0) }
        let drawing = String(decoding: Self.builtIn("icon.svg") ?? [], as: UTF8.self)
        icon = "data:image/svg+xml,\(drawing.percentEncoded)"
        let whole = String(decoding: style + script, as: UTF8.self)
        let name = TokenDigest.bytes(of: whole).prefix(6).map { String($0, radix: 36) }.joined()
        prefix = readFile == nil ? "/assets/\(name)" : "/assets/now"
    }

    var stylePath: String { "\(prefix)/page.css" }
    var scriptPath: String { "\(prefix)/page.js" }

    /// Answers with a file.
    func response(to path: [String]) -> Response? {
        guard path.count == 3, let (bytes, contentType) = file(path[2]) else { return nil }
        let isKept = readFile == nil && "/assets/\(path[1])" == prefix
        return Response(
            status: .ok,
            headers: [
                .contentType: contentType,
                .cacheControl: isKept ? "public, max-age=31536000, immutable" : "no-cache",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    private func file(_ name: String) -> (bytes: [UInt8], contentType: String)? {
        switch name {
        case "page.css": (readFile?(name) ?? style, "text/css; charset=utf-8")
        case "page.js":
            (
                readFile.map { read in Self.script { read($0) ?? Self.builtIn($0) } } ?? script,
                "text/javascript; charset=utf-8"
            )
        default: nil
        }
    }

    private static func script(_ read: @escaping (String) -> [UInt8]?) -> [UInt8] {
        let text = ScriptBundle.text(of: "page.js", after: "htmx.js") { name in
            read(name).map { String(decoding: $0, as: UTF8.self) }
        }
        return Array(text.utf8)
    }

    private static func builtIn(_ name: String) -> [UInt8]? {
        var count = 0
        let files = unsafe UnsafeBufferPointer(start: perennial_page_files(&count), count: count)
        for place in 0..<count {
            let file = unsafe files[place]
            guard unsafe String(cString: file.name) == name else { continue }
            return unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
        }
        return nil
    }
}
