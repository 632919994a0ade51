import ArgumentParser
import Dispatch
import Glibc
import Logging
import Recurrence
import ServiceLifecycle
import Storage
import Tasks

/// The server's local door, through which commands reach its store while it runs.
///
/// It is a Unix socket that its owner alone may open, and who comes in has to be the same user or
/// root. A door that cannot be made is told of, and the server goes on without it.
struct Door<Driver: WatchedDriver>: Service, CustomStringConvertible {
    let path: String
    let store: SQLStore<Driver>
    let clock: ServerClock
    /// How commands deal with webhooks.
    let webhooks: WebhookSettings
    let post: PostSettings
    let logger: Logger

    /// How many commands are worked on at a time; the others wait.
    private static var crowdLimit: Int { 8 }

    /// Waits for those who connect, and talks with them, since these calls wait.
    private let queue = DispatchQueue(label: "perennial.door", attributes: .concurrent)

    init(
        path: String,
        store: SQLStore<Driver>,
        clock: ServerClock,
        webhooks: WebhookSettings,
        post: PostSettings,
        logger: Logger
    ) {
        self.webhooks = webhooks
        self.post = post
        self.path = path
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    var description: String { "Door" }

    func run() async throws {
        let listener: UnixSocket
        do {
            listener = try open()
        } catch {
            let reason = (error as? UnixSocket.Failure)?.reason ?? "\(error)"
            logger.error(
                "Could not make the door for commands",
                metadata: ["path": "\(path)", "reason": "\(reason)"]
            )
            try await gracefulShutdown()
            return
        }
        await withTaskCancellationOrGracefulShutdownHandler {
            await serve(listener)
        } onCancelOrGracefulShutdown: {
            listener.stop()
        }
        unsafe unlink(path)
    }

    /// Makes the socket.
    ///
    /// One that a server left behind is replaced, one that a server uses is not.
    private func open() throws -> UnixSocket {
        do {
            _ = try UnixSocket.connected(to: path)
            throw UnixSocket.Failure(code: EADDRINUSE)
        } catch let failure as UnixSocket.Failure where failure.code == ECONNREFUSED {
            unsafe unlink(path)
        } catch let failure as UnixSocket.Failure where failure.isNobodyThere {}
        return try UnixSocket.listening(at: path)
    }

    private func serve(_ listener: UnixSocket) async {
        await withTaskGroup(of: Void.self) { group in
            var count = 0
            while let guest = await waiting({ listener.accepted() }) {
                if count == Self.crowdLimit {
                    _ = await group.next()
                    count -= 1
                }
                count += 1
                group.addTask { await answer(guest) }
            }
        }
    }

    private func answer(_ guest: UnixSocket) async {
        guard let userID = guest.peerUserID, userID == geteuid() || userID == 0 else {
            logger.warning("Turned somebody away from the door for commands")
            return
        }
        let bytes = await waiting { try? guest.bytes(upTo: DoorRequest.byteLimit) }
        guard let request = bytes.flatMap({ DoorRequest($0) }) else { return }
        let answer = await answer(to: request)
        _ = await waiting { try? guest.write(answer.bytes) }
    }

    private func answer(to request: DoorRequest) async -> DoorAnswer {
        do {
            let parsed = try DoorCommands.parseAsRoot(request.arguments)
            guard let command = parsed as? any AdministrationCommand else {
                return DoorAnswer(status: 64, message: "A running server does not do this.")
            }
            logger.info(
                "Carries out a command",
                // What comes after the command's own words may be a token.
                metadata: ["command": "\(request.arguments.prefix(2).joined(separator: " "))"]
            )
            let output = try await WebhookSettings.$ofServer.withValue(webhooks) {
                try await MailSettings.$ofServer.withValue(post.mail) {
                    try await SMSSettings.$ofServer.withValue(post.sms) {
                        try await command.perform(on: store, request.input, at: clock.now)
                    }
                }
            }
            return DoorAnswer(output: output)
        } catch let failure as CommandFailure {
            return DoorAnswer(status: failure.status.rawValue, message: failure.description)
        } catch let row as UnreadableRow {
            return DoorAnswer(status: 65, message: "Cannot read a row of the database: \(row)")
        } catch let error as StoreUnavailable {
            return DoorAnswer(status: 69, message: "\(error).")
        } catch {
            return DoorAnswer(status: 64, message: DoorCommands.message(for: error))
        }
    }

    /// Has a call that waits made on a thread of the door's own.
    private func waiting<Value: Sendable>(_ call: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: call()) }
        }
    }
}

/// The commands that a server carries out.
private struct DoorCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perennial",
        subcommands: CommonCommands.ofAdministration
    )
}
