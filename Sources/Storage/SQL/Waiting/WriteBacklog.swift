import Tasks

/// Decides which write runs next, so that no location keeps the others waiting.
///
/// Each location has a position: what its writes have cost, counted from where the others stood when
/// it began. The location that is least far has the next turn. So locations take turns, and one whose
/// write took long goes last. What a location did while nobody waited does not count against it for
/// long, because the others begin where the last turn was.
///
/// The server's own writes have no location. They are few, each waits for the one before, and they
/// come first.
struct WriteBacklog<Write> {
    /// How many writes may wait.
    let limit: Int

    private struct Lane {
        let location: LocationID?
        var writes: [Write] = []
        var position = Duration.zero
        /// What the next write may be expected to cost, by those before it.
        var expectedCost = Duration.zero
    }

    /// The locations that are remembered; the server itself is the first.
    ///
    /// A lane without writes keeps its memory, so that the next write needs none.
    private var lanes = [Lane(location: nil)]
    private var places: [LocationID: Int] = [:]
    /// The places of the lanes that have writes, the one that has waited longest first.
    private var turns: [Int] = []
    /// The position of the last turn.
    private var front = Duration.zero
    private var laneLimit = Self.leastLaneLimit
    private(set) var waitingCount = 0

    /// After so many locations, those that have nothing waiting are forgotten.
    private static var leastLaneLimit: Int { 1024 }

    /// What even the cheapest write costs.
    private static var leastCost: Duration { .microseconds(1) }

    /// Creates an empty backlog.
    init(limit: Int) {
        self.limit = limit
    }

    /// Takes a write in.
    ///
    /// - Returns: False if the location has filled its share of the places: half of those that others
    ///   leave. The server's own writes are taken in any case.
    mutating func admit(_ write: Write, for location: LocationID?) -> Bool {
        let place = place(of: location)
        let own = lanes[place].writes.count
        let left = max(limit - (waitingCount - own), 0)
        guard location == nil || own < (left + 1) / 2 else { return false }
        if own == 0 {
            turns.append(place)
            lanes[place].position = max(lanes[place].position, front)
        }
        lanes[place].writes.append(write)
        waitingCount += 1
        return true
    }

    /// Takes out the write that is next.
    ///
    /// - Parameters:
    ///   - limit: What it may be expected to cost at most; none if it may cost anything.
    ///   - busy: The locations that write already, and so do not have a turn.
    /// - Returns: The write; none if nothing waits that may have a turn, or if the write that is next
    ///   may cost too much.
    mutating func next(
        costing limit: Duration? = nil,
        besides busy: Set<LocationID?> = []
    ) -> Write? {
        let free =
            busy.isEmpty
            ? Array(turns.indices)
            : turns.indices.filter { !busy.contains(lanes[turns[$0]].location) }
        guard let turn = free.min(by: { isAhead(turns[$0], of: turns[$1]) }) else {
            return nil
        }
        let place = turns[turn]
        if let limit, lanes[place].expectedCost > limit { return nil }
        if place != 0 { front = lanes[place].position }
        // The order of the others stays.
        turns.remove(at: turn)
        let write = lanes[place].writes.removeFirst()
        if !lanes[place].writes.isEmpty { turns.append(place) }
        waitingCount -= 1
        return write
    }

    /// Takes out a location's next write, whoever's turn it is.
    mutating func next(for location: LocationID?) -> Write? {
        let place = location.map { places[$0] } ?? 0
        guard let place, let turn = turns.firstIndex(of: place) else { return nil }
        let write = lanes[place].writes.removeFirst()
        if lanes[place].writes.isEmpty { turns.remove(at: turn) }
        waitingCount -= 1
        return write
    }

    /// Notes what a location's last write cost.
    mutating func charge(_ cost: Duration, to location: LocationID?) {
        guard let location, let place = places[location] else { return }
        lanes[place].position += max(cost, Self.leastCost)
        lanes[place].expectedCost = max(cost, lanes[place].expectedCost / 2)
    }

    /// Takes out all that wait.
    mutating func removeWaiting() -> [Write] {
        defer { self = Self(limit: limit) }
        return turns.flatMap { lanes[$0].writes }
    }

    private func isAhead(_ place: Int, of other: Int) -> Bool {
        if place == 0 || other == 0 { return place < other }
        return lanes[place].position < lanes[other].position
    }

    private mutating func place(of location: LocationID?) -> Int {
        guard let location else { return 0 }
        if let place = places[location] { return place }
        if lanes.count >= laneLimit { forgetIdleLanes() }
        lanes.append(Lane(location: location))
        places[location] = lanes.count - 1
        return lanes.count - 1
    }

    private mutating func forgetIdleLanes() {
        let waiting = turns
        var kept = [Lane(location: nil)]
        turns = []
        places = [:]
        for place in waiting {
            guard let location = lanes[place].location else {
                kept[0] = lanes[0]
                turns.append(0)
                continue
            }
            turns.append(kept.count)
            places[location] = kept.count
            kept.append(lanes[place])
        }
        lanes = kept
        laneLimit = max(Self.leastLaneLimit, 2 * kept.count)
    }
}
