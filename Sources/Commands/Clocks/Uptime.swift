/// How long ago it was created, by a clock that nobody sets.
struct Uptime {
    private let start = ContinuousClock.now

    @Sendable func read() -> Duration { start.duration(to: .now) }
}
