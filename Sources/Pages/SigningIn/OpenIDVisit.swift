import HTTPTypes
import Hummingbird
import Logging
import OpenID
import Recurrence
import Tasks

/// Signing in by a provider: the way there, and the way back.
struct OpenIDVisit<Sessions: PageSessionStore>: Sendable {
    let door: SessionDoor<Sessions>
    let client: OpenIDClient
    private let logger = Logger(label: "perennial")

    init(door: SessionDoor<Sessions>, client: OpenIDClient) {
        self.door = door
        self.client = client
    }

    /// Sends a browser to the provider, or signs in who comes back from it.
    ///
    /// - Returns: Nothing where nobody can be signed in.
    /// - Throws: What the store throws.
    func response(
        to request: Request,
        _ query: Form,
        at now: Timestamp
    ) async throws -> Response? {
        do {
            guard query.has("state") else {
                let (url, attempt) = try await client.begin()
                var response = Response(seeOther: url)
                response.headers.append(door.cookie(keeping: attempt))
                return response
            }
            guard let attempt = door.attempt(of: request) else { return nil }
            let address = try await client.address(
                of: attempt,
                state: query["state"],
                code: query["code"],
                error: query["error"]
            )
            // An address of several users does not say which of them is meant.
            let holders = try await door.sessions.holders(ofAddress: address, upTo: 2)
            guard let holder = holders.first, holders.count == 1 else { return nil }
            return try await signIn(holder.userID, request, at: now)
        } catch let failure as OpenIDFailure {
            logger.warning("Could not sign somebody in", metadata: ["reason": "\(failure)"])
            return nil
        }
    }

    private func signIn(
        _ userID: Identifier<User>,
        _ request: Request,
        at now: Timestamp
    ) async throws -> Response? {
        let link = try await door.sessions.addSignInLink(
            for: userID,
            shownAs: { [door] in SessionText(in: $0, randomBytes: door.randomBytes(20)) },
            digestedBy: { SessionDigest($0) },
            until: now.advanced(by: .seconds(60)),
            at: now
        )
        guard let cookie = try await door.signIn(byLink: link.text, request, at: now) else {
            return nil
        }
        var response = Response(seeOther: "/")
        response.headers.append(cookie)
        response.headers.append(door.attemptOver)
        return response
    }
}
