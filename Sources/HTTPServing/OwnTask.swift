/// Runs a closure in a task of its own, which is cancelled with the caller's.
///
/// What a task's calls need for their variables it keeps until it ends, and a connection's task lives
/// as long as the connection. So what answers a request runs in a task that ends with the answer: an
/// idle connection costs half as much memory then.
///
/// - Returns: What the closure returns.
/// - Throws: What the closure throws.
func inOwnTask<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let task = Task(operation: body)
    return try await withTaskCancellationHandler {
        try await task.value
    } onCancel: {
        task.cancel()
    }
}
