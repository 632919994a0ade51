/// The order of a target's folders: a file may name the types of its own folder and of those below.
struct FolderOrder {
    let target: String
    /// The folders from the lowest to the highest; each includes its subfolders.
    let folders: [String]

    static let all = [
        FolderOrder(
            target: "Recurrence",
            folders: [
                "Calendar", "Rules", "Zones", "Expansion/Times", "Expansion/Days",
                "Expansion/Compiled", "Expansion/Zoned", "Exceptions", "Sets",
                "Calendars",
            ]
        ),
        FolderOrder(
            target: "Tasks",
            folders: [
                "Model", "Queries", "Requests", "Planning", "Quotas", "Directory", "Ports",
                "Firing",
                "Commands",
            ]
        ),
    ]

    /// Returns the places where a file names a type of a folder above, and the files in no folder
    /// of the order.
    func findings(in files: [SourceFile]) -> [Finding] {
        let files = files.filter { $0.path.hasPrefix("Sources/\(target)/") }
        var homes: [Substring: Int] = [:]
        for file in files {
            guard let place = place(of: file) else { continue }
            for type in file.text.topLevelTypes { homes[type] = place }
        }
        return files.flatMap { file in findings(in: file, homes) }
    }

    private func findings(in file: SourceFile, _ homes: [Substring: Int]) -> [Finding] {
        guard let place = place(of: file) else {
            let message = "the folder has no place in the order of \(target)"
            return [Finding(path: file.path, line: 1, message: message)]
        }
        return file.text.code.lines.enumerated().flatMap { index, line in
            line.names.compactMap { name in
                guard let home = homes[name], home > place else { return nil }
                let message = "\(folders[place]) may not name \(name) of \(folders[home])"
                return Finding(path: file.path, line: index + 1, message: message)
            }
        }
    }

    private func place(of file: SourceFile) -> Int? {
        folders.firstIndex { file.path.hasPrefix("Sources/\(target)/\($0)/") }
    }
}

/// The check that no two types have the same name.
enum TypeNames {
    /// Returns the types of `Sources` that have the same name as another type in any target.
    static func findings(in files: [SourceFile]) -> [Finding] {
        var homes: [Substring: String] = [:]
        var findings: [Finding] = []
        for file in files where file.path.hasPrefix("Sources/") {
            for type in file.text.topLevelTypes {
                if let other = homes.updateValue(file.path, forKey: type) {
                    let message = "\(type) is the name of a type in \(other) too"
                    findings.append(Finding(path: file.path, line: 1, message: message))
                }
            }
        }
        return findings
    }
}

extension SwiftText {
    /// The names of the top-level types, without private ones.
    var topLevelTypes: [Substring] {
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
        return code.lines.compactMap { line in
            guard let first = line.first, first.isLetter || first == "@" else { return nil }
            let words = line.names
            guard !words.contains("private"), !words.contains("fileprivate"),
                let kind = words.firstIndex(where: kinds.contains), kind + 1 < words.count
            else { return nil }
            return words[kind + 1]
        }
    }
}

extension Substring {
    /// The names and keywords of a line, in order.
    fileprivate var names: [Substring] {
        split { !($0.isLetter || $0.isNumber || $0 == "_") }
    }
}
