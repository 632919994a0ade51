package import Recurrence

/// A series that has a rule and was not deleted, and whose clock does not fire, though it is not set
/// aside.
///
/// Most have come to their end. In others a clock was lost.
package struct StoppedSeries: Sendable {
    /// The series, as far as it can be read, with its clock and the contacts that it still has.
    package var snapshot: FiringSnapshot
    /// Whether it has a clock at all; the snapshot's stands for it if it has none.
    package var hasClock: Bool
    package var flaws: SeriesFlaws

    package init(snapshot: FiringSnapshot, hasClock: Bool, flaws: SeriesFlaws = SeriesFlaws()) {
        self.snapshot = snapshot
        self.hasClock = hasClock
        self.flaws = flaws
    }

    /// Decides what becomes of it.
    ///
    /// It goes on where it is certain how: its clock is computed from its rule and from the tasks
    /// that it has. A series whose count of occurrences went with the clock is set aside. So is one
    /// that has contacts: it may have stopped when it had lost them all, and they came back.
    ///
    /// - Throws: `UnknownZone` if the series' zone cannot be read.
    package func verdict(
        at now: Timestamp,
        among zones: some ZoneSource
    ) throws(UnknownZone) -> StoppedVerdict {
        let series = snapshot.series
        guard flaws.isEmpty else { return .setAside(because: "\(flaws)") }
        // One that counts from completions waits for its task to be done.
        guard series.policies.repeats == .onSchedule else { return .hasEnded }
        let zone = try zones.zone(named: series.timeZone)
        guard let course = SeriesCourse(of: series, in: zone, knowing: snapshot.policyFacts)
        else { return .hasEnded }
        var work = OccurrenceFiring(of: course, dueZone: zone, now: now)
        work.occurrenceCount = snapshot.clock.occurrenceCount
        let through = snapshot.clock.materializedThrough
        var clock = work.clock(through: through, after: snapshot.clock)
        guard clock.fireAt != nil else { return .hasEnded }
        switch series.materialization {
        case .ahead:
            // What came and has no task may have been given up, and of what days off leave out
            // there is none.
            if !hasClock, course.next(after: now) == nil { return .hasEnded }
            clock.fireAt = now
            return .goesOn(clock)
        case .whenDue(let schedule):
            if !hasClock { return .setAside(because: "It has no clock") }
            if schedule.contactIDs.isEmpty { return .goesOn(clock) }
            if snapshot.contactIDs.isEmpty { return .hasEnded }
            return .setAside(because: "Its clock has stopped, though it has occurrences to come")
        }
    }
}

/// What becomes of a series whose clock does not fire.
package enum StoppedVerdict: Hashable, Sendable {
    /// Nothing; it has come to its end.
    case hasEnded
    /// It goes on by a clock.
    case goesOn(SeriesClock)
    /// Only a person can say how it goes on.
    case setAside(because: String)
}

/// What was found of a series that had stopped and had not come to its end.
package enum StoppedFinding: Hashable, Sendable {
    case goesOn(SeriesAddress, from: Timestamp)
    case setAside(SeriesAddress, reason: String)
    /// It could not be helped now.
    case failed(SeriesAddress, reason: String)
}

/// What is asked of the store to find series that have stopped for no reason.
package protocol StoppedSeriesStore: Sendable {
    /// The locations that were not deleted.
    func locationIDs() async throws -> [LocationID]

    /// Looks at a part of a location's series, in order of their numbers.
    ///
    /// - Parameters:
    ///   - id: The last series of the part before.
    ///   - limit: How many series are looked at.
    ///   - locationID: The location.
    ///   - decide: Decides what is to become of a series whose clock does not fire.
    /// - Returns: The series that have not come to their end, and the last series that was looked at;
    ///   none if the location has no more.
    /// - Throws: What the closure throws.
    func stoppedSeries(
        after id: Identifier<RecurringTask>,
        limit: Int,
        in locationID: LocationID,
        deciding decide: @escaping @Sendable (StoppedSeries) throws -> StoppedVerdict
    ) async throws -> (found: [Identifier<RecurringTask>], end: Identifier<RecurringTask>?)

    /// Lets a series go on, or sets it aside, as the domain decides.
    ///
    /// - Returns: What was done; none if it is not stopped any more.
    /// - Throws: What the location's quotas and the closure throw.
    func mendStopped(
        _ address: SeriesAddress,
        at now: Timestamp,
        deciding decide: @escaping @Sendable (StoppedSeries) throws -> StoppedVerdict
    ) async throws -> StoppedFinding?
}

/// Finds series that have stopped for no reason, and lets them go on or sets them aside.
package struct StoppedSeriesCommands<Store: StoppedSeriesStore, Zones: ZoneSource>: Sendable {
    private let store: Store
    private let zones: Zones
    private let agenda: FiringAgenda

    /// How many series one read looks at.
    private static var readLimit: Int { 1000 }

    package init(store: Store, zones: Zones, agenda: FiringAgenda) {
        self.store = store
        self.zones = zones
        self.agenda = agenda
    }

    /// Goes through all locations.
    ///
    /// A series whose zone cannot be read is left as it is.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - tell: Is told what is done.
    /// - Throws: What the store throws, or `CancellationError`.
    package func mend(at now: Timestamp, telling tell: (StoppedFinding) -> Void) async throws {
        let decide: @Sendable (StoppedSeries) throws -> StoppedVerdict = { [zones] stopped in
            do throws(UnknownZone) {
                return try stopped.verdict(at: now, among: zones)
            } catch {
                return .hasEnded
            }
        }
        for locationID in try await store.locationIDs() {
            var last: Identifier<RecurringTask>? = Identifier(0)
            while let after = last {
                try Task.checkCancellation()
                let part = try await store.stoppedSeries(
                    after: after,
                    limit: Self.readLimit,
                    in: locationID,
                    deciding: decide
                )
                for id in part.found {
                    let address = SeriesAddress(locationID: locationID, seriesID: id)
                    guard let finding = try await mend(address, at: now, deciding: decide)
                    else { continue }
                    if case .setAside = finding { agenda.addSetAside(1) }
                    tell(finding)
                }
                last = part.end
            }
        }
    }

    private func mend(
        _ address: SeriesAddress,
        at now: Timestamp,
        deciding decide: @escaping @Sendable (StoppedSeries) throws -> StoppedVerdict
    ) async throws -> StoppedFinding? {
        do {
            return try await store.mendStopped(address, at: now, deciding: decide)
        } catch let error as StoreUnavailable {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            return .failed(address, reason: "\(error)")
        }
    }
}
