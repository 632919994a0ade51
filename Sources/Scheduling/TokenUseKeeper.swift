package import Logging
import ServiceLifecycle
package import Tasks

/// Stores now and then on which days tokens were used.
///
/// What was noted since the last time is lost with the process, and noted again by the next use.
package struct TokenUseKeeper<Store: TokenUseStore>: Service, CustomStringConvertible {
    private let store: Store
    private let logger: Logger
    private let pause: @Sendable () async throws -> Void

    /// Creates the service.
    ///
    /// - Parameters:
    ///   - store: Where the days are kept.
    ///   - logger: Where failures are told.
    ///   - pause: Waits until it is time to store; the service ends if it throws.
    package init(
        store: Store,
        logger: Logger,
        pause: @escaping @Sendable () async throws -> Void
    ) {
        self.store = store
        self.logger = logger
        self.pause = pause
    }

    package var description: String { "TokenUseKeeper" }

    /// Works until the service is told to stop, and stores what is left then.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await pause() } catch { return }
                await keep()
            }
        }
        await keep()
    }

    private func keep() async {
        do { try await store.keepTokenUses() } catch {
            // They stay noted, and are stored the next time.
            logger.debug("Could not note the use of tokens", metadata: ["error": "\(error)"])
        }
    }
}
