import JSON

/// Percent-encoding (RFC 3986, section 2.1).
enum PercentEncoding {
    /// Undoes percent-encoding.
    ///
    /// - Returns: None where an escape is invalid, or the result is not UTF-8.
    static func decoded(_ bytes: [UInt8]) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "%") else {
                result.append(bytes[position])
                position += 1
                continue
            }
            guard position + 2 < bytes.count,
                let high = bytes[position + 1].hexDigitValue,
                let low = bytes[position + 2].hexDigitValue
            else { return nil }
            result.append(high << 4 | low)
            position += 3
        }
        return String(validating: result, as: UTF8.self)
    }
}
