package import JSON

/// A query string, or an `application/x-www-form-urlencoded` body, with nested names.
///
/// Brackets in names are read as the JavaScript library `qs` 6.11 reads them with its defaults,
/// because the clients' own libraries write them for it. `a=1&a=2`, `a[]=1`, `a[0]=1` and `a[b]=1`
/// make arrays and objects. Brackets and `$` may be percent-encoded. Every scalar is a string.
/// Two things differ from `qs`: more parameters than the limit are an error, and are not dropped
/// silently; and names that look like integers keep their place.
package struct QueryString: Equatable, Sendable {
    /// The parameters, in the order in which their names first came.
    package var parameters: JSONObject

    /// The most parameters, separated by `&`, that are read.
    package static let parameterLimit = 1000

    /// Reads what follows the question mark of a URL.
    ///
    /// It takes time linear in the length of the text.
    ///
    /// - Throws: ``TooManyParameters``. Any other text is a query string.
    package init(parsing text: String) throws(TooManyParameters) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Reads the bytes of a query string or of a form body.
    ///
    /// - Throws: ``TooManyParameters``
    package init(parsing bytes: [UInt8]) throws(TooManyParameters) {
        // As `qs` does, values of the same full name are joined first, and then names are split:
        // `a=1&a[b]=2&a=3` means a = ["1", "3"] and a[b] = "2".
        var values: JSONObject = [:]
        var rest = bytes[...]
        var count = 0
        while !rest.isEmpty {
            count += 1
            guard count <= Self.parameterLimit else { throw TooManyParameters() }
            let end = rest.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex
            let (name, value) = Self.nameAndValue(of: rest[..<end])
            if !name.isEmpty { values.merge(.string(value), for: name) { $0.append($1) } }
            rest = rest[end...].dropFirst()
        }
        parameters = Self.nested(values)
    }

    private static func nested(_ values: JSONObject) -> JSONObject {
        var parameters: JSONObject = [:]
        var hasGaps = false
        for parameter in values.members {
            if let path = QueryPath(of: parameter.name) {
                parameters.join(path.wrap(parameter.value))
                hasGaps = hasGaps || path.makesGaps
            } else if parameter.name != "__proto__" {
                parameters.merge(parameter.value, for: parameter.name) { $0.join($1) }
            }
        }
        if hasGaps { parameters.closeGaps() }
        return parameters
    }

    private static func nameAndValue(of part: ArraySlice<UInt8>) -> (name: String, value: String) {
        guard let equals = positionOfEquals(in: part) else { return (decoded(part), "") }
        return (decoded(part[..<equals]), decoded(part[(equals + 1)...]))
    }

    /// The equals sign that ends the name: the one in the first `]=`, else the first one.
    private static func positionOfEquals(in part: ArraySlice<UInt8>) -> Int? {
        var first: Int?
        var previous: UInt8 = 0
        for (position, byte) in zip(part.indices, part) {
            if byte == UInt8(ascii: "=") {
                if previous == UInt8(ascii: "]") { return position }
                if first == nil { first = position }
            }
            previous = byte
        }
        return first
    }

    /// Undoes percent-encoding; a blank replaces each plus sign.
    ///
    /// If an escape is invalid, or the result is not UTF-8, the escapes stay as they are.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        let isPlain = !bytes.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }
        if isPlain { return String(decoding: bytes, as: UTF8.self) }
        let spaced = bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        return PercentEncoding.decoded(spaced) ?? String(decoding: spaced, as: UTF8.self)
    }
}

/// The refusal of a query string or form with more parameters than the limit.
package struct TooManyParameters: Error, Hashable {}
