/// How many connections a server has, and how long a client may take over one.
package struct ConnectionLimits: Hashable, Sendable {
    /// How many connections are open at once, at least 1; a few more where several come together.
    ///
    /// Further ones wait in the listening socket's backlog until another ends. Where the limit is
    /// reached, idle connections are closed after ``headTimeout``.
    package var count: Int
    /// How long a new connection's first head may take, or another head from its first byte on.
    package var headTimeout: Duration
    /// How long a body may take from its head on, or from the word to go on with it.
    package var bodyTimeout: Duration
    /// How long an answer may wait for a client that takes no more than a few bytes of it.
    package var answerTimeout: Duration
    /// How long a connection may stand idle after an answer.
    package var idleTimeout: Duration
    /// How long the rest of a body is read and dropped after the request is answered.
    package var drainTimeout: Duration
    /// How many bytes are dropped so.
    package var drainBytes: Int
    /// How long answers that are written may take to reach their clients once the server stops.
    package var stopTimeout: Duration

    package init(
        count: Int = 1000,
        headTimeout: Duration = .seconds(5),
        bodyTimeout: Duration = .seconds(10),
        answerTimeout: Duration = .seconds(10),
        idleTimeout: Duration = .seconds(60),
        drainTimeout: Duration = .seconds(1),
        drainBytes: Int = 64 * 1024,
        stopTimeout: Duration = .seconds(2)
    ) {
        precondition(count >= 1, "a server without connections serves nobody")
        self.count = count
        self.headTimeout = headTimeout
        self.bodyTimeout = bodyTimeout
        self.answerTimeout = answerTimeout
        self.idleTimeout = idleTimeout
        self.drainTimeout = drainTimeout
        self.drainBytes = drainBytes
        self.stopTimeout = stopTimeout
    }
}
