import Recurrence
import Tasks

/// Reads what the decisions about series have to know, by few statements for all of them.
///
/// What cannot be read concerns its series alone.
struct FiringSnapshots<Connection: SQLConnection> {
    private let connection: Connection
    /// The transactions of the series' locations.
    private let transactions: [LocationTransaction<Connection>]
    private var snapshots: [Result<FiringSnapshot, any Error>]

    private struct Subject: Hashable {
        let locationID: LocationID
        let number: Int64
    }

    /// Reads what is to be known.
    ///
    /// - Throws: ``SQLError``.
    init(
        of series: [(
            transaction: LocationTransaction<Connection>, series: RecurringTask, clock: SeriesClock
        )],
        on connection: Connection
    ) throws {
        self.connection = connection
        transactions = series.map(\.transaction)
        snapshots = series.map { .success(FiringSnapshot(series: $0.series, clock: $0.clock)) }
        try readPolicyFacts()
        try readContacts()
        try readNewestTasks()
    }

    /// A snapshot for each series, or why there is none.
    var values: [Result<FiringSnapshot, any Error>] { snapshots }

    private mutating func readPolicyFacts() throws {
        var known: [LocationID: [SeriesPolicies: Result<PolicyFacts, any Error>]] = [:]
        for (place, transaction) in transactions.enumerated() {
            guard case .success(var snapshot) = snapshots[place] else { continue }
            let policies = snapshot.series.policies
            if policies == SeriesPolicies() { continue }
            let facts =
                try known[transaction.locationID]?[policies]
                ?? result {
                    try transaction.policyFacts(for: policies)
                }
            known[transaction.locationID, default: [:]][policies] = facts
            snapshots[place] = facts.map { facts in
                snapshot.policyFacts = facts
                return snapshot
            }
        }
    }

    /// Finds out which contacts of the series are in the directory.
    private mutating func readContacts() throws {
        var subjects: [Subject] = []
        for (place, transaction) in transactions.enumerated() {
            guard let schedule = schedule(at: place) else { continue }
            subjects += schedule.contactIDs.map {
                Subject(locationID: transaction.locationID, number: $0.rawValue)
            }
        }
        subjects = Array(Set(subjects))
        var found: Set<Subject> = []
        let arguments = subjects.map { subject in
            var arguments = SQLArguments(in: subject.locationID)
            arguments.append(.integer(subject.number), for: "contactID")
            return arguments
        }
        try connection.queryEach(ClockStatements.contact, arguments) { place, _ in
            found.insert(subjects[place])
        }
        for (place, transaction) in transactions.enumerated() {
            guard let schedule = schedule(at: place) else { continue }
            change(place) { snapshot in
                snapshot.contactIDs = schedule.contactIDs.filter { contactID in
                    found.contains(
                        Subject(locationID: transaction.locationID, number: contactID.rawValue)
                    )
                }
            }
        }
    }

    /// Reads the newest tasks of series that do something else while one is overdue.
    private mutating func readNewestTasks() throws {
        var wanted: [(place: Int, contactID: Identifier<Contact>?)] = []
        var arguments: [SQLArguments] = []
        for place in transactions.indices {
            guard schedule(at: place) != nil, case .success(let snapshot) = snapshots[place],
                snapshot.series.missedWork.whileOverdue != .create
            else { continue }
            let contacts: [Identifier<Contact>?] =
                snapshot.contactIDs.isEmpty ? [nil] : snapshot.contactIDs
            var key = transactions[place].key(of: snapshot.series.id)
            let through = snapshot.clock.materializedThrough.secondsSince1970
            key.append(.integer(through), for: "materializedThrough")
            for contactID in contacts {
                wanted.append((place, contactID))
                var keyOfContact = key
                keyOfContact.append(.integer(contactID?.rawValue ?? 0), for: "contactID")
                arguments.append(keyOfContact)
            }
        }
        var movable: [(place: Int, contactID: Identifier<Contact>?, taskID: Int64)] = []
        try connection.queryEach(ClockStatements.newestTask, arguments) { number, row in
            let (place, contactID) = wanted[number]
            do throws(UnreadableRow) {
                let task = try NewestTask(row, in: transactions[place].locationID)
                change(place) { $0.newestTasks[contactID] = task }
            } catch {
                return transactions[place].unreadableRows.note(error)
            }
            movable.append((place, contactID, try row.int64(2)))
        }
        try readMovable(movable)
    }

    /// Reads the newest tasks themselves, where the series may move them.
    private mutating func readMovable(
        _ newest: [(place: Int, contactID: Identifier<Contact>?, taskID: Int64)]
    ) throws {
        for (place, contactID, taskID) in newest {
            guard case .success(var snapshot) = snapshots[place],
                snapshot.series.missedWork.whileOverdue == .rollForward
            else { continue }
            let transaction = transactions[place]
            snapshots[place] = try result { try transaction.entry(of: Identifier(taskID)) }
                .map { entry in
                    snapshot.newestTasks[contactID]?.task = entry?.task
                    return snapshot
                }
        }
    }

    private func schedule(at place: Int) -> DueSchedule? {
        guard case .success(let snapshot) = snapshots[place] else { return nil }
        return snapshot.series.dueSchedule
    }

    private mutating func change(_ place: Int, _ change: (inout FiringSnapshot) -> Void) {
        guard case .success(var snapshot) = snapshots[place] else { return }
        change(&snapshot)
        snapshots[place] = .success(snapshot)
    }

    /// What a closure reads, or why that cannot be read.
    ///
    /// - Throws: ``SQLError``.
    private func result<Value>(_ body: () throws -> Value) throws -> Result<Value, any Error> {
        do { return .success(try body()) } catch let error as SQLError { throw error } catch {
            return .failure(error)
        }
    }
}

extension LocationTransaction {
    /// What the decision about a series has to know.
    ///
    /// - Throws: ``SQLError``, or `UnreadableRow`.
    func firingSnapshot(
        of series: RecurringTask,
        after clock: SeriesClock
    ) throws -> FiringSnapshot {
        let snapshots = try FiringSnapshots(of: [(self, series, clock)], on: connection)
        return try snapshots.values[0].get()
    }
}

extension NewestTask {
    /// Creates what is asked of a task from the columns of ``ClockStatements/newestTask``.
    fileprivate init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            let state: TaskState = try row.value(0)
            self.init(isOpen: state == .open, dueAt: try row.timestamp(1))
        } catch {
            throw UnreadableRow(error, of: "task", in: locationID, row, numberAt: 2)
        }
    }
}
