import ArgumentParser
import Commands
import HTTPServing
import Hummingbird
import Storage

/// `serve` as it is deployed, with more options for tests and measurements.
struct TestbedServeCommand: AsyncParsableCommand {
    static let configuration = ServeArguments.configuration

    @OptionGroup var arguments: ServeArguments

    @Flag(help: "Answer with a short plain text at /yardstick, as a baseline for measurements.")
    var yardstick = false

    @Option(
        help: ArgumentHelp(
            "How many schedulers run, 1 to 8, as if several nodes ran for a moment.",
            valueName: "count"
        )
    )
    var schedulers = 1

    func validate() throws {
        guard (1...8).contains(schedulers) else {
            throw ValidationError("--schedulers is \(schedulers), which is not between 1 and 8.")
        }
    }

    func run() async throws {
        try await arguments.serve(
            preparing: TestbedPreparation(yardstick: yardstick, schedulers: schedulers)
        )
    }
}

private struct TestbedPreparation: ServerPreparation {
    let yardstick: Bool
    let schedulers: Int

    func prepare<Driver: WatchedDriver>(_ server: inout Server<Driver>) {
        if yardstick {
            server.mounts.append(
                Serving.Mount(prefix: ["yardstick"], responder: Yardstick())
            )
        }
        // Each has a store of its own, so it knows nothing of the others, as on another node.
        for _ in 1..<schedulers {
            let store = SQLStore(
                over: server.store.driver,
                telling: server.store.unreadableRows
            )
            server.schedulers.append(server.scheduler(over: store))
        }
    }
}

/// Answers every request with the shortest useful response.
private struct Yardstick: HTTPResponder {
    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain"],
            body: .init(byteBuffer: .init(string: "ok\n"))
        )
    }
}
