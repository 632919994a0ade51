import JSON

/// What a command asks a server to do: a line of JSON with its arguments, and its input after it.
struct DoorRequest: Equatable {
    /// The arguments as they were given, without the program's name.
    var arguments: [String]
    var input: [UInt8]

    /// The most bytes of a request: a directory document of 64 MiB, and its arguments.
    static let byteLimit = 65 << 20

    init(arguments: [String], input: [UInt8]) {
        self.arguments = arguments
        self.input = input
    }

    /// Reads a request; none if it is no request.
    init?(_ bytes: [UInt8]) {
        guard let (head, rest) = parted(bytes), case .array(let items)? = head["arguments"] else {
            return nil
        }
        arguments = items.compactMap(\.string)
        input = rest
    }

    var bytes: [UInt8] {
        head(["arguments": .array(arguments.map { .string($0) })]) + input
    }
}

/// What a server answers: how it ended, and the output of the command.
struct DoorAnswer: Equatable {
    /// 0, or the exit status of a failure.
    var status: Int32
    /// Why it failed.
    var message: String
    var output: String

    init(status: Int32 = 0, message: String = "", output: String = "") {
        self.status = status
        self.message = message
        self.output = output
    }

    init?(_ bytes: [UInt8]) {
        guard let (head, rest) = parted(bytes), case .integer(let number)? = head["status"],
            let status = Int32(exactly: number)
        else { return nil }
        self.init(
            status: status,
            message: head["message"]?.string ?? "",
            output: String(decoding: rest, as: UTF8.self)
        )
    }

    var bytes: [UInt8] {
        head(["status": .integer(Int64(status)), "message": .string(message)])
            + Array(output.utf8)
    }
}

/// A line of JSON.
private func head(_ members: JSONObject) -> [UInt8] {
    var json = JSONWriter()
    json.write(.object(members))
    return json.bytes + [UInt8(ascii: "\n")]
}

/// The line of JSON, and what comes after it.
private func parted(_ bytes: [UInt8]) -> (head: JSONObject, rest: [UInt8])? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
        let head = (try? JSONValue(parsing: Array(bytes[..<end])))?.object
    else { return nil }
    return (head, Array(bytes[(end + 1)...]))
}
