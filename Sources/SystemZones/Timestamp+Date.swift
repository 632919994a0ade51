public import Foundation
public import Recurrence

extension Timestamp {
    /// Creates the timestamp nearest to a date of Foundation's, to the microsecond.
    ///
    /// A date is a binary fraction: one made of a timestamp gives that timestamp again if it lies
    /// within 136 years of 2001. Dates before or after all timestamps give the first or the last.
    ///
    /// - Precondition: The date is a number.
    public init(_ date: Date) {
        let interval = date.timeIntervalSinceReferenceDate
        precondition(!interval.isNaN, "a date that is no number is no point in time")
        let second = interval.rounded(.down)
        // Somewhat less than the range allows, so that the sums below cannot overflow.
        guard abs(second) < 9_000_000_000_000 else {
            self.init(microseconds: second < 0 ? .min : .max)
            return
        }
        let microsecond = Int64(((interval - second) * 1_000_000).rounded())
        self.init(
            microseconds: (Int64(second) + Timestamp.referenceSecond) * 1_000_000 + microsecond
        )
    }

    /// Foundation's reference date, 2001-01-01, in seconds since 1970.
    fileprivate static let referenceSecond: Int64 = 978_307_200
}

extension Date {
    /// Creates the date nearest to a timestamp.
    public init(_ timestamp: Timestamp) {
        let (second, microsecond) = timestamp.microseconds.quotientAndRemainder(
            dividingBy: 1_000_000
        )
        self.init(
            timeIntervalSinceReferenceDate: Double(second - Timestamp.referenceSecond)
                + Double(microsecond) / 1_000_000
        )
    }
}
