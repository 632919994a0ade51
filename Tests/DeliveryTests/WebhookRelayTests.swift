import Crypto
import Delivery
import Foundation
import Recurrence
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
                office.receivers.bodies(of: url) == (2...4).map { "task.created \(id($0))" }
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
            #expect(office.receivers.bodies(of: url) == ["task.created \(id(1))"])
            await office.pass(.seconds(4))
            #expect(office.receivers.bodies(of: url).count == 1)
            await office.pass(.seconds(1))
            #expect(office.receivers.bodies(of: url).count == 2)
            office.receivers.answer(url, with: .status(200))
            await office.pass(.seconds(10))
            #expect(
                office.receivers.bodies(of: url)
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
            #expect(office.receivers.bodies(of: url).count == 1)
            office.receivers.answer(url, with: .status(200))
            _ = try await office.webhooks.replay(
                webhook.id,
                since: nil,
                in: HookOffice.locationID,
                by: .operatorByCommand,
                at: office.clock.now
            )
            await office.relay.settle()
            #expect(office.receivers.bodies(of: url).count == 2)
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
            #expect(office.receivers.bodies(of: url).count == 1)
            #expect(office.receivers.bodies(of: "http://other.test/").count == 2)
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
            _ = try await office.webhooks.replay(
                webhook.id,
                since: time,
                in: HookOffice.locationID,
                by: .operatorByCommand,
                at: time
            )
            await office.relay.settle()
            #expect(
                office.receivers.bodies(of: url) == [1, 2, 2].map { "task.created \(id($0))" }
            )
        }
    }

    @Test func `other events than those asked for are passed over`() async throws {
        let office = try await HookOffice()
        let (webhook, _) = try await office.add(url, types: [.taskDeleted])
        try await office.relaying {
            for title in ["One", "Two"] { try await office.createTask(title) }
            await office.relay.settle()
            #expect(office.receivers.bodies(of: url) == [])
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
                    by: .operatorByCommand,
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
