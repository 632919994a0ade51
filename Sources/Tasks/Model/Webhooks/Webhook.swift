package import Recurrence

/// A subscription of another system to what changes in a location.
package struct Webhook: Hashable, Sendable {
    package var id: Identifier<Webhook>
    package var locationID: LocationID
    /// Where events are sent.
    package var url: String
    package var form: WebhookForm
    /// The types of events that are sent; none where all are that the form has.
    package var types: Set<WebhookEventType>?
    package var secret: SealedSecret
    /// The secret before the last rotation, which signs beside the new one until a time.
    package var former: FormerSecret?
    package var progress: WebhookProgress
    package var createdAt: Timestamp

    package init(
        id: Identifier<Webhook>,
        locationID: LocationID,
        url: String,
        form: WebhookForm,
        types: Set<WebhookEventType>? = nil,
        secret: SealedSecret,
        former: FormerSecret? = nil,
        progress: WebhookProgress,
        createdAt: Timestamp
    ) {
        self.id = id
        self.locationID = locationID
        self.url = url
        self.form = form
        self.types = types
        self.secret = secret
        self.former = former
        self.progress = progress
        self.createdAt = createdAt
    }

    /// The names of the events that are sent.
    package var eventNames: [String] {
        form.eventNames.filter { name in
            types?.contains { form.name(of: $0) == name } ?? true
        }
    }

    /// Whether events of a type are sent.
    package func wants(_ type: WebhookEventType) -> Bool {
        form.name(of: type) != nil && types?.contains(type) ?? true
    }
}

/// The bytes of a secret as they are stored: encrypted with the key of the deployment.
package struct SealedSecret: Hashable, Sendable {
    package var bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}

/// A secret that another one has taken the place of.
package struct FormerSecret: Hashable, Sendable {
    package var secret: SealedSecret
    /// Until when it still signs.
    package var until: Timestamp

    package init(secret: SealedSecret, until: Timestamp) {
        self.secret = secret
        self.until = until
    }

    /// How long a secret still signs after a rotation.
    package static var overlap: Duration { .seconds(86_400) }
}

/// In which form events are sent; the numbers are stored.
package enum WebhookForm: Int, Hashable, Sendable, CaseIterable {
    /// Events of every kind, signed by Standard Webhooks.
    case standard = 1
    /// HighLevel's three events, in its form and with its signature.
    case highLevel = 2

    /// The word for it.
    package var word: String {
        switch self {
        case .standard: "standard"
        case .highLevel: "highlevel"
        }
    }

    package init?(word: String) {
        guard let form = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = form
    }

    /// What the form calls a type of event; none where it has no such event.
    package func name(of type: WebhookEventType) -> String? {
        switch (self, type) {
        case (.standard, _): type.rawValue
        case (.highLevel, .taskCreated): "TaskCreate"
        case (.highLevel, .taskCompleted): "TaskComplete"
        // HighLevel does not show a skipped task.
        case (.highLevel, .taskDeleted), (.highLevel, .taskSkipped): "TaskDelete"
        case (.highLevel, _): nil
        }
    }

    /// The names of the events that the form has, without repetition.
    package var eventNames: [String] {
        WebhookEventType.allCases.reduce(into: []) { names, type in
            if let name = name(of: type), !names.contains(name) { names.append(name) }
        }
    }

    /// The names by which events of the form can be asked for: its own, and in the form that has all
    /// events HighLevel's, too.
    package var knownNames: [String] {
        switch self {
        case .standard: eventNames + Self.highLevel.eventNames
        case .highLevel: eventNames
        }
    }

    /// The types that some names stand for; nil if the form knows no event by one of the names.
    package func types(named names: [String]) -> Set<WebhookEventType>? {
        guard !names.isEmpty, names.allSatisfy(knownNames.contains) else { return nil }
        return Set(
            WebhookEventType.allCases.filter { type in
                Self.allCases.contains { $0.name(of: type).map(names.contains) ?? false }
            }
        )
    }
}

/// What became of a record, as those are told who follow.
package enum WebhookEventType: String, Hashable, Sendable, CaseIterable {
    case taskCreated = "task.created"
    case taskChanged = "task.changed"
    case taskCompleted = "task.completed"
    case taskReopened = "task.reopened"
    case taskSkipped = "task.skipped"
    case taskDeleted = "task.deleted"
    case seriesCreated = "series.created"
    case seriesChanged = "series.changed"
    case seriesDeleted = "series.deleted"
    /// Somebody was to be reminded of a task, by webhooks.
    case reminderDue = "reminder.due"
}
