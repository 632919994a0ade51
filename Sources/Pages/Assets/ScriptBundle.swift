/// The page's modules as one script, so that a browser asks once for all of them.
///
/// Each module stands in a function of its own, after those that it imports.
struct ScriptBundle {
    /// Returns the text of a file.
    let read: (String) -> String?
    private var text = ""
    private var taken: Set<String> = []

    /// Puts a library, which is not a module, and a module with what it imports together.
    static func text(
        of module: String,
        after library: String,
        read: @escaping (String) -> String?
    ) -> String {
        var bundle = ScriptBundle(read: read)
        bundle.take(module)
        return """
            \(read(library) ?? "")
            (() => {
            "use strict";
            const modules = {};
            \(bundle.text)})();

            """
    }

    private init(read: @escaping (String) -> String?) { self.read = read }

    private mutating func take(_ name: String) {
        guard taken.insert(name).inserted, let module = read(name) else { return }
        var body = ""
        var exports: [String] = []
        for line in module.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("import "), let imported = line.quoted?.split(separator: "/").last {
                take(String(imported))
                guard let names = line.braced else { continue }
                body += "const \(names) = modules[\"\(imported)\"];\n"
            } else if line.hasPrefix("export ") {
                let declaration = line.dropFirst("export ".count)
                if let name = declaration.declaredName { exports.append(name) }
                body += "\(declaration)\n"
            } else {
                body += "\(line)\n"
            }
        }
        text += """
            modules["\(name)"] = (() => {
            \(body)return { \(exports.joined(separator: ", ")) };
            })();

            """
    }
}

extension Substring {
    /// What stands in double quotes.
    fileprivate var quoted: Substring? {
        let parts = split(separator: "\"", omittingEmptySubsequences: false)
        return parts.count == 3 ? parts[1] : nil
    }

    /// What stands in braces, with them.
    fileprivate var braced: Substring? {
        guard let start = firstIndex(of: "{"), let end = firstIndex(of: "}") else { return nil }
        return self[start...end]
    }

    /// The name that `function`, `async function` or `const` declares.
    fileprivate var declaredName: String? {
        let words = split(separator: " ").drop { ["async", "function", "const"].contains($0) }
        return words.first.map { String($0.prefix { $0.isLetter || $0.isNumber }) }
    }
}
