/// How long it is until what failed is tried again.
package enum BackOffTime {
    package static let shortest = Duration.seconds(1)
    package static let longest = Duration.seconds(300)
    /// The same of a series that has been late for days.
    package static let longestOfSeries = Duration.seconds(3_600)
}
