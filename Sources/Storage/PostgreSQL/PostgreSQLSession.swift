import CPostgreSQL
import Glibc

/// One connection of libpq, used by one thread at a time, which waits for the answers.
///
/// Statements are sent one after the other, and their answers come together (`answers()`), so that
/// statements of which nothing is needed at once cost no round trip of their own.
@safe
final class PostgreSQLSession {
    private let handle: OpaquePointer

    /// How many statements were sent whose answers were not read.
    private(set) var sentCount = 0
    private let uptime: @Sendable () -> Duration

    /// When it is no use any more to wait for the server, by the uptime; none if it may take any
    /// time.
    var deadline: Duration?

    /// Why the connection is of no more use; none while it works.
    private(set) var loss: String?

    /// Whether the connection was given up because the server did not answer.
    private(set) var isSilent = false

    /// Connects.
    ///
    /// - Parameters:
    ///   - url: Where the database is. Its parameters come before what is set here, except that texts
    ///     are in UTF-8.
    ///   - uptime: The time by which the deadline is measured.
    /// - Throws: ``PostgreSQLOpenError``.
    init(_ url: PostgreSQLURL, uptime: @escaping @Sendable () -> Duration) throws {
        let options = [
            ("application_name", "perennial"), ("connect_timeout", "5"),
            ("keepalives_idle", "5"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "15000"), ("target_session_attrs", "read-write"),
            ("dbname", url.text), ("client_encoding", "UTF8"),
        ]
        let names = unsafe Self.copies(of: options.map(\.0))
        let values = unsafe Self.copies(of: options.map(\.1))
        defer {
            for index in options.indices {
                unsafe free(UnsafeMutablePointer(mutating: names[index]))
                unsafe free(UnsafeMutablePointer(mutating: values[index]))
            }
        }
        guard let handle = unsafe PQconnectdbParams(names, values, 1) else {
            throw PostgreSQLOpenError.refused(url, reason: "there is no memory")
        }
        guard unsafe PQstatus(handle) == CONNECTION_OK else {
            let reason = unsafe Self.message(of: handle)
            unsafe PQfinish(handle)
            throw PostgreSQLOpenError.refused(url, reason: reason)
        }
        // What the server remarks would go to standard error.
        unsafe PQsetNoticeProcessor(handle, { _, _ in }, nil)
        guard unsafe PQenterPipelineMode(handle) == 1 else {
            unsafe PQfinish(handle)
            throw PostgreSQLOpenError.refused(url, reason: "libpq has no pipelines")
        }
        unsafe self.handle = handle
        self.uptime = uptime
    }

    deinit { unsafe PQfinish(handle) }

    private static func copies(of texts: [String]) -> [UnsafePointer<CChar>?] {
        unsafe texts.map { unsafe UnsafePointer(strdup($0)) } + [nil]
    }

    /// The server's version, such as 150018 for 15.18.
    var version: Int { Int(unsafe PQserverVersion(handle)) }

    /// How the database holds its texts.
    var encoding: String {
        guard let name = unsafe PQparameterStatus(handle, "server_encoding") else { return "" }
        return unsafe String(cString: name)
    }

    /// Whether a transaction is open, be it one that can only be rolled back.
    var isInTransaction: Bool {
        let status = unsafe PQtransactionStatus(handle)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }

    /// Whether a statement has failed, so that the transaction can only be rolled back.
    var hasFailedTransaction: Bool { unsafe PQtransactionStatus(handle) == PQTRANS_INERROR }

    /// What stops a statement from another thread.
    func makeCancelKey() -> PostgreSQLCancelKey? {
        guard let key = unsafe PQgetCancel(handle) else { return nil }
        return unsafe PostgreSQLCancelKey(owning: key)
    }

    /// Has the server prepare a statement.
    ///
    /// - Parameters:
    ///   - statement: The statement, which has a name.
    ///   - types: The types of the parameters, ``PostgreSQLType/unknown`` where the server finds out.
    /// - Throws: ``SQLError/unavailable(code:message:)`` if the connection is lost.
    func sendPreparation(
        _ statement: PostgreSQLStatement,
        _ types: [UInt32]
    ) throws(SQLError) {
        let count = Int32(types.count)
        try note(unsafe PQsendPrepare(handle, statement.name, statement.text, count, types))
    }

    /// Asks for the types of a prepared statement's parameters.
    func sendDescription(_ statement: PostgreSQLStatement) throws(SQLError) {
        try note(unsafe PQsendDescribePrepared(handle, statement.name))
    }

    /// Sends a statement that the server has prepared.
    func sendPrepared(
        _ statement: PostgreSQLStatement,
        _ values: [SQLValue],
        _ types: [UInt32]
    ) throws(SQLError) {
        let parameters = PostgreSQLParameters(values, as: types)
        let isSent = unsafe parameters.withAddresses { addresses, lengths, forms in
            unsafe PQsendQueryPrepared(
                handle,
                statement.name,
                Int32(values.count),
                addresses,
                lengths,
                forms,
                1
            )
        }
        try note(isSent)
    }

    /// Sends a statement that the server has not prepared.
    func send(_ statement: PostgreSQLStatement, _ values: [SQLValue]) throws(SQLError) {
        let types = values.map(\.postgreSQLType)
        let parameters = PostgreSQLParameters(values, as: types)
        let isSent = unsafe parameters.withAddresses { addresses, lengths, forms in
            unsafe PQsendQueryParams(
                handle,
                statement.text,
                Int32(values.count),
                types,
                addresses,
                lengths,
                forms,
                1
            )
        }
        try note(isSent)
    }

    private func note(_ isSent: Int32) throws(SQLError) {
        guard isSent == 1 else { throw lost(unsafe Self.message(of: handle)) }
        sentCount += 1
    }

    /// Waits for the answers to all that was sent, which are in the same order.
    ///
    /// What comes after a statement that was refused is refused too.
    ///
    /// - Throws: ``SQLError/unavailable(code:message:)`` if the connection is lost.
    func answers() throws(SQLError) -> [PostgreSQLResult] {
        if sentCount == 0 { return [] }
        sentCount = 0
        guard unsafe PQpipelineSync(handle) == 1 else {
            throw lost(unsafe Self.message(of: handle))
        }
        var answers: [PostgreSQLResult] = []
        // Each answer is followed by none; two of them say that nothing more will come.
        var endCount = 0
        while true {
            while unsafe PQisBusy(handle) == 1 { try receive() }
            // libpq may have closed the connection itself, and no socket would tell.
            guard unsafe PQstatus(handle) == CONNECTION_OK, endCount < 2 else {
                throw lost(unsafe Self.message(of: handle))
            }
            guard let next = unsafe PQgetResult(handle) else {
                endCount += 1
                continue
            }
            endCount = 0
            let result = unsafe PostgreSQLResult(owning: next)
            if result.isEndOfPipeline { return answers }
            answers.append(result)
        }
    }

    /// Makes sure that the server has not ended the connection.
    ///
    /// It asks the system alone. What the server ended before it was sent a statement, it does not
    /// carry out.
    ///
    /// - Throws: ``SQLError/unavailable(code:message:)``.
    func checkIsOpen() throws(SQLError) {
        var socket = unsafe pollfd(fd: PQsocket(handle), events: Self.hangUp, revents: 0)
        let isEnded = unsafe poll(&socket, 1, 0) > 0
        if isEnded { throw lost("the server has ended the connection") }
    }

    /// That the other side has closed a connection; Glibc shows it only to programs that ask for GNU's
    /// extensions.
    private static var hangUp: Int16 { 0x2000 }

    private func receive() throws(SQLError) {
        var socket = unsafe pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        var milliseconds: Int32 = 1000
        if let deadline {
            let left = deadline - uptime()
            guard left > .zero else {
                isSilent = true
                throw lost("the server does not answer in time")
            }
            milliseconds = Int32(min(left, .seconds(1)) / .milliseconds(1)) + 1
        }
        let count = unsafe poll(&socket, 1, milliseconds)
        if count == 0 || (count < 0 && errno == EINTR) { return }
        guard count > 0, unsafe PQconsumeInput(handle) == 1 else {
            throw lost(unsafe Self.message(of: handle))
        }
    }

    private func lost(_ message: String) -> SQLError {
        let message = message.isEmpty ? "the connection is lost" : message
        loss = loss ?? message
        return .unavailable(code: 0, message: message)
    }

    private static func message(of handle: OpaquePointer) -> String {
        guard let text = unsafe PQerrorMessage(handle) else { return "" }
        let lines = unsafe String(cString: text).split(whereSeparator: \.isNewline)
        // Lines that are set in only guess at the cause.
        return lines.filter { $0.first?.isWhitespace == false }.joined(separator: "; ")
    }
}

/// What stops the statement that a connection is at; to be used from any thread.
final class PostgreSQLCancelKey: Sendable {
    /// The address of libpq's own key, which nothing changes.
    private let address: UInt

    /// Takes a key over.
    init(owning handle: OpaquePointer) {
        address = UInt(bitPattern: handle)
    }

    deinit { unsafe PQfreeCancel(OpaquePointer(bitPattern: address)) }

    /// Asks the server to stop the statement, and returns once the server has heard of it.
    func cancel() {
        var message = [CChar](repeating: 0, count: 256)
        // If the server cannot be reached, nothing is lost: the statement has a time limit.
        _ = unsafe PQcancel(OpaquePointer(bitPattern: address), &message, Int32(message.count))
    }
}
