/// Slots that are equally far apart, such as those of every seven hours or of every day.
struct EvenSlots {
    /// One of the slots.
    let anchor: Int
    /// How far apart they are, in seconds.
    let distance: Int

    /// The first of them at or after a slot.
    func first(from slot: Int) -> Int {
        slot + (anchor - slot).modulo(distance)
    }

    /// The last of them at or before a slot.
    func last(through slot: Int) -> Int {
        slot - (slot - anchor).modulo(distance)
    }

    /// How many of them lie in a range.
    func count(from start: Int, below end: Int) -> Int {
        let first = first(from: start)
        return first < end ? (end - 1 - first) / distance + 1 : 0
    }
}
