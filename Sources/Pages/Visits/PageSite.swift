import HTTPServing
import Hummingbird
import JSON

/// The server as a visit needs to know it.
struct PageSite: Sendable {
    /// The address by which the visitor reaches it, before which paths stand.
    let origin: String
    /// The names of the zones that people choose from.
    let zoneNames: @Sendable () -> [String]
    let randomBytes: @Sendable (Int) -> [UInt8]
    /// Tells how the server is.
    let health: @Sendable () async throws -> Record

    /// The address that a request names, or that of the machine where it names none that is one.
    static func origin(of request: Request) -> String {
        let authority = request.head.authority ?? ""
        let isName = authority.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: ".:-[]".utf8.contains(byte)
            }
        }
        let name = isName && !authority.isEmpty ? authority : "localhost"
        return "http://\(name)"
    }
}

extension Visit {
    var origin: String { site.origin }

    /// The API without the key of the request: for what is shown once and kept nowhere, and for what takes
    /// several requests.
    var keyless: OwnAPI { api.keyless }
}
