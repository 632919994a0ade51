import JSON

extension OwnAPI {
    /// Has several things done, together or not at all, so that what is told of is what happened.
    ///
    /// - Returns: The numbers of the changes.
    /// - Throws: ``Refusal``, of the operation that failed.
    func postTogether(_ operations: [JSONValue]) async throws -> [Int64] {
        let answer = try await post(
            "/batch",
            ["atomic": .bool(true), "operations": .array(operations)]
        )
        let results = answer.records("results")
        if let failed = results.first(where: { $0.number("status") >= 300 && !$0.isOnlyAborted }) {
            throw Refusal(
                status: failed.number("status"),
                problem: failed.record("body") ?? Record([:])
            )
        }
        return results.compactMap { $0.record("body")?.optionalNumber("changeNumber") }
    }
}

extension Record {
    /// Whether an operation of a batch failed because another one did.
    fileprivate var isOnlyAborted: Bool {
        record("body")?.text("type").hasSuffix("batch-aborted") ?? false
    }
}
