import Recurrence
import Tasks

extension SQLRow {
    /// Returns an integer column's value.
    func int64(
        _ column: Int,
        in range: ClosedRange<Int64>
    ) throws(UnreadableValue) -> Int64 {
        let value = try int64(column)
        guard range.contains(value) else {
            let bounds = "\(range.lowerBound) and \(range.upperBound)"
            throw UnreadableValue(
                column: name(of: column),
                reason: "\(value) is not between \(bounds)"
            )
        }
        return value
    }

    /// Returns a text column's value, or `nil` for null.
    func optionalText(
        _ column: Int,
        lengths: ClosedRange<Int>
    ) throws(UnreadableValue) -> String? {
        isNull(column) ? nil : try text(column, lengths: lengths)
    }

    func flag(_ column: Int) throws(UnreadableValue) -> Bool {
        try int64(column, in: .flags) != 0
    }

    /// Returns a flag that is not set where it is null.
    func optionalFlag(_ column: Int) throws(UnreadableValue) -> Bool {
        isNull(column) ? false : try flag(column)
    }

    func identifier<Subject>(_ column: Int) throws(UnreadableValue) -> Identifier<Subject> {
        Identifier(try int64(column, in: .identifiers))
    }

    /// Returns a number as an identifier, or `nil` for null.
    func optionalIdentifier<Subject>(
        _ column: Int
    ) throws(UnreadableValue) -> Identifier<Subject>? {
        isNull(column) ? nil : try identifier(column)
    }

    func timestamp(_ column: Int) throws(UnreadableValue) -> Timestamp {
        Timestamp(microseconds: try int64(column, in: .instants))
    }

    /// Returns a column of microseconds as a point in time, or `nil` for null.
    func optionalTimestamp(_ column: Int) throws(UnreadableValue) -> Timestamp? {
        isNull(column) ? nil : try timestamp(column)
    }

    func localDateTime(
        _ column: Int,
        in range: ClosedRange<Int64> = .localDateTimes
    ) throws(UnreadableValue) -> LocalDateTime {
        LocalDateTime(secondsSince1970: try int64(column, in: range))
    }

    /// Returns the value that a stored number stands for.
    func value<Value: RawRepresentable<Int>>(_ column: Int) throws(UnreadableValue) -> Value {
        let number = try int64(column)
        guard let value = Int(exactly: number).flatMap(Value.init(rawValue:)) else {
            throw UnreadableValue(
                column: name(of: column),
                reason: "\(number) is no \(Value.self)"
            )
        }
        return value
    }

    /// Returns a column of days since 1970 as a day, or `nil` for null.
    func optionalDay(_ column: Int) throws(UnreadableValue) -> CivilDate? {
        isNull(column) ? nil : CivilDate(daysSince1970: Int(try int64(column, in: .days)))
    }

    /// Returns a user's role; null is an agent's.
    func role(_ column: Int) throws(UnreadableValue) -> UserRole {
        isNull(column) ? .agent : try value(column)
    }

    /// Returns a time zone's name; whether there is such a zone is not looked up.
    ///
    /// Of a column that holds none it is known that no zone has its name.
    func zoneName(_ column: Int) throws(UnreadableValue) -> String {
        let name = try text(column, lengths: .zoneNames)
        guard name.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw UnreadableValue(column: self.name(of: column), reason: "is no zone's name")
        }
        return name
    }
}

extension UnreadableRow {
    /// Names a row of a location by the number in one of its columns.
    init(
        _ value: UnreadableValue,
        of table: String,
        in locationID: LocationID,
        _ row: some SQLRow,
        numberAt column: Int = 0
    ) {
        let number = (try? row.int64(column)).map { String($0) } ?? "?"
        self.init(value, of: table, key: "\(locationID.rawValue)/\(number)")
    }

    /// Names a row of a location by its number.
    init(_ value: UnreadableValue, of table: String, at address: DirectoryAddress) {
        self.init(value, of: table, key: "\(address.locationID.rawValue)/\(address.number)")
    }

    init(_ value: UnreadableValue, of table: String, key: String) {
        self.init(table: table, key: key, column: value.column, reason: value.reason)
    }
}
