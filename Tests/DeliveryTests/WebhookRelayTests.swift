import Crypto
import Delivery
import Foundation
import Recurrence
import Storage
import Tasks
import TestSupport
import Testing

/// Events reach their receivers in order, at least once, and nobody waits for another's receiver.
struct WebhookRelayTests {
    private let url = "http://receiver.test/"

    private func id(_ number: Int) -> String { "evt_ve9EPM428h8vShlRW1KT_\(number)_0" }

    @Test func `what changes after a webhook was added is sent in order`() async throws {
        let office = try await HookOffice()
        try await office.createTask("Before")
        let (webhook, _) = try await office.add(url)
        try await office.relaying {
            for title in ["One", "Two", "Three"] { try await office.createTask(title) }
            await office.relay.settle()
            #expect(
                office.receivers.events(of: url) == (2...4).map { "task.created \(id($0))" }
            )
            #expect(try await office.webhook(webhook.id).progress.place.changeNumber == 4)
        }
    }

    @Test func `an event that fails is tried again under its id, before any other`() async throws {
        let office = try await HookOffice()
        let (webhook, _) = try await office.add(url)
        office.receivers.answer(url, with: .status(503))
        try await office.relaying {
            try await office.createTask("One")
            try await office.createTask("Two")
            await office.relay.settle()
            #expect(office.receivers.events(of: url) == ["task.created \(id(1))"])
            await office.pass(.seconds(4))
            #expect(office.receivers.events(of: url).count == 1)
            await office.pass(.seconds(1))
            #expect(office.receivers.events(of: url).count == 2)
            office.receivers.answer(url, with: .status(200))
            await office.pass(.seconds(10))
            #expect(
                office.receivers.events(of: url)
                    == [1, 1, 1, 2].map { "task.created \(id($0))" }
            )
            #expect(try await office.webhook(webhook.id).progress.failingSince == nil)
        }
    }

    @Test func `a receiver that is gone is paused at once, and goes on by a replay`() async throws {
        let office = try await HookOffice()
        let (webhook, _) = try await office.add(url)
        office.receivers.answer(url, with: .status(410))
        try await office.relaying {
            try await office.createTask("One")
            await office.relay.settle()
            #expect(try await office.webhook(webhook.id).progress.pauseReason != nil)
            await office.pass(.seconds(86_400))
            #expect(office.receivers.events(of: url).count == 1)
            office.receivers.answer(url, with: .status(200))
            try await office.replay(webhook.id)
            await office.relay.settle()
            #expect(office.receivers.events(of: url).count == 2)
        }
    }

    @Test func `a receiver that fails for five days is paused`() async throws {
        let office = try await HookOffice()
        let (webhook, _) = try await office.add(url)
        office.receivers.answer(url, with: .failure("nobody listens"))
        try await office.relaying {
            try await office.createTask("One")
            await office.relay.settle()
            var hours = 0
            while try await office.webhook(webhook.id).progress.pauseReason == nil, hours < 200 {
                await office.pass(.seconds(3600))
                hours += 1
            }
            #expect(hours == 120)
        }
    }

    @Test func `one receiver's failure delays no other`() async throws {
        let office = try await HookOffice()
        _ = try await office.add(url)
        _ = try await office.add("http://other.test/")
        office.receivers.answer(url, with: .failure("timed out"))
        try await office.relaying {
            for title in ["One", "Two"] { try await office.createTask(title) }
            await office.relay.settle()
            #expect(office.receivers.events(of: url).count == 1)
            #expect(office.receivers.events(of: "http://other.test/").count == 2)
        }
    }

    @Test func `what changed since a time is sent once more`() async throws {
        let office = try await HookOffice()
        let (webhook, _) = try await office.add(url)
        try await office.relaying {
            try await office.createTask("One")
            await office.pass(.seconds(60))
            let time = office.clock.now
            try await office.createTask("Two")
            await office.relay.settle()
            try await office.replay(webhook.id, since: time)
            await office.relay.settle()
            #expect(
                office.receivers.events(of: url) == [1, 2, 2].map { "task.created \(id($0))" }
            )
        }
    }

    @Test func `other events than those asked for are passed over`() async throws {
        let office = try await HookOffice()
        let (webhook, _) = try await office.add(url, events: ["task.deleted"])
        try await office.relaying {
            for title in ["One", "Two"] { try await office.createTask(title) }
            await office.relay.settle()
            #expect(office.receivers.events(of: url) == [])
            #expect(try await office.webhook(webhook.id).progress.place.changeNumber == 2)
        }
    }

    @Test func `a message is signed with both secrets for a day after a rotation`() async throws {
        let office = try await HookOffice()
        let (webhook, first) = try await office.add(url)
        try await office.relaying {
            let rotated = try #require(
                try await office.webhooks.rotate(
                    webhook.id,
                    in: HookOffice.locationID,
                    under: .ofOperator,
                    at: office.clock.now
                )
            )
            try await office.createTask("One")
            await office.relay.settle()
            await office.pass(.seconds(86_400))
            try await office.createTask("Two")
            await office.relay.settle()
            let messages = office.receivers.messages(of: url)
            try #require(messages.count == 2)
            let former = try #require(first.secret)
            let current = try #require(rotated.secret.secret)
            #expect(
                try signatures(of: messages[0]) == [
                    signature(of: messages[0], current), signature(of: messages[0], former),
                ]
            )
            #expect(try signatures(of: messages[1]) == [signature(of: messages[1], current)])
        }
    }

    @Test func `an event is the same bytes at every attempt, whatever becomes of its record`()
        async throws
    {
        let office = try await HookOffice()
        let (webhook, _) = try await office.add(url)
        office.receivers.answer(url, with: .failure("nobody listens"))
        // The second relay is that of a server that was started again.
        let desk = WebhookDesk(sender: office.receivers, key: HookOffice.key) { _, _, _ in
            Array("written anew |".utf8)
        }
        let second = HookOffice.relay(over: office.store, desk, office.clock)
        try await office.relaying(by: office.relay) {
            let id = try await office.createTask("One")
            await office.relay.settle()
            try await office.renameTask(id, to: "Other")
            await office.pass(.seconds(10))
        }
        try await office.relaying(by: second) {
            office.receivers.answer(url, with: .status(200))
            office.clock.advance(by: .seconds(60))
            await second.settle()
        }
        let bodies = office.receivers.bodies(of: url)
        let first = "task.created \(id(1)) | One"
        #expect(bodies == [first, first, first, "written anew |"])
        #expect(
            try await office.deliveries(of: webhook.id) == ["\(id(2)) 1 sent", "\(id(1)) 3 sent"]
        )
        await office.store.close()
    }

    @Test func `an event that is too large tells of no more than the identifier`() async throws {
        let office = try await HookOffice()
        _ = try await office.add(url)
        try await office.relaying {
            let number = try await office.createTask("Too much").rawValue
            await office.relay.settle()
            #expect(office.receivers.bodies(of: url) == ["task.created \(id(1)) | \(number)"])
        }
    }

    @Test func `HighLevel's form says when an attempt was made, and is else the same`()
        async throws
    {
        let office = try await HookOffice()
        _ = try await office.add(url, form: .highLevel)
        office.receivers.answer(url, with: .status(503))
        let desk = WebhookDesk(sender: office.receivers, key: HookOffice.key) { event, _, _ in
            Array(#"{"webhookId":"\#(event.id)"}"#.utf8)
        }
        let relay = HookOffice.relay(over: office.store, desk, office.clock)
        try await office.relaying(by: relay) {
            try await office.createTask("One")
            await relay.settle()
            office.clock.advance(by: .seconds(3600))
            await relay.settle()
        }
        #expect(
            office.receivers.bodies(of: url)
                == ["2030-01-07T08:00:00.000Z", "2030-01-07T09:00:00.000Z"].map {
                    #"{"webhookId":"\#(id(1))","timestamp":"\#($0)"}"#
                }
        )
        await office.store.close()
    }

    @Test func `events that are not wanted any more are passed over`() async throws {
        let office = try await HookOffice()
        let (webhook, _) = try await office.add(url)
        office.receivers.answer(url, with: .status(503))
        try await office.relaying {
            let task = try await office.createTask("One")
            try await office.createTask("Two")
            try await office.renameTask(task, to: "Other")
            await office.relay.settle()
            office.receivers.answer(url, with: .status(200))
            _ = try await office.webhooks.change(
                webhook.id,
                in: HookOffice.locationID,
                url: nil,
                events: .set(["task.changed"]),
                isPaused: nil,
                under: .ofOperator,
                at: office.clock.now
            )
            await office.pass(.seconds(60))
            #expect(
                office.receivers.events(of: url)
                    == ["task.created \(id(1))", "task.changed \(id(3))"]
            )
        }
    }

    @Test func `what became of the last events is remembered, and no more`() async throws {
        let office = try await HookOffice()
        let (webhook, _) = try await office.add(url)
        try await office.relaying {
            for number in 1...260 { try await office.createTask("\(number)") }
            await office.relay.settle()
            let deliveries = try await office.deliveries(of: webhook.id)
            #expect(deliveries.first == "\(id(260)) 1 sent")
            #expect((200...250).contains(deliveries.count))
            #expect(
                office.receivers.events(of: url) == (1...260).map { "task.created \(id($0))" }
            )
        }
    }

    @Test func `nodes to which a shard passes send each event once, in order`() async throws {
        let office = try await HookOffice()
        let (webhook, _) = try await office.add(url)
        for turn in 0..<6 {
            let desk = WebhookDesk(sender: office.receivers, key: HookOffice.key) { event, _, _ in
                Array("\(event.type.rawValue) \(event.id) |".utf8)
            }
            let node = HookOffice.relay(over: office.store, desk, office.clock)
            try await office.relaying(by: node) {
                for number in 1...3 { try await office.createTask("\(turn) \(number)") }
                await node.settle()
            }
        }
        #expect(office.receivers.events(of: url) == (1...18).map { "task.created \(id($0))" })
        #expect(try await office.webhook(webhook.id).progress.place.changeNumber == 18)
        await office.store.close()
    }

    private func field(_ name: String, of message: WebhookMessage) throws -> String {
        try #require(message.fields.first { $0.name == name }?.value)
    }

    private func signatures(of message: WebhookMessage) throws -> [String] {
        try field("webhook-signature", of: message).split(separator: " ").map(String.init)
    }

    private func signature(of message: WebhookMessage, _ secret: String) throws -> String {
        try #require(secret.hasPrefix("whsec_"))
        let key = try #require(Data(base64Encoded: String(secret.dropFirst(6))))
        let time = try field("webhook-timestamp", of: message)
        let text = try "\(field("webhook-id", of: message)).\(time)."
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(text.utf8) + Data(message.body),
            using: SymmetricKey(data: key)
        )
        return "v1," + Data(code).base64EncodedString()
    }
}
