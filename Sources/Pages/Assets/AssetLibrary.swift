import CPages
import HTTPServing
import HTTPTypes
import Hummingbird
import NIOCore

/// The style, the scripts and the icon of the page.
///
/// They have one name together, made of what they hold, so that browsers keep them for ever and scripts
/// find each other beside them.
struct AssetLibrary: Sendable {
    private struct Asset: Sendable {
        let bytes: [UInt8]
        let contentType: String
    }

    private let assets: [String: Asset]
    /// The folder under which they are served; another one for other contents.
    let prefix: String
    /// Reads a file anew each time, while somebody works on it.
    private let readFile: (@Sendable (String) -> [UInt8]?)?

    /// Takes the files that were built in.
    ///
    /// - Parameter readFile: Reads a file of the page's folder in their place; nothing where it has none.
    init(readingFiles readFile: (@Sendable (String) -> [UInt8]?)? = nil) {
        var count = 0
        let files = unsafe UnsafeBufferPointer(start: perennial_page_files(&count), count: count)
        var assets: [String: Asset] = [:]
        var whole: [UInt8] = []
        for place in 0..<count {
            let file = unsafe files[place]
            let name = unsafe String(cString: file.name)
            let bytes = unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
            assets[name] = Asset(bytes: bytes, contentType: Self.contentType(of: name))
            whole += bytes
        }
        self.assets = assets
        self.readFile = readFile
        let digest = TokenDigest.bytes(of: String(decoding: whole, as: UTF8.self))
        let name = digest.prefix(6).map { String($0, radix: 36) }.joined()
        prefix = readFile == nil ? "/assets/\(name)" : "/assets/now"
    }

    /// The address of a file.
    func path(_ name: String) -> String { "\(prefix)/\(name)" }

    /// Answers with a file.
    func response(to path: [String]) -> Response? {
        guard path.count == 3, var asset = assets[path[2]] else { return nil }
        let isNamed = "/assets/\(path[1])" == prefix
        if let readFile, let bytes = readFile(path[2]) {
            asset = Asset(bytes: bytes, contentType: asset.contentType)
        }
        let isKept = readFile == nil && isNamed
        return Response(
            status: .ok,
            headers: [
                .contentType: asset.contentType,
                .cacheControl: isKept ? "public, max-age=31536000, immutable" : "no-cache",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes))
        )
    }

    private static func contentType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}
