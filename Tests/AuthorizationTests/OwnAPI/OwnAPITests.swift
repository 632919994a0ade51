import API
import Foundation
import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// Sends every operation of the own API as every caller.
@Suite(.server) struct OwnAPITests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test(arguments: OwnOperation.all, OwnCaller.allCases)
    func `an operation is for whom it is meant`(
        operation: OwnOperation,
        caller: OwnCaller
    ) async throws {
        let answer = try await server.send(operation, caller, server.own)
        guard caller.isInForce else {
            #expect(answer.status == 401)
            #expect(answer.headers[.wwwAuthenticate] != nil)
            return #expect(answer.isProblem)
        }
        guard caller.isGranted(operation.scope) else {
            #expect(answer.status == 403)
            #expect(answer.text("detail") == "It needs the scope `\(operation.scope ?? "")`.")
            return #expect(answer.isProblem)
        }
        let isTokens = operation.path.hasPrefix("/tokens")
        let isAgents = isTokens ? caller.hasAgentsTokens : caller.seesAgent
        let sees = operation.isOfLocation ? caller.isInLocation : isAgents
        if operation.namesRecord, !sees {
            #expect(answer.status == 404)
            return #expect(answer.isProblem)
        }
        if operation.isOfNothing { return #expect(answer.status == 404) }
        // Whom others may not refer to they may not write of.
        let refers = ["{user}", "{location}"].contains { operation.body.contains($0) }
        if refers, !isAgents {
            return #expect(answer.status == 422, "\(answer.text)")
        }
        #expect([200, 201].contains(answer.status), "\(answer.text)")
    }

    /// An operation, and a name in its path or body that is replaced by somebody else's.
    struct Hidden: Sendable, CustomTestStringConvertible {
        let operation: OwnOperation
        let name: Name

        var testDescription: String { "\(operation.testDescription), \(name)" }

        static let all = OwnOperation.all.flatMap { operation in
            Name.allCases.filter { (operation.path + operation.body).contains($0.placeholder) }
                .map { Hidden(operation: operation, name: $0) }
        }
    }

    @Test(arguments: Hidden.all)
    func `what is hidden answers as what is missing`(hidden: Hidden) async throws {
        for caller in [OwnCaller.agent, .admin, .location]
        where caller.isGranted(hidden.operation.scope) {
            let missing = try await answer(hidden, as: caller, about: Estate.nobody)
            #expect(missing.status == 404 || missing.status == 422 || hidden.operation.isBlind)
            let isNeighbours = caller == .agent && !hidden.operation.isOfLocation
            let others = isNeighbours ? [server.neighbour, server.stranger] : [server.stranger]
            for names in others {
                let foreign = try await answer(hidden, as: caller, about: names)
                #expect(foreign == missing)
            }
        }
    }

    private struct Seen: Equatable {
        let status: Int
        let text: String
        let fields: HTTPFields
    }

    private func answer(
        _ hidden: Hidden,
        as caller: OwnCaller,
        about names: Names
    ) async throws -> Seen {
        let name = try #require(names[hidden.name])
        let asked = server.own.merging([hidden.name: name]) { $1 }
        let answer = try await server.send(hidden.operation, caller, asked)
        return Seen(
            status: answer.status,
            text: answer.text.replacing(answer.text("traceId"), with: "?"),
            fields: answer.headers
        )
    }

    @Test(.server) func `what is refused changes nothing`() async throws {
        let server = try TestServer.current
        let before = try await view(of: server)
        for operation in OwnOperation.all {
            for caller in OwnCaller.allCases
            where !caller.isInForce || !caller.isGranted(operation.scope) {
                _ = try await server.send(operation, caller, server.own, forGood: true)
            }
        }
        #expect(try await view(of: server) == before)
    }

    /// What the location's token sees of everything, but for when tokens were used.
    private func view(of server: TestServer) async throws -> [String] {
        var view: [String] = []
        for operation in OwnOperation.all
        where operation.method == .get && !operation.path.hasPrefix("/tokens") {
            view.append(try await server.send(operation, .location, server.own).text)
        }
        return view
    }

    // MARK: The table of routes

    @Test func `every route is in the matrix, with each of its methods`() throws {
        var methods: [String: Set<String>] = [:]
        for operation in OwnOperation.all {
            let parts = operation.path.split(separator: "/").map(String.init)
            let route = try #require(APIRoute(parts), "\(operation.path) is a route")
            #expect(route.has(operation.method), "\(operation.testDescription)")
            #expect(route.scope(for: operation.method)?.rawValue == operation.scope)
            methods[caseName(of: route), default: []].insert(operation.method.rawValue)
            let rest = Set(
                route.allowedMethods.split(separator: ", ").map(String.init)
            ).subtracting(["HEAD", "OPTIONS"])
            let described = OwnOperation.all.filter { $0.path == operation.path }
            #expect(Set(described.map(\.method.rawValue)) == rest, "\(operation.path)")
        }
        #expect(Set(methods.keys) == (try declaredCases()))
    }

    private func caseName(of route: APIRoute) -> String {
        String("\(route)".prefix { $0 != "(" })
    }

    /// The names of the routes, as their declaration has them.
    private func declaredCases() throws -> Set<String> {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let source = root.appending(path: "Sources/API/APIRoute.swift")
        let text = try String(contentsOf: source, encoding: .utf8)
        let names = text.matches(of: /\n    case (\w+)/).map { String($0.output.1) }
        try #require(!names.isEmpty)
        return Set(names)
    }
}

extension Answer {
    /// Whether the body is a problem as RFC 9457 has it, with the response's own status.
    var isProblem: Bool {
        headers[.contentType] == "application/problem+json"
            && self["status"] == .integer(Int64(status)) && text("type").hasPrefix("/problems/")
    }
}
