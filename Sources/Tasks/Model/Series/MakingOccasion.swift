/// Why tasks of a series are made.
package enum MakingOccasion: Hashable, Sendable {
    /// They have come due, or the horizon has moved.
    case comingDue
    /// A reader asks for due times beyond the horizon.
    case lookingAhead
}
