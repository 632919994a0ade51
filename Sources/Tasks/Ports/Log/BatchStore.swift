package import Recurrence

/// Where several commands are carried out together, or none of them.
package protocol BatchStore: Sendable {
    /// Runs operations, each of which makes at most one change, so that their changes are one
    /// transaction, in the order of the operations.
    ///
    /// Each operation goes on once the changes of all are durable. If one of them fails, or refuses
    /// to change anything, all others fail with ``BatchAborted`` and nothing is changed.
    ///
    /// - Parameters:
    ///   - operations: What is carried out together.
    ///   - locationID: The location, of which all are.
    ///   - now: When they are carried out.
    ///   - isTrial: Whether they are only tried, each of them and so together.
    /// - Returns: What each of them returned or threw.
    func atomically<Value: Sendable>(
        _ operations: [@Sendable () async throws -> Value],
        in locationID: LocationID,
        at now: Timestamp,
        trying isTrial: Bool
    ) async -> [Result<Value, any Error>]
}

/// Another operation of the same batch failed.
package struct BatchAborted: Error, Hashable {
    package init() {}
}
