import Foundation

/// An environment variable that is named like a setting and is none, as after a slip of the pen.
struct StrangeVariable: Hashable {
    let name: String
    /// The variable that is most like it; none where none is like it.
    let likelyName: String?

    /// Finds such variables.
    ///
    /// - Parameters:
    ///   - environment: The process's environment.
    ///   - help: The help that names every variable that is read.
    /// - Returns: Those found, in the order of their names.
    static func all(in environment: [String: String], help: String) -> [StrangeVariable] {
        let known = Set(help.matches(of: /PERENNIAL_[A-Z_]*[A-Z]/).map { String($0.output) })
        return environment.keys.filter { $0.hasPrefix("PERENNIAL_") && !known.contains($0) }
            .sorted()
            .map { name in
                let likely = known.map { ($0, distance(from: name, to: $0)) }
                    .min { ($0.1, $0.0) < ($1.1, $1.0) }
                return StrangeVariable(
                    name: name,
                    likelyName: likely.flatMap { $0.1 <= farthest(from: name) ? $0.0 : nil }
                )
            }
    }

    /// How many letters another name may differ in to be taken for this one: few of a short one's.
    private static func farthest(from name: String) -> Int {
        min(4, (name.count - "PERENNIAL_".count) / 3)
    }

    /// How many letters have to be inserted, removed or replaced to make one text of the other.
    private static func distance(from first: String, to second: String) -> Int {
        let second = Array(second.utf8)
        var row = Array(0...second.count)
        for (index, letter) in first.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for position in second.indices {
                let replaced = diagonal + (letter == second[position] ? 0 : 1)
                diagonal = row[position + 1]
                row[position + 1] = min(replaced, diagonal + 1, row[position] + 1)
            }
        }
        return row[second.count]
    }
}
