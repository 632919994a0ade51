import Crypto
package import HTTPTypes
package import Hummingbird

/// The strong entity tag of a record (RFC 9110, section 8.8.3): a digest of what is shown of it.
package struct EntityTag: Hashable, Sendable {
    /// The tag as header fields have it, within quotation marks.
    package let text: String

    /// Creates the tag of what is shown of a record.
    ///
    /// - Parameters:
    ///   - bytes: What is shown.
    ///   - salt: What else tells two states of the record apart, such as the exact time of its last
    ///     change.
    package init(of bytes: ArraySlice<UInt8>, salt: Int64 = 0) {
        var digest = SHA256()
        digest.update(data: bytes)
        unsafe withUnsafeBytes(of: salt.littleEndian) { salt in
            unsafe digest.update(bufferPointer: salt)
        }
        var text: [UInt8] = []
        text.reserveCapacity(2 + 2 * 16)
        text.append(UInt8(ascii: "\""))
        for byte in digest.finalize().prefix(16) {
            text.append(Self.digits[Int(byte >> 4)])
            text.append(Self.digits[Int(byte & 0xF)])
        }
        text.append(UInt8(ascii: "\""))
        self.text = String(decoding: text, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

/// The tags of a header field `If-Match` or `If-None-Match` (RFC 9110, sections 13.1.1 and 13.1.2).
package enum EntityTagList: Hashable, Sendable {
    /// `*`: whatever there is.
    case any
    case listed(Set<String>)

    /// Reads a header field.
    ///
    /// - Returns: None if the field is not there.
    package init?(_ name: HTTPField.Name, of request: Request) {
        guard let field = request.headers[name] else { return nil }
        let tags = field.split(separator: ",").map { part in
            var part = part.drop { $0 == " " || $0 == "\t" }
            while part.last == " " || part.last == "\t" { part.removeLast() }
            return String(part)
        }
        self = tags == ["*"] ? .any : .listed(Set(tags))
    }

    /// Whether a tag is among these by strong comparison: a weak tag is like no other.
    package func contains(_ tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .listed(let tags): tags.contains(tag.text)
        }
    }

    /// Whether a tag is among these by weak comparison.
    package func containsWeakly(_ tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .listed(let tags): tags.contains(tag.text) || tags.contains("W/" + tag.text)
        }
    }
}
