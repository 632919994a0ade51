import NIOCore

/// The time limits of connections as event loops count time, worked out once for a server.
struct ConnectionTimes {
    let head: TimeAmount
    let body: TimeAmount
    let answer: TimeAmount
    let idle: TimeAmount
    let drain: TimeAmount
    let stop: TimeAmount

    init(_ limits: ConnectionLimits) {
        head = TimeAmount(limits.headTimeout)
        body = TimeAmount(limits.bodyTimeout)
        answer = TimeAmount(limits.answerTimeout)
        idle = TimeAmount(limits.idleTimeout)
        drain = TimeAmount(limits.drainTimeout)
        stop = TimeAmount(limits.stopTimeout)
    }
}
