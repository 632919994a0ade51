import Tasks

/// Writes of one location that share a transaction, so that one commit serves them all.
///
/// Each is a savepoint of its own: one that fails is undone alone. Those that wait when the one before
/// is done join, until the transaction has taken long enough.
struct PostgreSQLBatch: Sendable {
    private let terms: PostgreSQLTerms
    private var jobs: [PostgreSQLJob]
    private var answers: [PostgreSQLJob.Answer] = []
    /// Whether no further write joins, because those that are here were run before.
    private var isComplete = false
    /// What proves that the transaction was kept.
    private var proof: PostgreSQLProof?

    /// How many writes share a transaction; of more savepoints the server does not keep track well.
    private static var jobLimit: Int { 50 }

    /// After how long no further write joins.
    private static var timeLimit: Duration { .milliseconds(50) }

    /// How often the writes are run if the answer to each commit is lost, and nothing was kept.
    private static var commitLimit: Int { 3 }

    private static let begin = SQLStatement("SAVEPOINT write")
    private static let end = SQLStatement("RELEASE SAVEPOINT write")
    private static let rollBack = SQLStatement("ROLLBACK TO SAVEPOINT write")

    init(_ first: PostgreSQLJob, _ terms: PostgreSQLTerms) {
        jobs = [first]
        self.terms = terms
    }

    /// Runs the writes, again as long as that may help.
    ///
    /// - Parameters:
    ///   - connection: The connection; none before the first work.
    ///   - next: Takes out a further write that waits.
    /// - Returns: What tells the callers how it went.
    mutating func run(
        on connection: inout PostgreSQLConnection?,
        next: @Sendable () -> PostgreSQLJob?
    ) -> PostgreSQLJob.Answer {
        do {
            try settle(on: &connection, next)
        } catch {
            return { [jobs] in for job in jobs { job.fail(error) } }
        }
        terms.condition.noteWrite()
        return { [answers] in for answer in answers { answer() } }
    }

    /// Runs the writes until it is known what became of them.
    private mutating func settle(
        on connection: inout PostgreSQLConnection?,
        _ next: @Sendable () -> PostgreSQLJob?
    ) throws {
        let terms = terms
        var commitCount = 0
        while true {
            do {
                return try terms.trying(on: &connection) { connection in
                    try transact(on: connection, next)
                }
            } catch SQLError.outcomeUnknown(let message) {
                commitCount += 1
                guard commitCount < Self.commitLimit, let proof, let location = jobs[0].locationID,
                    let isKept = terms.isKept(by: proof, in: location, on: &connection)
                else { throw SQLError.outcomeUnknown(message: message) }
                if isKept { return }
            }
        }
    }

    /// Runs the writes in a transaction.
    private mutating func transact(
        on connection: PostgreSQLConnection,
        _ next: @Sendable () -> PostgreSQLJob?
    ) throws {
        answers = []
        let limit = terms.configuration.writeTimeLimit
        let endsAt = terms.uptime() + Self.timeLimit
        connection.begin(.writing, limit: limit)
        do {
            defer { isComplete = true }
            try connection.begin(terms.configuration.writeMode)
            while true {
                if answers.count == jobs.count {
                    guard !isComplete, jobs.count < Self.jobLimit, terms.uptime() < endsAt,
                        let job = next()
                    else { break }
                    jobs.append(job)
                }
                connection.begin(.writing, limit: limit)
                answers.append(try run(jobs[answers.count], on: connection))
            }
        } catch {
            connection.rollBack()
            throw error
        }
        proof = connection.proof
        try connection.commit()
    }

    /// Runs one write.
    ///
    /// If it throws, only this write is undone. An answer that is an error waits for the commit too,
    /// for it may be about rows of other writes, which may not be kept in the end.
    ///
    /// - Throws: ``SQLError`` that ends the transaction.
    private func run(
        _ job: PostgreSQLJob,
        on connection: PostgreSQLConnection
    ) throws -> PostgreSQLJob.Answer {
        guard case .shared(let write) = job.work else {
            preconditionFailure("work that is alone shares no transaction")
        }
        let proof = connection.proof
        var hasClashed = false
        while true {
            try connection.executeLater(Self.begin, [:])
            do {
                let answer = try write(connection)
                try connection.confirm()
                try connection.executeLater(Self.end, [:])
                return answer
            } catch {
                if connection.isLost || connection.hasConflict { throw error }
                try connection.undo(by: Self.rollBack)
                connection.restore(proof)
                try connection.executeLater(Self.end, [:])
                // Another transaction may have stored the row after this one looked for it.
                guard case SQLError.uniquenessViolated = error, !hasClashed else {
                    return { job.fail(error) }
                }
                hasClashed = true
            }
        }
    }
}

extension PostgreSQLTerms {
    /// How long it is tried to find out what became of a transaction.
    private static var proofTimeLimit: Duration { .seconds(5) }

    /// How often.
    private static var proofTryLimit: Int { 50 }

    /// Finds out whether a transaction was kept whose commit was not answered.
    ///
    /// It waits for the location's row, which the transaction holds until it has ended.
    ///
    /// - Returns: None if the server does not tell in time.
    func isKept(
        by proof: PostgreSQLProof,
        in locationID: LocationID,
        on connection: inout PostgreSQLConnection?
    ) -> Bool? {
        let endsAt = uptime() + Self.proofTimeLimit
        for count in 1...Self.proofTryLimit {
            let isKept = try? trying(on: &connection) { connection in
                connection.begin(.reading, limit: configuration.writeTimeLimit)
                return try connection.transaction(configuration.writeMode) { connection in
                    try connection.lock([locationID])
                    return try connection.row(proof.statement, proof.arguments) { _ in true }
                        ?? false
                }
            }
            if let isKept { return isKept }
            if uptime() > endsAt { return nil }
            Self.pause(after: count)
        }
        return nil
    }
}
