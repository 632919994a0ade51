/// How long a function may be, from its first line to its closing brace.
enum FunctionLimit {
    static let lineLimit = 60

    private static let keywords: Set<Substring> = ["func", "init", "deinit", "subscript"]
    private static let modifiers: Set<Substring> = [
        "public", "package", "internal", "private", "fileprivate", "static", "class", "final",
        "override", "mutating", "nonisolated", "convenience", "required", "borrowing", "consuming",
        "@discardableResult", "@inlinable", "@usableFromInline", "@Test", "prefix", "postfix",
    ]

    /// Returns the functions of a formatted file that are longer.
    static func findings(in file: SourceFile) -> [Finding] {
        let lines = file.text.code.lines
        return lines.indices.compactMap { index in
            guard isFunction(lines[index]) else { return nil }
            let indentation = lines[index].prefix { $0 == " " }
            let end = lines[index...].firstIndex { line in
                line.hasPrefix("\(indentation)}")
            }
            guard let end, hasBody(lines[index...end], indentation) else { return nil }
            let count = end - index + 1
            guard count > lineLimit else { return nil }
            let message = "\(count) lines of a function: split it at \(lineLimit)"
            return Finding(path: file.path, line: index + 1, message: message)
        }
    }

    private static func isFunction(_ line: Substring) -> Bool {
        let words = line.split(separator: " ").drop { modifiers.contains($0) || $0.hasPrefix("@") }
        guard let word = words.first else { return false }
        return keywords.contains(word.prefix { $0.isLetter })
    }

    /// Whether a declaration has a body, as a requirement of a protocol has none.
    private static func hasBody(_ lines: ArraySlice<Substring>, _ indentation: Substring) -> Bool {
        let signature = lines.enumerated().prefix { index, line in
            let text = line.drop { $0 == " " }
            let isAnother = text.isEmpty || text.first?.isLetter == true || text.first == "@"
            let depth = line.count - text.count
            return index == 0 || !(depth <= indentation.count && isAnother)
                || text.hasPrefix("where")
        }
        return signature.contains { $0.element.contains("{") }
    }
}
