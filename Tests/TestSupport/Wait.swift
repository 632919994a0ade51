/// Waits of tests.
package enum Wait {
    /// Waits until the task is cancelled.
    package static func untilCancelled() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        for await _ in stream {}
        continuation.finish()
    }
}
