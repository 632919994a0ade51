package import JSON
package import Recurrence
import Tasks

/// `rruleOptions`: when a recurring task comes, in HighLevel's own form.
package struct RRuleOptions: Hashable, Sendable {
    package var intervalType: IntervalType
    package var interval: Int
    package var startDate: HighLevelDate
    package var endDate: HighLevelDate?
    /// Used in monthly and yearly options only.
    package var dayOfMonth: Int?
    /// Used in weekly options only.
    package var dayOfWeek: DayOfWeek?
    /// Used in yearly options only.
    package var monthOfYear: Int?
    package var count: Int?
    package var createTaskIfOverDue: Bool
    package var dueAfterSeconds: Int64

    package init(
        intervalType: IntervalType,
        interval: Int = 1,
        startDate: HighLevelDate,
        endDate: HighLevelDate? = nil,
        dayOfMonth: Int? = nil,
        dayOfWeek: DayOfWeek? = nil,
        monthOfYear: Int? = nil,
        count: Int? = nil,
        createTaskIfOverDue: Bool = false,
        dueAfterSeconds: Int64 = 0
    ) {
        self.intervalType = intervalType
        self.interval = interval
        self.startDate = startDate
        self.endDate = endDate
        self.dayOfMonth = dayOfMonth
        self.dayOfWeek = dayOfWeek
        self.monthOfYear = monthOfYear
        self.count = count
        self.createTaskIfOverDue = createTaskIfOverDue
        self.dueAfterSeconds = dueAfterSeconds
    }

    /// The unit of ``interval``.
    package enum IntervalType: String, Hashable, Sendable, CaseIterable {
        case yearly
        case monthly
        case weekly
        case daily
        case hourly
    }

    /// A day of the week by its name on the wire, which is the same as in a recurrence rule.
    package enum DayOfWeek: String, Hashable, Sendable, CaseIterable {
        case monday = "MO"
        case tuesday = "TU"
        case wednesday = "WE"
        case thursday = "TH"
        case friday = "FR"
        case saturday = "SA"
        case sunday = "SU"
    }

    /// The largest values that are accepted; HighLevel publishes no bounds.
    package enum Limit {
        package static let interval = 1000
        package static let count = 100_000
        /// Ten years.
        package static let dueAfterSeconds: Int64 = 10 * 366 * 86_400
    }
}

// MARK: - Reading

extension RRuleOptions {
    /// Reads the options that a body has.
    ///
    /// - Returns: Nil where a required option could not be read; the reader has the violation.
    package init?(from reader: inout PropertyReader) {
        let type: IntervalType? = reader.choice("intervalType", .required)
        let interval = reader.integer("interval", .required, in: 1...Int64(Limit.interval))
        let startDate = reader.date("startDate", .required)
        let endDate = reader.date("endDate", .optional)
        let dayOfMonth = reader.integer("dayOfMonth", .optional, in: 1...31)
        let dayOfWeek: DayOfWeek? = reader.choice("dayOfWeek", .optional)
        let monthOfYear = reader.integer("monthOfYear", .optional, in: 1...12)
        let count = reader.integer("count", .optional, in: 1...Int64(Limit.count))
        let createTaskIfOverDue = reader.boolean("createTaskIfOverDue", .optional)
        let dueAfterSeconds = reader.integer(
            "dueAfterSeconds",
            .required,
            in: 0...Limit.dueAfterSeconds
        )
        guard let type, let interval, let startDate, let dueAfterSeconds else { return nil }
        self.init(
            intervalType: type,
            interval: Int(clamping: interval),
            startDate: startDate,
            endDate: endDate,
            dayOfMonth: dayOfMonth.map { Int(clamping: $0) },
            dayOfWeek: dayOfWeek,
            monthOfYear: monthOfYear.map { Int(clamping: $0) },
            count: count.map { Int(clamping: $0) },
            createTaskIfOverDue: createTaskIfOverDue ?? false,
            dueAfterSeconds: dueAfterSeconds
        )
    }
}

// MARK: - Writing

extension RRuleOptions {
    /// The options as an object; those that are nil are left out.
    package var json: JSONObject {
        var json: JSONObject = [
            "intervalType": .string(intervalType.rawValue),
            "interval": .integer(Int64(interval)),
            "startDate": .string(startDate.text),
        ]
        json["endDate"] = endDate.map { .string($0.text) }
        json["dayOfMonth"] = dayOfMonth.map { .integer(Int64($0)) }
        json["dayOfWeek"] = dayOfWeek.map { .string($0.rawValue) }
        json["monthOfYear"] = monthOfYear.map { .integer(Int64($0)) }
        json["count"] = count.map { .integer(Int64($0)) }
        json["createTaskIfOverDue"] = .bool(createTaskIfOverDue)
        json["dueAfterSeconds"] = .integer(dueAfterSeconds)
        return json
    }
}

extension RRuleOptions.DayOfWeek {
    package init(_ weekday: RecurrenceRule.Weekday) {
        self = Self.allCases[weekday.rawValue]
    }

    var weekday: RecurrenceRule.Weekday {
        switch self {
        case .monday: .monday
        case .tuesday: .tuesday
        case .wednesday: .wednesday
        case .thursday: .thursday
        case .friday: .friday
        case .saturday: .saturday
        case .sunday: .sunday
        }
    }
}
