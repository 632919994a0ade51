package import Recurrence

/// How far a webhook's events have been sent.
package struct WebhookProgress: Hashable, Sendable {
    package var place: WebhookPlace
    /// How often the next event was tried in vain.
    package var attemptCount = 0
    /// When the next event is tried again; none if it has not failed.
    package var nextAttemptAt: Timestamp?
    /// Since when no event has arrived; none while they arrive.
    package var failingSince: Timestamp?
    /// What the receiver answered last, or why it did not; none before the first event.
    package var lastAnswer: String?
    /// Why nothing is sent any more; none while the webhook is active.
    package var pauseReason: String?

    package init(place: WebhookPlace) {
        self.place = place
    }

    /// Why a webhook is paused that somebody paused.
    package static let pauseByHand = "It was paused by hand."

    /// How long a webhook may fail before it is paused.
    package static var patience: Duration { .seconds(5 * 86_400) }
    /// The wait after the first failure, which each further one doubles.
    private static var shortestWait: Duration { .seconds(5) }
    private static var longestWait: Duration { .seconds(3600) }

    /// The progress once the event before a place was answered.
    ///
    /// - Parameters:
    ///   - answer: What the receiver answered.
    ///   - place: The place after the event.
    ///   - now: The time.
    ///   - jitter: 0 to 1, by which the wait is made up to a fifth shorter or longer.
    /// - Returns: The progress.
    package func after(
        _ answer: WebhookAnswer,
        upTo place: WebhookPlace,
        at now: Timestamp,
        jitter: Double
    ) -> WebhookProgress {
        var progress = self
        progress.lastAnswer = answer.text
        if answer.isSuccess {
            progress.place = place
            progress.attemptCount = 0
            progress.nextAttemptAt = nil
            progress.failingSince = nil
            return progress
        }
        let since = failingSince ?? now
        progress.failingSince = since
        progress.attemptCount += 1
        progress.nextAttemptAt = nil
        if case .status(410) = answer {
            progress.pauseReason = "The receiver answered 410: it is gone."
        } else if now >= since.advanced(by: Self.patience) {
            progress.pauseReason = "The receiver has taken no event for five days."
        } else {
            progress.nextAttemptAt = now.advanced(by: wait(jitter: jitter))
        }
        return progress
    }

    private func wait(jitter: Double) -> Duration {
        let doubled = Self.shortestWait * (1 << min(attemptCount, 20))
        return min(doubled, Self.longestWait) * (0.8 + 0.4 * jitter)
    }

    /// The progress of a webhook that goes on from a place, as if it had never failed.
    package static func goingOn(from place: WebhookPlace) -> WebhookProgress {
        WebhookProgress(place: place)
    }
}

/// A place in a location's log, between two events.
package struct WebhookPlace: Hashable, Sendable {
    /// The number of the last change of which everything was told.
    package var changeNumber: Int64
    /// How many records of the next change were told of.
    package var recordCount: Int

    package init(changeNumber: Int64, recordCount: Int = 0) {
        self.changeNumber = changeNumber
        self.recordCount = recordCount
    }
}

/// What came of one request to a receiver.
package enum WebhookAnswer: Hashable, Sendable {
    /// The receiver answered with this status.
    case status(Int)
    /// It did not answer, for this reason.
    case failure(String)

    package var isSuccess: Bool {
        if case .status(let status) = self { (200...299).contains(status) } else { false }
    }

    package var text: String {
        switch self {
        case .status(let status): String(status)
        case .failure(let reason): reason
        }
    }
}
