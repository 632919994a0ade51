/// How long a function may be, from its first line to its closing brace.
enum FunctionLimit {
    static let lineLimit = 60

    private static let keywords: Set<Substring> = ["func", "init", "deinit", "subscript"]
    private static let modifiers: Set<Substring> = [
        "public", "package", "internal", "private", "fileprivate", "static", "class", "final",
        "override", "mutating", "nonisolated", "convenience", "required", "borrowing", "consuming",
        "prefix", "postfix",
    ]

    /// Returns the functions that are longer than the limit.
    ///
    /// The file must be formatted.
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
        let words = withoutAttributes(line).split(separator: " ").drop(while: modifiers.contains)
        guard let word = words.first else { return false }
        return keywords.contains(word.prefix { $0.isLetter })
    }

    /// Returns a line without the attributes at its beginning and without their arguments.
    private static func withoutAttributes(_ line: Substring) -> Substring {
        var rest = line.drop { $0 == " " }
        while rest.first == "@" {
            var depth = 0
            rest = rest.drop { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return depth > 0 || character != " "
            }
            rest = rest.drop { $0 == " " }
        }
        return rest
    }

    /// Whether a declaration has a body; a requirement of a protocol has none.
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
