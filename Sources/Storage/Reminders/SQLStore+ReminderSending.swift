package import Recurrence
package import Tasks

extension SQLStore: ReminderStore {
    package func firstAttempts(
        inShards shards: [Int]
    ) async throws -> [ReminderAgenda.Lane: Timestamp] {
        try await scan(for: nil) { connection in
            var attempts: [ReminderAgenda.Lane: Timestamp] = [:]
            for shard in shards {
                let arguments: SQLArguments = ["shard": .integer(shard)]
                try connection.query(ReminderStatements.firstAttempts, arguments) { row in
                    guard let way = StoredReminderWay(rawValue: try row.int(0)),
                        let time = try row.optionalInt64(1)
                    else { return }
                    let lane = ReminderAgenda.Lane(shard: shard, way: way.way)
                    attempts[lane] = Timestamp(microseconds: time)
                }
            }
            return attempts
        }
    }

    package func takeUpAbandonedReminders(
        inShards shards: [Int],
        before time: Timestamp,
        sendingAgainBy ways: Set<ReminderWay>
    ) async throws -> Int {
        try await write { connection in
            try connection.executeEach(
                ReminderStatements.takeUpAbandoned,
                shards.map { shard in
                    [
                        "shard": .integer(shard), "before": .integer(time.microseconds),
                        "mailsAgain": .integer(ways.contains(.email) ? 1 : 0),
                        "messagesAgain": .integer(ways.contains(.sms) ? 1 : 0),
                    ]
                }
            ).reduce(0, +)
        }
    }

    package func claimReminders(
        inShard shard: Int,
        by way: ReminderWay,
        at now: Timestamp,
        limit: Int,
        leaseDuration: Duration,
        zones: any ZoneSource
    ) async throws -> ReminderClaim {
        let leasedUntil = now.advanced(by: leaseDuration)
        return try await write { connection in
            let lane = ReminderLane(connection, shard: shard, way: way, telling: unreadableRows)
            let (due, hasUnreadable) = try lane.due(at: now, limit: limit)
            // What is being sent counts as sent to a person by now, but not what is taken here.
            var reader = MatterReader(connection, at: now, telling: unreadableRows, zones: zones)
            let matters = try due.map { try reader.matter(of: $0.reminder, by: $0.actorID) }
            let counts = try connection.executeEach(
                ReminderStatements.claim,
                due.map { due in
                    var arguments = SQLArguments(due.reminder.key)
                    arguments.append(.integer(due.reminder.attempts), for: "attemptCount")
                    arguments.append(.integer(leasedUntil.microseconds), for: "leasedUntil")
                    arguments.append(.integer(now.microseconds), for: "now")
                    return arguments
                }
            )
            var claim = ReminderClaim()
            for (place, count) in counts.enumerated() where count == 1 {
                var reminder = due[place].reminder
                reminder.attempts += 1
                claim.reminders.append(
                    ClaimedReminder(
                        reminder: reminder,
                        leasedUntil: leasedUntil,
                        matter: matters[place]
                    )
                )
            }
            claim.nextAt = try lane.nextAt(
                after: due.isEmpty && hasUnreadable ? now : nil
            )
            return claim
        }
    }

    package func matter(of claimed: ClaimedReminder) async throws -> ReminderMatter? {
        try await readSnapshot { connection in
            let key = claimed.reminder.key
            guard
                try connection.row(ReminderStatements.held, SQLArguments(claimed), { _ in true })
                    ?? false
            else { return nil }
            var reader = ReminderFactReader(connection, telling: unreadableRows)
            var matter = claimed.matter
            matter.facts = try reader.facts(
                ofTask: key.taskID,
                in: key.locationID,
                besides: [key.userID]
            )
            return matter
        }
    }

    package func finish(_ outcomes: [ReminderOutcome], inShard shard: Int) async throws -> Int {
        let (count, attempts) = try await write { connection in
            let counts = try connection.executeEach(
                ReminderStatements.finish,
                outcomes.map(\.storedArguments)
            )
            var attempts: [(at: Timestamp, lane: ReminderAgenda.Lane)] = []
            for (outcome, count) in zip(outcomes, counts) where count == 1 {
                let key = outcome.claimed.reminder.key
                if let time = outcome.decision.verdict.nextAttemptAt {
                    attempts.append((time, ReminderAgenda.Lane(shard: shard, way: key.way)))
                }
                guard let successor = outcome.decision.successor else { continue }
                try connection.executeLater(
                    ReminderStatements.add,
                    successor.storedArguments()
                )
                if let attempt = successor.attempt { attempts.append(attempt) }
            }
            return (counts.reduce(0, +), attempts)
        }
        for (time, lane) in attempts { reminderAgenda.note(time, in: lane) }
        return count
    }
}

/// The reminders of a shard that go one way.
struct ReminderLane<Connection: SQLConnection> {
    private let connection: Connection
    private let shard: Int
    private let way: ReminderWay
    private let unreadableRows: UnreadableRows

    init(
        _ connection: Connection,
        shard: Int,
        way: ReminderWay,
        telling unreadableRows: UnreadableRows
    ) {
        self.connection = connection
        self.shard = shard
        self.way = way
        self.unreadableRows = unreadableRows
    }

    private var arguments: SQLArguments {
        ["shard": .integer(shard), "way": .integer(StoredReminderWay(way).rawValue)]
    }

    /// Those that are to be sent, the first first, and whether there are others that cannot be read.
    func due(
        at now: Timestamp,
        limit: Int
    ) throws -> (
        reminders: [(reminder: PlannedReminder, actorID: Identifier<User>?)], hasUnreadable: Bool
    ) {
        var arguments = arguments
        arguments.append(.integer(now.microseconds), for: "now")
        arguments.append(.integer(limit), for: "limit")
        let (due, rowCount) = try connection.readableRows(
            ReminderStatements.due,
            arguments,
            telling: unreadableRows
        ) { row in
            let locationID = LocationID((try? row.text(11, lengths: .names)) ?? "?")
            let reminder = try PlannedReminder(row, in: locationID)
            let actorID: Identifier<User>? = (try? row.optionalIdentifier(12)) ?? nil
            return (reminder, actorID)
        }
        return (due, due.count < rowCount)
    }

    /// When the next one is to be sent.
    ///
    /// Where nothing but what cannot be read was to be sent by a time, it is a minute later at least.
    func nextAt(after now: Timestamp?) throws -> Timestamp? {
        let time = try connection.row(ReminderStatements.firstAttempt, arguments) { row in
            try row.optionalInt64(0)
        }
        let first = now?.advanced(by: .seconds(60)) ?? Timestamp(microseconds: .min)
        return (time ?? nil).map { max(Timestamp(microseconds: $0), first) }
    }
}

/// Reads what reminders are about.
struct MatterReader<Connection: SQLConnection> {
    /// How many tasks a digest tells of.
    private static var digestLimit: Int { 50 }

    private let connection: Connection
    private let now: Timestamp
    private let zones: any ZoneSource
    private let unreadableRows: UnreadableRows
    private var reader: ReminderFactReader<Connection>
    private var counts: [DirectoryAddress: (hour: Int, day: Int)] = [:]

    init(
        _ connection: Connection,
        at now: Timestamp,
        telling unreadableRows: UnreadableRows,
        zones: any ZoneSource
    ) {
        self.connection = connection
        self.now = now
        self.zones = zones
        self.unreadableRows = unreadableRows
        reader = ReminderFactReader(connection, telling: unreadableRows)
    }

    /// What a reminder is about; without its task where that cannot be read.
    mutating func matter(
        of reminder: PlannedReminder,
        by actorID: Identifier<User>?
    ) throws -> ReminderMatter {
        let key = reminder.key
        let locationID = key.locationID
        var facts: ReminderFacts
        var isUnreadable = false
        do {
            facts = try reader.facts(ofTask: key.taskID, in: locationID, besides: [key.userID])
        } catch let row as UnreadableRow {
            unreadableRows.note(row)
            facts = ReminderFacts(in: locationID, task: nil)
            isUnreadable = true
        }
        var matter = ReminderMatter(facts)
        matter.isUnreadable = isUnreadable
        matter.location = try reader.location(locationID).location
        matter.user = try reader.person(key.userID, in: locationID)?.user
        matter.contact = try reader.contact(facts.task?.template.contactID, in: locationID)
        if let actorID {
            matter.assignerName = try reader.person(actorID, in: locationID)?.user.name
        }
        if case .digest = key.cause, let user = matter.user {
            matter.digest = try digest(of: user, in: locationID)
        }
        switch key.way {
        case .email, .sms: (matter.sentInHour, matter.sentInDay) = try sentCounts(of: key)
        case .webhook, .page, .call: break
        }
        return matter
    }

    private mutating func sentCounts(of key: ReminderKey) throws -> (Int, Int) {
        let address = DirectoryAddress(key.locationID, key.userID.rawValue)
        if let known = counts[address] { return known }
        var arguments = SQLArguments(in: key.locationID)
        arguments.append(.integer(key.userID.rawValue), for: "userID")
        let dayAgo = now.advanced(by: .seconds(-86_400))
        let hourAgo = now.advanced(by: .seconds(-3_600))
        arguments.append(.integer(dayAgo.microseconds), for: "dayAgo")
        arguments.append(.integer(hourAgo.microseconds), for: "hourAgo")
        let found = try connection.row(ReminderStatements.sentCounts, arguments) { row in
            (hour: try row.int(1), day: try row.int(0))
        }
        counts[address] = found ?? (0, 0)
        return found ?? (0, 0)
    }

    /// What is overdue, and what is due by the end of the person's day.
    private mutating func digest(
        of user: DirectoryUser,
        in locationID: LocationID
    ) throws -> DigestMatter {
        let zone = (try? zones.zone(named: user.timeZone)) ?? .utc
        let date = zone.localDateTime(at: now).date.advanced(byDays: 1)
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(user.id.rawValue), for: "userID")
        arguments.append(
            .integer(zone.timestamp(of: LocalDateTime(date)).microseconds),
            for: "until"
        )
        arguments.append(.integer(1000), for: "limit")
        let ids = try connection.rows(ReminderStatements.tasksOfDay, arguments) { row in
            Identifier<TaskInstance>(try row.int64(0))
        }
        var digest = DigestMatter()
        let transaction = LocationTransaction(
            in: locationID,
            on: connection,
            telling: unreadableRows
        )
        for id in ids.prefix(Self.digestLimit) {
            do {
                guard let task = try transaction.entry(of: id)?.task else { continue }
                let contact = try reader.contact(task.template.contactID, in: locationID)
                digest.tasks.append((task, contact))
            } catch let row as UnreadableRow {
                unreadableRows.note(row)
            }
        }
        digest.furtherCount = max(0, ids.count - Self.digestLimit)
        return digest
    }
}

extension SQLArguments {
    /// The arguments that name a reminder as somebody has taken it.
    init(_ claimed: ClaimedReminder) {
        self.init(claimed.reminder.key)
        append(.integer(claimed.reminder.attempts), for: "attemptCount")
        append(.integer(claimed.leasedUntil.microseconds), for: "leasedUntil")
    }

    /// Adds what became of a reminder.
    mutating func append(_ verdict: ReminderVerdict, of reminder: PlannedReminder) {
        let state = verdict.storedState
        append(.integer(state.rawValue), for: "state")
        append(
            .integer((verdict.nextAttemptAt ?? reminder.fireAt).microseconds),
            for: "attemptAt"
        )
        append(.integer(orNull: verdict.sentAt?.microseconds), for: "sentAt")
        // What others answer has a bound here.
        let answer = (verdict.answer ?? reminder.answer).unicodeScalars.prefix(200)
        append(.text(orNull: answer.isEmpty ? nil : String(answer)), for: "answer")
    }
}

extension ReminderOutcome {
    /// The arguments of ``ReminderStatements/finish``.
    fileprivate var storedArguments: SQLArguments {
        let verdict = decision.verdict
        var arguments = SQLArguments(claimed)
        arguments.append(verdict, of: claimed.reminder)
        arguments.append(.integer(verdict.isAnAttempt ? 0 : 1), for: "unusedCount")
        return arguments
    }
}

extension ReminderVerdict {
    var storedState: StoredReminderState {
        switch self {
        case .sent: .sent
        case .withdrawn: .withdrawn
        case .missed: .missed
        case .failed: .failed
        case .refused, .postponed: .waiting
        }
    }

    /// When it is tried next, of one that waits.
    var nextAttemptAt: Timestamp? {
        switch self {
        case .refused(_, let time), .postponed(let time): time
        case .sent, .withdrawn, .missed, .failed: nil
        }
    }

    fileprivate var sentAt: Timestamp? {
        if case .sent(let time, _) = self { time } else { nil }
    }

    /// What the ledger says; none where that stays as it is.
    fileprivate var answer: String? {
        switch self {
        case .sent(_, let answer), .refused(let answer, _), .failed(let answer): answer
        case .withdrawn(let reason), .missed(let reason): reason
        case .postponed: nil
        }
    }

    /// Whether somebody was given it to send.
    var isAnAttempt: Bool {
        switch self {
        case .sent, .refused, .failed: true
        case .withdrawn, .missed, .postponed: false
        }
    }
}
