import API
import Delivery
import HighLevel
import Logging
import Storage
import SystemZones
import Tasks

extension Server {
    /// Makes what plans reminders and sends them.
    static func makeReminders(
        over store: SQLStore<Driver>,
        zones: SystemZones,
        settings: ServeSettings,
        clock: ServerClock,
        isOneOfSeveral: Bool,
        logger: Logger
    ) -> ReminderRelay<SQLStore<Driver>, ReminderPost, SystemZones, ServerClock> {
        ReminderRelay(
            store: store,
            sender: makeReminderPost(settings),
            zones: zones,
            clock: clock,
            limits: settings.post.limits,
            isAlone: !isOneOfSeveral,
            logger: logger,
            pause: { try await Task.sleep(for: .milliseconds(200)) },
            worksShard: { [agenda = store.agenda] shard in
                agenda.tenure(of: shard) != .elsewhere
            }
        )
    }

    /// Makes what sends the events of webhooks.
    static func makeRelay(
        over store: SQLStore<Driver>,
        zones: SystemZones,
        settings: WebhookSettings,
        clock: ServerClock,
        isOneOfSeveral: Bool,
        logger: Logger
    ) -> WebhookRelay<SQLStore<Driver>, CurlSender, ServerClock> {
        let own = EventBodies(store: store, zones: zones)
        let highLevel = TaskEventBodies(store: store)
        let desk = WebhookDesk(
            sender: CurlSender(rules: settings.rules),
            key: settings.key,
            wallClock: WebhookSettings.wallTime
        ) { event, form, now in
            switch form {
            case .standard: own.body(of: event, at: now)
            case .highLevel: try await highLevel.body(of: event)
            }
        }
        return WebhookRelay(
            store: store,
            desk: desk,
            clock: clock,
            // The webhooks that other nodes have added are found by looking.
            refreshInterval: isOneOfSeveral ? .seconds(1) : .seconds(60),
            logger: logger,
            worksShard: { [agenda = store.agenda] shard in
                agenda.tenure(of: shard) != .elsewhere
            }
        )
    }
}
