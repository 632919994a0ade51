package import Recurrence
package import Tasks

extension SQLStore: KeptAnswerStore {
    package var sharesRequests: Bool { !Driver.Connection.writesAlone }

    package func begin(_ key: KeyedRequest.Key) -> Bool { requestsInProgress.begin(key) }

    package func end(_ key: KeyedRequest.Key) { requestsInProgress.end(key) }

    package func known(
        _ request: KeyedRequest,
        at now: Timestamp
    ) async throws -> KnownRequest? {
        try await readSnapshot { connection in
            let transaction = self.transaction(in: request.key.locationID, on: connection)
            return try transaction.keptRow(of: request, at: now)?.known
        }
    }

    package func keep(
        _ answer: KeptAnswer,
        to request: KeyedRequest,
        at now: Timestamp
    ) async throws {
        try await write(for: request.key.locationID) { connection in
            let transaction = self.transaction(in: request.key.locationID, on: connection)
            try transaction.keep(answer, to: request, at: now)
        }
    }

    package func forgetAnswers(at now: Timestamp, limit: Int) async throws -> Int {
        let before = now.advanced(by: .zero - KeyedRequest.keptDuration)
        let shards = try await scan(for: nil) { connection in
            try connection.rows(
                KeptAnswerStatements.shardsWithOld,
                ["before": .integer(before.microseconds)]
            ) { row in try row.int64(0) }
        }
        var count = 0
        for shard in shards where count < limit {
            let arguments: SQLArguments = [
                "shard": .integer(shard), "before": .integer(before.microseconds),
                "limit": .integer(limit - count),
            ]
            count += try await write { connection in
                try connection.execute(KeptAnswerStatements.forget, arguments)
            }
        }
        return count
    }
}

/// How a store remembers what came of a command, so that a request that was carried out is answered
/// when it comes again.
struct EffectMemory<Value: Sendable, Connection: SQLConnection>: Sendable {
    /// What is remembered; none if nothing was carried out.
    let note: @Sendable (Value) -> EffectNote?
    /// What came of it, as far as it is there now.
    let recall: @Sendable (EffectNote, LocationTransaction<Connection>) throws -> Value?
}

/// What is remembered of a command's effect.
struct EffectNote: Hashable {
    /// The record that the answer is about.
    var recordID: Int64
    var changeNumber: Int64?
}

extension SQLStore {
    /// Runs a change of a location that a request may have asked for under a key.
    ///
    /// If the request was carried out before, the change is not made again.
    ///
    /// - Throws: ``KeyRefusal``, or what the change throws.
    func change<Value: Sendable>(
        in locationID: LocationID,
        at now: Timestamp,
        remembering memory: EffectMemory<Value, Driver.Connection>,
        _ body:
            @escaping @Sendable (
                LocationTransaction<Driver.Connection>, inout IdentifierSource
            ) throws -> (Value, ChangePlan?)
    ) async throws -> Value {
        if WriteBatch.current != nil, let value = try await joinBatch(body) { return value }
        guard let request = KeyedRequest.current else {
            return try await change(in: locationID, at: now, body)
        }
        return try await change(in: locationID, at: now) { transaction, source in
            if let row = try transaction.keptRow(of: request, at: now) {
                guard row.status == nil else { throw KeyRefusal.inProgress }
                guard let note = row.note, let value = try memory.recall(note, transaction) else {
                    throw KeyRefusal.answerLost
                }
                return (value, nil)
            }
            let result = try body(transaction, &source)
            if let note = memory.note(result.0) {
                try transaction.remember(note, of: request, at: now)
            }
            return result
        }
    }
}
