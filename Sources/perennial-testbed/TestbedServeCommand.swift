import ArgumentParser
import Commands
import HTTPServing
import Hummingbird
import Storage

/// `serve` as it is deployed, with what tests and measurements may ask besides.
struct TestbedServeCommand: AsyncParsableCommand {
    static let configuration = ServeArguments.configuration

    @OptionGroup var arguments: ServeArguments

    @Flag(help: "Answer plain text at /yardstick, for measurements to be compared with.")
    var yardstick = false

    @Option(
        help: ArgumentHelp(
            "How many schedulers do what comes due, 1 to 8, as several nodes would for a moment.",
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
        try await arguments.serve { server in
            if yardstick {
                server.mounts.append(
                    Serving.Mount(prefix: ["yardstick"], responder: Yardstick())
                )
            }
            // Others know of each other's work as little as those of other nodes would.
            for _ in 1..<schedulers {
                let store = SQLStore(over: server.store.driver)
                server.schedulers.append(server.scheduler(over: store))
            }
        }
    }
}

/// Answers the least that can be answered.
private struct Yardstick: HTTPResponder {
    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain"],
            body: .init(byteBuffer: .init(string: "ok\n"))
        )
    }
}
