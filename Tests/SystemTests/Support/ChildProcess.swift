import Foundation
import Glibc
import Synchronization

/// A process that a test starts.
///
/// Foundation's own reads past a buffer when the test's process has many files open. A child of this
/// one has no file of its parent's but its input and output.
final class ChildProcess: Sendable {
    private let command: [String]
    private let environment: [String: String]
    private let folder: String?
    private let state = Mutex(State())

    fileprivate struct State {
        var id: pid_t = 0
        var status: Int32?
    }

    /// What stands at one of the child's first three descriptors.
    struct Streams {
        var input = "/dev/null"
        var output = "/dev/null"
        var errors = "/dev/null"
    }

    /// - Parameters:
    ///   - command: The path of the program, and its arguments.
    ///   - environment: All its variables.
    ///   - folder: The folder it works in; nil for the test's own.
    init(
        _ command: [String],
        environment: [String: String] = ProcessInfo.processInfo.environment,
        in folder: String? = nil
    ) {
        self.command = command
        self.environment = environment
        self.folder = folder
    }

    /// Starts the process.
    ///
    /// - Throws: A `POSIXError` if it cannot be started.
    func start(_ streams: Streams = Streams()) throws {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let files = [
            (streams.input, O_RDONLY), (streams.output, O_WRONLY), (streams.errors, O_WRONLY),
        ]
        for (number, (path, mode)) in files.enumerated() {
            unsafe posix_spawn_file_actions_addopen(&actions, Int32(number), path, mode, 0)
        }
        _ = try unsafe GNUSpawn.closeFrom()(&actions, 3)
        if let folder { _ = try unsafe GNUSpawn.changeDirectory()(&actions, folder) }
        // The thread that starts it may hold signals back, and a child would do so, too.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var id: pid_t = 0
        let variables = environment.map { "\($0)=\($1)" }
        let error = unsafe withCStrings(command) { arguments in
            unsafe withCStrings(variables) { variables in
                unsafe posix_spawn(&id, command[0], &actions, &attributes, arguments, variables)
            }
        }
        guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO) }
        state.withLock { $0 = State(id: id) }
    }

    /// The identifier, once it is started.
    var id: pid_t { state.withLock { $0.id } }

    var isRunning: Bool { state.withLock { $0.look(WNOHANG) } }

    /// The exit status, or the number of the signal that ended it, once it has ended.
    var status: Int32 { state.withLock { $0.status ?? -1 } }

    /// Waits until the process has ended, which it must do soon.
    func wait() {
        _ = state.withLock { $0.look(0) }
    }
}

extension ChildProcess.State {
    /// Looks whether the process has ended.
    ///
    /// - Returns: Whether it is running.
    fileprivate mutating func look(_ options: Int32) -> Bool {
        guard id != 0, status == nil else { return false }
        var word: Int32 = 0
        while true {
            let ended = unsafe waitpid(id, &word, options)
            if ended == 0 { return true }
            if ended == -1, errno == EINTR { continue }
            // The low seven bits have the signal, the next eight the status.
            status = word & 0x7f == 0 ? word >> 8 & 0xff : word & 0x7f
            return false
        }
    }
}

/// Lends texts as C has them, with a null pointer at the end.
private func withCStrings<Result>(
    _ texts: [String],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) throws -> Result
) rethrows -> Result {
    var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
    defer { for place in unsafe pointers.indices { unsafe free(pointers[place]) } }
    return try unsafe pointers.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { preconditionFailure("the list has an end") }
        return try unsafe body(start)
    }
}

/// What the C library has and shows only to programs that ask for GNU's extensions.
private enum GNUSpawn {
    typealias Actions = UnsafeMutablePointer<posix_spawn_file_actions_t>

    static func closeFrom() throws -> @convention(c) (Actions, Int32) -> Int32 {
        unsafe unsafeBitCast(
            try symbol("posix_spawn_file_actions_addclosefrom_np"),
            to: (@convention(c) (Actions, Int32) -> Int32).self
        )
    }

    static func changeDirectory() throws
        -> @convention(c) (Actions, UnsafePointer<CChar>) -> Int32
    {
        unsafe unsafeBitCast(
            try symbol("posix_spawn_file_actions_addchdir_np"),
            to: (@convention(c) (Actions, UnsafePointer<CChar>) -> Int32).self
        )
    }

    private static func symbol(_ name: String) throws -> UnsafeMutableRawPointer {
        guard let symbol = unsafe dlsym(nil, name) else { throw POSIXError(.ENOSYS) }
        return unsafe symbol
    }
}
