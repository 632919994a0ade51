import Glibc
import HTTPServing
import NIOCore
import Testing

/// Why a server cannot listen, as its operator is told.
@Suite struct ListeningFailureTests {
    @Test(arguments: [
        (EADDRINUSE, "Another program listens on port 80 already."),
        (EACCES, "The system does not let this user listen on port 80;"),
        (EADDRNOTAVAIL, "192.0.2.1 is not an address of this machine."),
    ])
    func `the reason is said in plain words`(code: CInt, beginning: String) throws {
        let error = IOError(errnoCode: code, reason: "bind(descriptor:ptr:bytes:)")
        let reason = try #require(reasonForNotListening(error, host: "192.0.2.1", port: 80))
        #expect(reason.hasPrefix(beginning))
    }

    @Test func `an error of another kind has no reason here`() {
        let error = IOError(errnoCode: ENOMEM, reason: "listen")
        #expect(reasonForNotListening(error, host: "127.0.0.1", port: 80) == nil)
        #expect(reasonForNotListening(CancellationError(), host: "127.0.0.1", port: 80) == nil)
    }
}
