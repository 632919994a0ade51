import ArgumentParser
import Delivery
import Foundation
import Recurrence
import Tasks

/// The arguments about webhooks, of `serve` and of the commands that need them where no server runs.
struct WebhookArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The file with the key that encrypts the secrets of webhooks: 32 bytes or more, such as \
            `openssl rand -base64 32` writes. Without it no webhook can be added. \
            PERENNIAL_SECRET_KEY_FILE.
            """,
            valueName: "path"
        )
    )
    var secretKeyFile: String?

    @Flag(
        name: .customLong("webhook-allow-private"),
        help: """
            Send events to http:// and to private addresses too, for tests and closed networks. \
            PERENNIAL_WEBHOOK_ALLOW_PRIVATE=true.
            """
    )
    var allowsPrivate = false

    /// What the settings come to.
    ///
    /// - Throws: `ValidationError` where the file cannot be read, or is too short.
    func settings() throws -> WebhookSettings {
        let path = try Setting("secret-key-file").value(secretKeyFile, default: "")
        let allowsPrivate = try Setting("webhook-allow-private").value(
            allowsPrivate ? true : nil,
            default: false
        )
        return WebhookSettings(
            key: path.isEmpty ? nil : try key(in: path),
            rules: ReceiverAddress(allowsPrivate: allowsPrivate)
        )
    }

    private func key(in path: String) throws -> SecretKey {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("The key's file \(path) cannot be read.")
        }
        var bytes = Array(data)
        // An editor may add the end of a line.
        while let last = bytes.last, last == 0x0A || last == 0x0D || last == 0x20 {
            bytes.removeLast()
        }
        guard let key = SecretKey(fileContents: bytes) else {
            throw ValidationError("The key's file \(path) has less than 32 bytes.")
        }
        return key
    }
}

/// How a server or a command deals with webhooks.
struct WebhookSettings: Sendable {
    /// Encrypts their secrets; none if none can be added.
    let key: SecretKey?
    let rules: ReceiverAddress

    var office: DeliveryOffice {
        DeliveryOffice(rules: rules, key: key, wallClock: Self.wallTime)
    }

    /// The time that messages say they were sent at.
    static let wallTime: @Sendable () -> Timestamp = { WallClock().now }

    /// Those of the server that carries a command out.
    @TaskLocal static var ofServer: WebhookSettings?
}
