import HTTPServing
import Recurrence
import ServerTestSupport
import Storage
import Tasks
import Testing

extension Town {
    /// Signs the user of a place in, and keeps another link.
    func signIn(_ place: Place, at now: Timestamp) async throws {
        let directory = database.directory
        for text in [place.usedLink, place.keptLink] {
            _ = try await directory.addSignInLink(
                for: Identifier(Int64(place.number)),
                shownAs: { SessionText(in: $0, randomBytes: text) },
                digestedBy: { Self.digest(of: $0) },
                // The day after next, when everybody comes by.
                until: now.advanced(by: .seconds(4 * 86_400)),
                at: now
            )
        }
        let isIn = try await directory.signIn(
            byLink: Self.digest(of: place.sessionText(place.usedLink)),
            beginning: Self.digest(of: place.session),
            in: "Browser",
            at: now
        )
        try #require(isIn)
        let (user, locationID) = (Identifier<User>(Int64(place.number)), LocationID(place.location))
        try await directory.setCalendarAddress(
            Self.digest(of: place.session),
            of: user,
            in: locationID,
            at: now
        )
        try await directory.noteUse(ofCalendarAddress: Self.digest(of: place.session), at: now)
        let isKept = try await directory.save(
            SavedFilter(name: "Calls", query: "q=call"),
            of: user,
            in: locationID,
            at: now
        )
        try #require(isKept)
    }

    /// Has the user of a place come by with the cookie, and use the other link up.
    ///
    /// - Returns: What came of it.
    func comeBy(_ place: Place, at now: Timestamp) async -> [String] {
        let directory = database.directory
        let locationID = LocationID(place.location)
        var outcomes: [String] = []
        func note(_ outcome: () async throws -> String) async {
            do { outcomes.append(try await outcome()) } catch { outcomes.append("refused") }
        }
        let session = Self.digest(of: place.session)
        await note {
            let visitor = try await directory.visitor(ofSession: session, at: now)
            return "\(visitor?.principal.userID?.rawValue ?? 0)"
        }
        await note {
            let user = Identifier<User>(Int64(place.number))
            let sessions = try await directory.sessions(of: user, in: locationID, at: now)
            return "\(sessions.map(\.browser))"
        }
        await note {
            let isIn = try await directory.signIn(
                byLink: Self.digest(of: place.sessionText(place.keptLink)),
                beginning: Self.digest(of: place.sessionText(place.laterSession)),
                in: "Other",
                at: now
            )
            return "\(isIn)"
        }
        let user = Identifier<User>(Int64(place.number))
        await note {
            let reader = try await directory.reader(byCalendarAddress: session)
            return "\(reader?.principal.userID?.rawValue ?? 0) \(reader?.address.usedAt == nil)"
        }
        await note {
            let address = try await directory.calendarAddress(of: user, in: locationID)
            return "\(address?.createdAt.microseconds ?? 0)"
        }
        await note {
            let filters = try await directory.savedFilters(of: user, in: locationID)
            return filters.map { "\($0.name) \($0.query)" }.joined(separator: ", ")
        }
        return outcomes
    }

    private static func digest(of text: SessionText) -> SessionDigest {
        SessionDigest(text) { TokenDigest.bytes(of: String(decoding: $0, as: UTF8.self)) }
    }
}

extension Place {
    fileprivate var usedLink: [UInt8] { [UInt8](repeating: UInt8(number), count: 20) }
    fileprivate var keptLink: [UInt8] { [UInt8](repeating: UInt8(number + 100), count: 20) }
    fileprivate var laterSession: [UInt8] { [UInt8](repeating: UInt8(number + 150), count: 20) }
    fileprivate var session: SessionText {
        sessionText([UInt8](repeating: UInt8(number + 50), count: 20))
    }

    fileprivate func sessionText(_ bytes: [UInt8]) -> SessionText {
        SessionText(in: LocationID(location), randomBytes: bytes)
    }
}
