import Delivery
import Recurrence
import Storage
import Tasks
import TestSupport
import Testing

/// Receivers that hold their requests hold nobody else's.
struct FairnessTests {
    @Test func `64 receivers that hang and 64 that drip delay no other`() async throws {
        let office = try await HookOffice()
        let hanging = try CrowdReceiver(.hanging)
        let dripping = try CrowdReceiver(.dripping)
        let prompt = try CrowdReceiver(.prompt)
        defer { for receiver in [hanging, dripping, prompt] { receiver.stop() } }
        for number in 0..<64 {
            for receiver in [hanging, dripping] {
                let locationID = HookOffice.locationIDs[number % 4]
                _ = try await office.add("\(receiver.url)\(number)", in: locationID)
            }
        }
        let (webhook, _) = try await office.add(prompt.url)
        let sender = CurlSender(rules: ReceiverAddress(allowsPrivate: true))
        let desk = Self.desk(sender)
        let relay = HookOffice.relay(over: office.store, desk, office.clock)
        try await office.relaying(by: relay) {
            for locationID in HookOffice.locationIDs {
                try await office.createTask("One", in: locationID)
            }
            await hanging.untilRequests(64)
            await dripping.untilRequests(64)
            await prompt.untilRequests(1)
            for _ in 0..<10 { try await office.createTask("Two") }
            await prompt.untilRequests(11)
            // All were sent while the others were waited for.
            #expect(hanging.endedCount + dripping.endedCount == 0)
        }
        #expect(try await office.webhook(webhook.id).progress.failingSince == nil)
        await office.store.close()
    }

    @Test func `a location that is behind for long does not hold up another`() async throws {
        let office = try await HookOffice()
        let hanging = try CrowdReceiver(.hanging)
        let prompt = try CrowdReceiver(.prompt)
        defer { for receiver in [hanging, prompt] { receiver.stop() } }
        for locationID in HookOffice.locationIDs {
            for number in 0..<49 {
                _ = try await office.add("\(hanging.url)\(number)", in: locationID)
            }
        }
        _ = try await office.add(prompt.url)
        // Receivers that have failed once fill the room that there is for such.
        let failing = HookOffice.relay(
            over: office.store,
            Self.desk(office.receivers),
            office.clock
        )
        for number in 0..<49 {
            office.receivers.answer("\(hanging.url)\(number)", with: .failure("is down"))
        }
        try await office.relaying(by: failing) {
            for locationID in HookOffice.locationIDs {
                try await office.createTask("One", in: locationID)
            }
            await failing.settle()
        }
        office.clock.advance(by: .seconds(60))
        let sender = CurlSender(rules: ReceiverAddress(allowsPrivate: true))
        let desk = Self.desk(sender)
        let relay = HookOffice.relay(over: office.store, desk, office.clock)
        try await office.relaying(by: relay) {
            await hanging.untilRequests(128)
            try await office.createTask("Two")
            await prompt.untilRequests(1)
            #expect(hanging.endedCount == 0)
            #expect(hanging.requestCount == 128)
        }
        await office.store.close()
    }

    private static func desk<Sender>(_ sender: Sender) -> WebhookDesk<Sender> {
        WebhookDesk(sender: sender, key: HookOffice.key) { event, _, _ in
            Array(#"{"id": "\#(event.id)"}"#.utf8)
        }
    }
}
