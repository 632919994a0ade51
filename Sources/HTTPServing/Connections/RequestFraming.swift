import NIOHTTP1

/// What the head of a request says of its body and of the connection.
struct RequestFraming {
    /// The status that refuses the request, whatever it asks for; none for a sound head.
    private(set) var refusal: HTTPResponseStatus?
    /// The bytes of the body where it is not chunked.
    private(set) var bodyCount: Int?
    /// Whether the client waits for the word to go on before it sends the body.
    private(set) var awaitsContinue = false
    /// Whether the connection ends with the answer.
    let isLast: Bool
    /// Whether the request is one of HTTP/1.0, whose clients know no answers in chunks.
    let isOld: Bool
    /// Whether the client would take the connection for closed if the answer did not say otherwise.
    let needsKeepAlive: Bool

    /// Reads the fields that matter, in one pass.
    init(_ head: HTTPRequestHead) {
        isOld = head.version == .http1_0
        var hostCount = 0
        var codingCount = 0
        var isUpgrade = head.method == .CONNECT
        bodyCount = 0
        for (name, value) in head.headers {
            switch name.utf8.count {
            case 4 where name.equals("host"):
                hostCount += 1
                if !value.utf8.allSatisfy(\.isOfHost) { refusal = .badRequest }
            case 6 where name.equals("expect") && !isOld:
                if value.equals("100-continue") {
                    awaitsContinue = true
                } else {
                    refusal = refusal ?? .expectationFailed
                }
            case 7 where name.equals("upgrade"):
                isUpgrade = true
            case 14 where name.equals("content-length"):
                bodyCount = Int(value)
            case 17 where name.equals("transfer-encoding"):
                codingCount += 1
                bodyCount = nil
                if !value.equals("chunked") { refusal = refusal ?? .notImplemented }
            default: break
            }
        }
        // RFC 9112, section 3.2, on Host; section 6.1 on codings that HTTP/1.0 does not have.
        if hostCount > 1 || (hostCount == 0 && !isOld) || codingCount > (isOld ? 0 : 1) {
            refusal = .badRequest
        }
        // The decoder reads no request after one that asks for another protocol.
        isLast = !head.isKeepAlive || isUpgrade
        needsKeepAlive = isOld && !isLast
    }
}

extension String {
    /// Whether the text is a lowercase one, apart from case.
    fileprivate func equals(_ other: String) -> Bool {
        utf8.elementsEqual(other.utf8) { $0 == $1 || ($0.isLetter && $0 | 0x20 == $1) }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

    /// Whether the byte may stand in a host with a port (RFC 3986, section 3.2).
    fileprivate var isOfHost: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
            UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "%"),
            UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default: isLetter
        }
    }
}
