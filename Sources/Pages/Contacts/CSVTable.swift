import Wording

/// A table as spreadsheets write it (RFC 4180), with commas, semicolons or tabs between its columns.
struct CSVTable: Sendable {
    struct Row: Sendable {
        /// The line on which the row begins, from 1.
        let line: Int
        let cells: [String]
    }

    private(set) var rows: [Row] = []

    /// The most rows that are read, and the most columns of one; of longer ones the rest is left out.
    static let rowLimit = 10_001
    static let columnLimit = 100

    init(parsing text: String) {
        // A byte order mark is no part of the first name.
        var reader = Reader(scalars: Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" }))
        reader.separator = Self.separator(of: reader.scalars)
        while rows.count < Self.rowLimit, let row = reader.row() {
            if row.cells.contains(where: { !$0.isEmpty }) { rows.append(row) }
        }
    }

    /// What stands most often in the first line, outside of quotation marks.
    private static func separator(of scalars: [Unicode.Scalar]) -> Unicode.Scalar {
        var counts: [Unicode.Scalar: Int] = [:]
        var isQuoted = false
        for scalar in scalars {
            if scalar == "\"" { isQuoted.toggle() }
            if scalar == "\n", !isQuoted { break }
            if !isQuoted, [",", ";", "\t"].contains(scalar) { counts[scalar, default: 0] += 1 }
        }
        // The comma, where it stands there as often as another.
        return [",", ";", "\t"].max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ","
    }

    private struct Reader {
        let scalars: [Unicode.Scalar]
        var separator: Unicode.Scalar = ","
        private var place = 0
        private var line = 1

        init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

        /// The next row; nothing at the end.
        mutating func row() -> Row? {
            guard place < scalars.count else { return nil }
            let first = line
            var cells: [String] = []
            while true {
                let (cell, isLast) = cell()
                if cells.count < CSVTable.columnLimit { cells.append(cell) }
                if isLast { return Row(line: first, cells: cells) }
            }
        }

        private mutating func cell() -> (text: String, isLast: Bool) {
            var text = String.UnicodeScalarView()
            var isQuoted = false
            while place < scalars.count {
                let scalar = scalars[place]
                place += 1
                switch scalar {
                case "\"" where isQuoted:
                    guard place < scalars.count, scalars[place] == "\"" else {
                        isQuoted = false
                        continue
                    }
                    text.append(scalar)
                    place += 1
                case "\"" where text.isEmpty: isQuoted = true
                case separator where !isQuoted: return (String(text).trimmingWhitespace, false)
                case "\n":
                    line += 1
                    if !isQuoted { return (String(text).trimmingWhitespace, true) }
                    text.append(scalar)
                case "\r" where !isQuoted: continue
                default: text.append(scalar)
                }
            }
            return (String(text).trimmingWhitespace, true)
        }
    }
}
