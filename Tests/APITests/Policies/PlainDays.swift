/// A day that is counted out from a known one, without the engine.
struct PlainDay: Hashable {
    var year: Int
    var month: Int
    var day: Int
    /// 0 for Monday.
    var weekday: Int
    /// Days since the first of them.
    var number: Int

    /// As `2027-02-28`.
    var text: String {
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(day))"
    }

    /// The days of four years from Tuesday, 2026-12-01 on.
    static let all: [PlainDay] = {
        var days: [PlainDay] = []
        var day = PlainDay(year: 2026, month: 12, day: 1, weekday: 1, number: 0)
        while day.year < 2031 {
            days.append(day)
            day.number += 1
            day.weekday = (day.weekday + 1) % 7
            day.day += 1
            if day.day > length(ofMonth: day.month, in: day.year) {
                day.day = 1
                day.month += 1
            }
            if day.month > 12 {
                day.month = 1
                day.year += 1
            }
        }
        return days
    }()

    static func length(ofMonth month: Int, in year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// The two years that the tests look at.
    static let twoYears = all.filter { $0.number < 731 }

    /// One of the days, by its text.
    static func named(_ text: String) -> PlainDay { all.first { $0.text == text } ?? all[0] }

    func advanced(by count: Int) -> PlainDay { PlainDay.all[number + count] }
}

/// The days off of the tests: the weekends, and some single days.
enum PlainHolidays {
    static let names = [
        "2026-12-25": "Christmas", "2027-01-01": "New Year", "2027-12-24": "Christmas Eve",
        "2027-12-31": "New Year's Eve", "2028-02-29": "Leap day", "2028-05-01": "Labour day",
    ]

    static func contain(_ day: PlainDay) -> Bool { day.weekday >= 5 || names[day.text] != nil }
}

/// What is expected of an occurrence: the day of its slot, when it is due, and whose it is.
struct PlainOccurrence: Hashable, CustomStringConvertible {
    var slot: PlainDay
    var due: PlainDay
    var assignee = "1"

    init(_ day: PlainDay) {
        slot = day
        due = day
    }

    var description: String { "\(slot.text) due \(due.text) by \(assignee)" }
}

/// Days that are counted by plain loops.
enum PlainRule {
    /// Every month on a day, where months without it are skipped, or end with their last day, or
    /// go over to the first of the next.
    static func monthly(on day: Int, _ monthEnd: String = "skip") -> [PlainDay] {
        PlainDay.all.filter { candidate in
            let length = PlainDay.length(ofMonth: candidate.month, in: candidate.year)
            if candidate.day == day { return true }
            switch monthEnd {
            case "lastDay": return length < day && candidate.day == length
            case "nextDay":
                guard candidate.day == 1, candidate.number > 0 else { return false }
                let before = candidate.advanced(by: -1)
                return before.day < day
            default: return false
            }
        }
    }

    static func weekly(_ weekdays: Set<Int>, every interval: Int = 1) -> [PlainDay] {
        // The first week is that of Tuesday, 2026-12-01.
        PlainDay.all.filter { day in
            weekdays.contains(day.weekday) && (day.number + 1) / 7 % interval == 0
        }
    }

    static func daily(every interval: Int = 1) -> [PlainDay] {
        PlainDay.all.filter { $0.number % interval == 0 }
    }
}

extension [PlainOccurrence] {
    /// Moves or leaves out what falls on days off, one step at a time.
    func daysOff(_ then: String) -> [PlainOccurrence] {
        compactMap { occurrence in
            var occurrence = occurrence
            guard PlainHolidays.contain(occurrence.due) else { return occurrence }
            switch then {
            case "skip": return nil
            case "before":
                while PlainHolidays.contain(occurrence.due) {
                    guard occurrence.due.number > 0 else { return nil }
                    occurrence.due = occurrence.due.advanced(by: -1)
                }
            case "after":
                while PlainHolidays.contain(occurrence.due) {
                    occurrence.due = occurrence.due.advanced(by: 1)
                }
            default: break
            }
            return occurrence
        }
    }

    /// Leaves out the slots from a day on and before another.
    func paused(from: String, until: String) -> [PlainOccurrence] {
        let (from, until) = (PlainDay.named(from).number, PlainDay.named(until).number)
        return filter { !(from..<until).contains($0.slot.number) }
    }

    /// Gives each its turn: by its place among all slots of the rule, its day or its week.
    func rotated(
        _ users: [String],
        by step: String,
        among slots: [PlainDay],
        absent: [String: Range<Int>] = [:]
    ) -> [PlainOccurrence] {
        map { occurrence in
            var occurrence = occurrence
            let first = slots[0]
            var place: Int
            switch step {
            case "day": place = occurrence.slot.number - first.number
            case "week":
                place = (occurrence.slot.number + 1) / 7 - (first.number + 1) / 7
            default: place = slots.firstIndex(of: occurrence.slot) ?? 0
            }
            place %= users.count
            let turn = place
            var passed = 0
            while passed < users.count,
                absent[users[place]]?.contains(occurrence.due.number) ?? false
            {
                place = (place + 1) % users.count
                passed += 1
            }
            occurrence.assignee = passed == users.count ? users[turn] : users[place]
            return occurrence
        }
    }
}
