import Recurrence
import Tasks

/// A clock as it was read, and as it is to be.
struct ClockMove {
    let clock: SeriesClock
    let setting: ClockSetting

    init(from clock: SeriesClock, to setting: ClockSetting) {
        self.clock = clock
        self.setting = setting
    }
}

extension LocationTransaction {
    /// Moves clocks on, or removes them, if they still have the values that were read.
    ///
    /// - Returns: Of each whether it had them.
    func carryOut(_ moves: [ClockMove]) throws -> [Bool] {
        var haveMoved = [Bool](repeating: false, count: moves.count)
        for (statement, isRemoval) in [
            (ClockStatements.moveOn, false), (ClockStatements.takeOff, true),
        ] {
            let places = moves.indices.filter { (moves[$0].setting.clock == nil) == isRemoval }
            if places.isEmpty { continue }
            let counts = try connection.executeEach(statement, places.map { arguments(moves[$0]) })
            for (place, count) in zip(places, counts) { haveMoved[place] = count == 1 }
        }
        return haveMoved
    }

    private func arguments(_ move: ClockMove) -> SQLArguments {
        let (clock, setting) = (move.clock, move.setting)
        var arguments =
            setting.clock.map { clockArguments($0, of: setting.seriesID) }
            ?? key(of: setting.seriesID)
        arguments.append(.integer(orNull: clock.fireAt?.microseconds), for: "readFireAt")
        arguments.append(.integer(clock.materializedThrough.secondsSince1970), for: "readThrough")
        arguments.append(.integer(clock.occurrenceCount), for: "readCount")
        return arguments
    }
}
