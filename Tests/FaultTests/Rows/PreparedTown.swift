import DatabaseTestSupport
import ServerTestSupport
import Storage
import Testing

/// A town that was closed, of which the tests make copies, and what an undisturbed day is like.
struct PreparedTown: Sendable {
    fileprivate let town: Town
    fileprivate let undisturbed: [String]

    /// The town of the suite, and what its other places are answered on an undisturbed day.
    static var current: (town: Town, undisturbed: [String]) {
        get throws {
            let prepared = try #require(inScope, "the suite has the trait that makes a town")
            return (prepared.town, prepared.undisturbed)
        }
    }

    @TaskLocal fileprivate static var inScope: PreparedTown?

    fileprivate init() async throws {
        town = try await Town()
        let copy = try await Town(copying: town)
        let day = try await copy.day()
        undisturbed = day.others
        try #require(copy.unreadableRows.isEmpty)
        let failed = (day.spoiled.filter { $0.status >= 500 }).map(\.text)
        try #require(failed.isEmpty, "\(failed)")
        await copy.database.store.close()
    }
}

/// Gives a suite a town.
struct TownTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let town = try await PreparedTown()
        try await PreparedTown.$inScope.withValue(town) { try await function() }
    }
}

extension Trait where Self == TownTrait {
    static var town: TownTrait { TownTrait() }
}
