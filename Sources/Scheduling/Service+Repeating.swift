import Logging
import ServiceLifecycle

extension Service {
    /// Does something again and again until the service is told to stop.
    ///
    /// - Parameters:
    ///   - failing: What the log says if it throws; then it is done again all the same.
    ///   - logger: The log.
    ///   - pause: Waits until it is time for the next time. The work ends if it throws.
    ///   - work: What is done. It ends with a `CancellationError`.
    func workRepeatedly(
        telling failing: Logger.Message,
        to logger: Logger,
        pausing pause: @escaping @Sendable () async throws -> Void,
        _ work: @escaping @Sendable () async throws -> Void
    ) async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await work() } catch is CancellationError {
                    return
                } catch {
                    // What was stopped on the way to a stop is no trouble.
                    if Task.isCancelled { return }
                    logger.error(failing, metadata: ["error": "\(error)"])
                }
                do { try await pause() } catch { return }
            }
        }
    }
}
