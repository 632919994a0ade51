import JSON
import Recurrence
import Tasks

/// How calendars and absences are read and written.
enum CalendarStatements {
    private static let columns = "calendarID, name, weekend, days, createdAt, modifiedAt"

    static let byID = SQLStatement(
        """
        SELECT \(columns) FROM calendar
        WHERE shard = :shard AND locationID = :locationID AND calendarID = :calendarID
        """
    )

    static let page = SQLStatement(
        """
        SELECT \(columns) FROM calendar
        WHERE shard = :shard AND locationID = :locationID AND calendarID > :afterID
        ORDER BY calendarID LIMIT :limit
        """
    )

    static let count = SQLStatement(
        "SELECT COUNT(*) FROM calendar WHERE shard = :shard AND locationID = :locationID"
    )

    static let store = SQLStatement(
        """
        INSERT INTO calendar (
            shard, locationID, calendarID, name, weekend, days, createdAt, modifiedAt
        ) VALUES (
            :shard, :locationID, :calendarID, :name, :weekend, :days, :createdAt, :modifiedAt
        )
        ON CONFLICT (shard, locationID, calendarID) DO UPDATE SET
            name = excluded.name, weekend = excluded.weekend, days = excluded.days,
            modifiedAt = excluded.modifiedAt
        """
    )

    static let remove = SQLStatement(
        """
        DELETE FROM calendar
        WHERE shard = :shard AND locationID = :locationID AND calendarID = :calendarID
        """
    )

    /// The series that go by a calendar.
    static let series = SQLStatement(
        """
        SELECT seriesID FROM series
        WHERE shard = :shard AND locationID = :locationID AND dayOffCalendarID = :calendarID
            AND isDeleted = 0
        ORDER BY seriesID LIMIT :limit
        """
    )

    /// The absences of a user who is in the directory.
    static let absences = SQLStatement(
        """
        SELECT absences FROM member
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
            AND deletedAt IS NULL
        """
    )

    static let setAbsences = SQLStatement(
        """
        UPDATE member SET absences = :absences
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
            AND deletedAt IS NULL
        """
    )

    /// The series in which a user takes turns.
    static let seriesOfTurnTaker = SQLStatement(
        """
        SELECT seriesID FROM turnTaker
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
        ORDER BY seriesID LIMIT :limit
        """
    )

    static let addTurnTaker = SQLStatement(
        """
        INSERT INTO turnTaker (shard, locationID, userID, seriesID)
        VALUES (:shard, :locationID, :userID, :seriesID)
        ON CONFLICT DO NOTHING
        """
    )

    static let removeTurnTaker = SQLStatement(
        """
        DELETE FROM turnTaker
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
            AND seriesID = :seriesID
        """
    )
}

extension DayCalendar {
    /// The weekend as bits, Monday's the lowest.
    var storedWeekend: Int64 { weekend.reduce(0) { $0 | 1 << Int64($1.rawValue) } }

    /// The single days as a JSON object of their names by days since 1970.
    var storedDays: String {
        var json = JSONWriter()
        json.beginObject()
        for (day, name) in days.sorted(by: { $0.key < $1.key }) {
            json.name(String(day.daysSince1970))
            json.write(name)
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// Creates a calendar from the columns that ``CalendarStatements`` select.
    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            let bits = try row.int64(2, in: .weekends)
            self.init(
                id: try row.identifier(0),
                name: try row.text(1, lengths: .names),
                weekend: Set(
                    RecurrenceRule.Weekday.allCases.filter { bits & 1 << Int64($0.rawValue) != 0 }
                ),
                days: try row.days(3),
                createdAt: try row.timestamp(4),
                modifiedAt: try row.timestamp(5)
            )
        } catch {
            throw UnreadableRow(error, of: "calendar", in: locationID, row)
        }
    }
}

extension [Absence] {
    /// The first day and the day after each, in days since 1970, with commas between; null if there
    /// are none.
    var storedText: String? {
        isEmpty
            ? nil
            : flatMap { [Int64($0.from.daysSince1970), Int64($0.until.daysSince1970)] }.listText
    }
}

extension SQLRow {
    /// Reads absences; none where the column is null.
    func absences(_ column: Int) throws(UnreadableValue) -> [Absence] {
        let last = Int64(CivilDate.latest.daysSince1970)
        let numbers = try list(column, in: Int64(CivilDate.earliest.daysSince1970)...last) ?? []
        guard numbers.count.isMultiple(of: 2) else {
            throw UnreadableValue(column: name(of: column), reason: "has an absence without an end")
        }
        return stride(from: 0, to: numbers.count, by: 2).map { place in
            Absence(
                from: CivilDate(daysSince1970: Int(numbers[place])),
                until: CivilDate(daysSince1970: Int(numbers[place + 1]))
            )
        }
    }

    fileprivate func days(_ column: Int) throws(UnreadableValue) -> [CivilDate: String] {
        let text = try text(column, lengths: .texts)
        var days: [CivilDate: String] = [:]
        let members = try? JSONValue(parsing: Array(text.utf8)).object
        for member in members?.members ?? [] {
            guard let day = Int(member.name), let name = member.value.string,
                (CivilDate.earliest.daysSince1970...CivilDate.latest.daysSince1970).contains(day)
            else { throw UnreadableValue(column: self.name(of: column), reason: "has no days") }
            days[CivilDate(daysSince1970: day)] = name
        }
        guard members != nil else {
            throw UnreadableValue(column: self.name(of: column), reason: "is no list of days")
        }
        return days
    }
}
