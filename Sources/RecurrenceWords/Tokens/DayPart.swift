/// A part of the day, which tells the two turns of a clock of 12 hours apart.
enum DayPart: Hashable {
    /// "am".
    case beforeNoon
    /// "pm".
    case afterNoon
    /// From 0:00 to 11:59.
    case morning
    /// From 12:00 to 20:59.
    case afternoon
    /// From 16:00 to 24:00.
    case evening
    /// From 18:00 to 4:59.
    case night
    /// From 0:00 to 6:59.
    case smallHours

    /// The time that a clock's time means in this part, in seconds after midnight.
    ///
    /// - Parameter time: What was said: an hour up to 12 may lie in either half of the day.
    /// - Returns: Nothing where the part has no such time.
    func time(saidAs time: Int) -> Int? {
        let hour = time / 3600
        switch self {
        case .beforeNoon: return (1...12).contains(hour) ? time % 43_200 : nil
        case .afterNoon: return (1...12).contains(hour) ? time % 43_200 + 43_200 : nil
        case .morning: return (0...11).contains(hour) ? time : nil
        case .afternoon: return DayPart.pick(time, from: 12...20)
        case .evening: return time == 0 ? 0 : DayPart.pick(time, from: 16...23)
        case .night:
            return DayPart.pick(time, from: 18...23) ?? DayPart.pick(time, from: 0...4)
        case .smallHours: return DayPart.pick(time, from: 0...6)
        }
    }

    /// A usual time of the part.
    var example: Int {
        switch self {
        case .beforeNoon, .morning: 9 * 3600
        case .afterNoon, .afternoon: 15 * 3600
        case .evening: 19 * 3600
        case .night: 22 * 3600
        case .smallHours: 5 * 3600
        }
    }

    /// The only reading of a time whose hour lies in a range.
    private static func pick(_ time: Int, from hours: ClosedRange<Int>) -> Int? {
        if hours.contains(time / 3600), time / 3600 != 12 || hours.upperBound > 12 { return time }
        // "12 at night" is midnight, and "8 in the evening" is 20:00.
        guard (1...12).contains(time / 3600) else { return nil }
        let other = (time + 43_200) % 86_400
        return hours.contains(other / 3600) ? other : nil
    }
}
