package import OpenID
package import Recurrence
package import Tasks

/// The ways in which people sign in besides links that a command prints.
package struct SignInWays<
    Sessions: PageSessionStore,
    C: Clock & Sendable
>: Sendable
where C.Instant == Timestamp, C.Duration == Duration {
    /// Sends links to who asks for one; none where no mail can be sent.
    package let post: SignInPost<Sessions, C>?
    /// Asks a provider who somebody is; none where there is none.
    package let openID: OpenIDClient?

    package init(post: SignInPost<Sessions, C>? = nil, openID: OpenIDClient? = nil) {
        self.post = post
        self.openID = openID
    }
}
