import ServerTestSupport
import Testing

/// A request must not reveal that a record of somebody else exists.
@Suite(.server) struct ExistenceTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    /// An operation, and a name in its path or body that is replaced by somebody else's.
    struct Probe: Sendable, CustomTestStringConvertible {
        let operation: Operation
        let name: Name

        var testDescription: String { "\(operation.testDescription), \(name)" }

        static let all = Operation.all.flatMap { operation in
            Name.allCases.filter { name in
                (operation.path + operation.body).contains(name.placeholder)
            }.map { name in Probe(operation: operation, name: name) }
        }
    }

    @Test(arguments: Probe.all)
    func `a record out of sight is answered as if it did not exist`(probe: Probe) async throws {
        let missing = try await answer(probe, about: Estate.nobody)
        for names in others(probe.operation.dialect) {
            let foreign = try await answer(probe, about: names)
            #expect(foreign.status == missing.status)
            #expect(foreign.text == missing.text)
        }
        #expect(missing.status >= 400 || probe.operation.isReading)
    }

    /// Sends the operation with the own token.
    ///
    /// The probe's name is taken from `names`, and all other names are the own ones.
    private func answer(
        _ probe: Probe,
        about names: Names
    ) async throws -> (status: Int, text: String) {
        let name = try #require(names[probe.name])
        let asked = server.own.merging([probe.name: name]) { $1 }
        let answer = try await server.send(probe.operation, .own, asked)
        return (answer.status, answer.text(withoutName: name))
    }

    /// The names of the others whose records the dialect does not show.
    private func others(_ dialect: Operation.Dialect) -> [Names] {
        switch dialect {
        case .lionDesk: [server.neighbour, server.stranger]
        case .highLevel: [server.stranger]
        }
    }

    @Test(arguments: Operation.all.filter { $0.names.contains(.contactTask) })
    func `a task of another contact is not found under a contact`(operation: Operation) async throws
    {
        let name = try #require(server.neighbour[.contactTask])
        let asked = server.own.merging([.contactTask: name]) { $1 }
        let answer = try await server.send(operation, .own, asked)
        #expect(answer.status == 400)
        #expect(answer.text("message") == "Task with id \(name) not found")
    }
}
