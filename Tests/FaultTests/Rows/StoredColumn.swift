import DatabaseTestSupport
import Foundation
import Storage
import TestSupport
import Testing

/// A column of one of the database's tables.
struct StoredColumn: Sendable, CustomTestStringConvertible {
    let table: String
    let name: String
    let type: String
    let isNullable: Bool
    /// The columns of the table's key.
    let key: [String]
    /// Whether the table's rows belong to locations.
    let isOfLocations: Bool
    /// The least and the greatest number that the table's checks take, where they name any.
    let bounds: [String]

    /// Whether the column is part of the table's key.
    var isOfKey: Bool { key.contains(name) }

    var testDescription: String { "\(table).\(name)" }

    /// Every column of every table, as the database itself lists them.
    static func all() async throws -> [StoredColumn] {
        let folder = try TemporaryFolder()
        let store = try await TestStore.forTest(in: folder)
        let columns = try await store.driver.write { connection in
            try connection.rows(listing, [:]) { row in
                StoredColumn(
                    table: try row.text(0),
                    name: try row.text(1),
                    type: try row.text(2).lowercased(),
                    isNullable: try row.int(3) == 0,
                    key: try row.text(4).split(separator: ",").map(String.init),
                    isOfLocations: try row.int(5) == 1,
                    bounds: bounds(of: try row.text(1), in: try row.text(6))
                )
            }
        }
        await store.close()
        return columns
    }

    private static let listing = SQLStatement(
        """
        SELECT stored.name, info.name, info.type, info."notnull",
            (SELECT GROUP_CONCAT(name) FROM pragma_table_info(stored.name) WHERE pk > 0),
            EXISTS (SELECT 1 FROM pragma_table_info(stored.name) WHERE name = 'locationID'),
            stored.sql
        FROM sqlite_schema AS stored JOIN pragma_table_info(stored.name) AS info
        WHERE stored.type = 'table' AND stored.name NOT LIKE 'sqlite_%'
        ORDER BY stored.name, info.cid
        """
    )

    private static func bounds(of column: String, in definition: String) -> [String] {
        let check = definition.firstRange(of: "CHECK (\(column) BETWEEN ")
        let rest = check.map { definition[$0.upperBound...] } ?? ""
        return rest.prefix { $0 != ")" }.split(separator: " AND ").map(String.init)
    }

    /// What the column is spoiled with: SQL expressions.
    var spoiledValues: [String] {
        let none = isNullable ? ["NULL"] : []
        var generator = SplitMix64(seed: testDescription.utf8.reduce(7) { $0 &* 31 &+ Int($1) })
        switch type {
        case "integer":
            let random = Int64(truncatingIfNeeded: generator.next())
            return ["\(Int64.max)", "-9223372036854775807 - 1", "-1", "99", "\(random)"]
                + bounds + (isNullable ? none : ["0"])
        case "text":
            let letters = (0..<12).map { _ in generator.pick(Array("abcdefghij/ %{[\u{1}ß")) }
            let random = String(letters)
            return [
                "CAST(x'ff00fec080' AS text)", "''", "'-1'", "'\u{7f}{]/../'", "'\(random)'",
                "REPLACE(HEX(ZEROBLOB(600000)), '0', 'y')",
            ] + none
        default:
            return ["x''", "x'ff'", "ZEROBLOB(600000)", "RANDOMBLOB(32)"] + none
        }
    }
}
