import Glibc
import NIOCore

/// Says in plain words why a server cannot listen.
///
/// - Parameters:
///   - error: What the application's run threw.
///   - host: The address that it was to listen on.
///   - port: The port.
/// - Returns: The reason as a sentence; none for an error of another kind.
package func reasonForNotListening(_ error: any Error, host: String, port: Int) -> String? {
    if error is SocketAddressError.UnknownHost {
        return "This machine knows no address '\(host)'."
    }
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE:
        return """
            Another program listens on port \(port) already. Stop it, or take another port with \
            --port; with --port 0 the server takes one that is free.
            """
    case EACCES, EPERM:
        return """
            The system does not let this user listen on port \(port); ports below 1024 are \
            commonly for root alone. Take another port with --port.
            """
    case EADDRNOTAVAIL:
        return """
            \(host) is not an address of this machine. With --host 0.0.0.0 the server listens on \
            all that it has.
            """
    default: return nil
    }
}
