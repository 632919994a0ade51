/// A time of day as it was said.
struct SaidTime: Hashable {
    /// Seconds after midnight; an hour up to 12 may still be meant of either half of the day.
    var time: Int
    /// Whether "am", "in the evening" or the like was said with it.
    var isExplicit = false
    let token: WordToken

    /// Whether it is an hour of a clock of 12 hours, without a word that tells the half of the day.
    var isOpen: Bool { !isExplicit && (3600..<13 * 3600).contains(time) }
}
