package import Recurrence

/// A browser in which a user is signed in.
package struct PageSession: Hashable, Identifiable, Sendable {
    /// What tells it from others without giving it away.
    package var id: String
    package var locationID: LocationID
    package var userID: Identifier<User>
    /// What the browser calls itself.
    package var browser: String
    package var createdAt: Timestamp
    /// When it was last used, to ``SignInTerms/useInterval``.
    package var usedAt: Timestamp

    package init(
        id: String,
        locationID: LocationID,
        userID: Identifier<User>,
        browser: String,
        createdAt: Timestamp,
        usedAt: Timestamp
    ) {
        self.id = id
        self.locationID = locationID
        self.userID = userID
        self.browser = browser
        self.createdAt = createdAt
        self.usedAt = usedAt
    }
}

/// Who is signed in, and by which session.
package struct Visitor: Hashable, Sendable {
    package var principal: Principal
    package var session: PageSession

    package init(principal: Principal, session: PageSession) {
        self.principal = principal
        self.session = session
    }
}

/// How long sessions and links to sign in are in force.
package enum SignInTerms {
    package static let linkDuration: Duration = .seconds(15 * 60)
    package static let sessionDuration: Duration = .seconds(30 * 86_400)
    /// How long a session is in force without being used.
    package static let idleDuration: Duration = .seconds(7 * 86_400)
    /// How often it is stored that a session is used.
    package static let useInterval: Duration = .seconds(3600)
    /// How much is kept of what a browser calls itself, in bytes.
    package static let browserLength = 800
}

/// The text of a session's cookie, or of a link: the shard of its rows, and a secret.
package struct SessionText: Hashable, Sendable {
    package let shard: Int
    package let text: String

    /// Makes a text of random bytes.
    package init(in locationID: LocationID, randomBytes: [UInt8]) {
        self.init(shard: locationID.shard, randomBytes)
    }

    /// Another text of the same shard.
    package func successor(randomBytes: [UInt8]) -> SessionText {
        SessionText(shard: shard, randomBytes)
    }

    private init(shard: Int, _ randomBytes: [UInt8]) {
        self.shard = shard
        text = Self.hexadecimal([UInt8(shard)] + randomBytes)
    }

    /// Reads a text: 42 hexadecimal digits.
    package init?(parsing text: String) {
        guard text.utf8.count == 42, let shard = Int(text.prefix(2), radix: 16),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.shard = shard
        self.text = text
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }
        return String(decoding: text, as: UTF8.self)
    }
}

/// What is kept of a session's text.
package struct SessionDigest: Hashable, Sendable {
    package let shard: Int
    package let digest: [UInt8]

    package init(_ text: SessionText, digestedBy digest: ([UInt8]) -> [UInt8]) {
        shard = text.shard
        self.digest = digest(Array(text.text.utf8))
    }
}
