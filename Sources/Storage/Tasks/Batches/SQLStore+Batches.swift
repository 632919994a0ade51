package import Recurrence
package import Tasks

extension SQLStore: BatchStore {
    package func atomically<Value: Sendable>(
        _ operations: [@Sendable () async throws -> Value],
        in locationID: LocationID,
        at now: Timestamp,
        trying isTrial: Bool
    ) async -> [Result<Value, any Error>] {
        let request = KeyedRequest.current
        let batch = WriteBatch(count: operations.count, isTrial: isTrial) { changes in
            isTrial
                ? try await tryOut(changes, in: locationID, at: now)
                : try await carryOut(changes, for: request, in: locationID, at: now)
        }
        return await withTaskGroup(of: (Int, Result<Value, any Error>)?.self) { group in
            for (place, operation) in operations.enumerated() {
                let member = WriteBatch.Member(batch: batch, place: place)
                group.addTask { (place, await run(operation, as: member)) }
            }
            group.addTask {
                await batch.settle()
                return nil
            }
            var results: [Int: Result<Value, any Error>] = [:]
            for await result in group {
                if let (place, result) = result { results[place] = result }
            }
            return operations.indices.map { results[$0] ?? .failure(BatchAborted()) }
        }
    }

    /// Runs an operation of a batch to its end.
    private func run<Value: Sendable>(
        _ operation: @Sendable () async throws -> Value,
        as member: WriteBatch.Member
    ) async -> Result<Value, any Error> {
        let result: Result<Value, any Error>
        do {
            // The batch as a whole is remembered under the key of its request.
            let value = try await KeyedRequest.$current.withValue(nil) {
                try await WriteBatch.$current.withValue(member) { try await operation() }
            }
            result = .success(value)
        } catch {
            result = .failure(error)
        }
        if case .success = result {
            member.batch.end(at: member.place, successfully: true)
        } else {
            member.batch.end(at: member.place, successfully: false)
        }
        return result
    }

    /// Makes changes in one transaction.
    private func carryOut(
        _ changes: [WriteBatch.Change],
        for request: KeyedRequest?,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> [any Sendable] {
        if changes.isEmpty { return [] }
        let (values, plans) = try await write(for: locationID) { [numbers] connection in
            let transaction = self.transaction(in: locationID, on: connection)
            if let request, try transaction.keptRow(of: request, at: now) != nil {
                throw KeyRefusal.answerLost
            }
            var source = numbers.source(on: connection)
            let made = try transaction.carryOut(changes, numbers: &source)
            if let request {
                try transaction.remember(EffectNote(recordID: 0), of: request, at: now)
            }
            numbers.putBack(source)
            return made
        }
        for plan in plans { noteDone(plan, in: locationID, on: .comingDue, at: now) }
        return values
    }

    /// Makes changes in one transaction and undoes them.
    private func tryOut(
        _ changes: [WriteBatch.Change],
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> [any Sendable] {
        try await tryOut(in: locationID) { transaction, source in
            try transaction.carryOut(changes, numbers: &source).values
        }
    }

    /// Makes a change together with those of the batch that the current task belongs to.
    ///
    /// - Returns: None if the task belongs to none, or if its change in the batch was made already.
    func joinBatch<Value: Sendable>(
        _ body:
            @escaping @Sendable (
                LocationTransaction<Driver.Connection>, inout IdentifierSource
            ) throws -> (Value, ChangePlan?)
    ) async throws -> Value? {
        guard let member = WriteBatch.current, member.batch.isOpen(at: member.place) else {
            return nil
        }
        let value = try await member.batch.join(at: member.place) { transaction, source in
            guard let transaction = transaction as? LocationTransaction<Driver.Connection> else {
                preconditionFailure("a batch is of one store")
            }
            let (value, plan) = try body(transaction, &source)
            return (value, plan)
        }
        return value as? Value
    }
}

extension LocationTransaction {
    /// Makes the changes of a batch, in their order.
    ///
    /// - Throws: ``FailedChange`` with what a change throws, or an error of the database.
    fileprivate func carryOut(
        _ changes: [WriteBatch.Change],
        numbers: inout IdentifierSource
    ) throws -> (values: [any Sendable], plans: [ChangePlan]) {
        var values: [any Sendable] = []
        var plans: [ChangePlan] = []
        for (place, change) in changes.enumerated() {
            do {
                let made = try change(self, &numbers)
                values.append(made.value)
                if let plan = made.plan { plans.append(plan) }
            } catch let error as SQLError where error.isOfDatabase {
                throw error
            } catch {
                throw FailedChange(place: place, reason: error)
            }
        }
        return (values, plans)
    }
}
