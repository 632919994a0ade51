import HTTPTypes

extension HTTPFields {
    /// Whether the client takes a body in gzip, and no less gladly than one as it is (RFC 9110, section
    /// 12.5.3).
    ///
    /// A part that cannot be read asks for nothing.
    var preferGzip: Bool {
        var gzip: Int?
        var asItIs: Int?
        var others: Int?
        for part in (self[.acceptEncoding] ?? "").split(separator: ",") {
            let parts = part.split(separator: ";", maxSplits: 1)
            guard let name = parts.first?.trimmingBlanks.lowercased() else { continue }
            let weight = parts.count == 2 ? Self.thousandths(parts[1].trimmingBlanks) : 1000
            switch name {
            case "gzip", "x-gzip": gzip = weight
            case "identity": asItIs = weight
            case "*": others = weight
            default: break
            }
        }
        guard let weight = gzip ?? others, weight > 0 else { return false }
        return weight >= asItIs ?? 0
    }

    /// Reads a weight, such as `q=0.5`; 0 for what is none.
    private static func thousandths(_ text: Substring) -> Int {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "q" else { return 0 }
        let digits = parts[1].split(
            separator: ".",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard let whole = digits.first, whole == "0" || whole == "1" else { return 0 }
        let fraction = digits.count == 2 ? String(digits[1]) : ""
        guard fraction.utf8.count <= 3,
            fraction.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return 0 }
        let missing = String(repeating: "0", count: 3 - fraction.utf8.count)
        let number = Int(String(whole) + fraction + missing) ?? 0
        return number <= 1000 ? number : 0
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var rest = drop { $0 == " " || $0 == "\t" }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}
