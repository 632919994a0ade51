import Foundation
import Glibc
import Testing

/// A receiver of webhooks that notes what it is sent, one JSON object a line.
final class NotingReceiver: Sendable {
    /// The file with what it was sent.
    let messages: String
    private let portFile: String
    private let process: ChildProcess

    private static let program = """
        import http.server, json, ssl, sys, time
        class Receiver(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                fields = {name.lower(): value for name, value in self.headers.items()}
                with open(sys.argv[1], "a") as file:
                    file.write(json.dumps({"body": body, **fields}) + chr(10))
                time.sleep(float(sys.argv[3]))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()
            def log_message(self, *_): pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        if len(sys.argv) > 4:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(sys.argv[4])
            server.socket = context.wrap_socket(server.socket, server_side=True)
        with open(sys.argv[2], "w") as file: file.write(str(server.server_port) + chr(10))
        server.serve_forever()
        """

    /// Starts it.
    ///
    /// - Parameters:
    ///   - deployment: Where its files are.
    ///   - certificate: A certificate with its key, if it is to speak TLS.
    ///   - pause: How many seconds it takes to answer.
    /// - Throws: A `POSIXError` if it cannot be started.
    init(in deployment: Deployment, certificate: String? = nil, after pause: Double = 0) throws {
        messages = try deployment.file(holding: "")
        portFile = try deployment.file(holding: "")
        let files = try certificate.map { [try deployment.file(holding: $0)] } ?? []
        process = ChildProcess(
            ["/usr/bin/python3", "-c", Self.program, messages, portFile, "\(pause)"] + files
        )
        try process.start()
    }

    func stop() {
        kill(process.id, SIGKILL)
        process.wait()
    }

    /// Where it listens, once it does.
    func url(while server: ServerProcess) async throws -> String {
        "http://127.0.0.1:\(try await server.lines(of: portFile, count: 1)[0])/"
    }

    /// The events that it was sent, in their order, as far as they are noted whole.
    func events() throws -> [NotedEvent] {
        let text = try String(contentsOfFile: messages, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return try lines.map { line in
            let message = try JSONDecoder().decode(Message.self, from: Data(line.utf8))
            let event = try JSONDecoder().decode(Event.self, from: Data(message.body.utf8))
            return NotedEvent(
                changeNumber: event.changeNumber,
                title: event.data.task?.title,
                body: message.body
            )
        }
    }

    private struct Message: Decodable {
        let body: String
    }

    private struct Event: Decodable {
        struct Record: Decodable {
            struct Task: Decodable {
                let title: String
            }

            let task: Task?
        }

        let changeNumber: Int
        let data: Record
    }
}

/// An event of the own form, as a receiver noted it.
struct NotedEvent {
    let changeNumber: Int
    /// The title of its task.
    let title: String?
    let body: String
}

extension ServerProcess {
    /// Waits until a file has some lines, and returns them.
    func lines(of path: String, count: Int) async throws -> [String] {
        var lines: [String] = []
        try await wait(until: {
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            guard text.hasSuffix("\n") else { return false }
            lines = text.split(separator: "\n").map(String.init)
            return lines.count == count
        })
        return lines
    }
}
