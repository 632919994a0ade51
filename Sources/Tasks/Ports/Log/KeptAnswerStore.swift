package import Recurrence

/// Where it is remembered which keyed requests were carried out, and how they were answered.
///
/// That a request was carried out is stored in the transaction of its effect.
package protocol KeptAnswerStore: Sendable {
    /// Whether other processes may carry out requests, too.
    var sharesRequests: Bool { get }

    /// Notes that this process carries out a request.
    ///
    /// - Returns: Whether it did not do so already.
    func begin(_ key: KeyedRequest.Key) -> Bool

    /// Notes that it does so no more.
    func end(_ key: KeyedRequest.Key)

    /// What is known of a request; nothing if it was not carried out, or too long ago.
    ///
    /// - Throws: ``KeyRefusal/otherRequest``.
    func known(_ request: KeyedRequest, at now: Timestamp) async throws -> KnownRequest?

    /// Keeps the answer to a request.
    func keep(_ answer: KeptAnswer, to request: KeyedRequest, at now: Timestamp) async throws

    /// Forgets answers that were kept long enough.
    ///
    /// - Returns: How many were forgotten, up to a limit.
    func forgetAnswers(at now: Timestamp, limit: Int) async throws -> Int
}
