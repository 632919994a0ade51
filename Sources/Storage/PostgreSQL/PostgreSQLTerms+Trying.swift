import Glibc
import Tasks

extension PostgreSQLTerms {
    /// Does work on a connection, and does it again as long as that may help.
    ///
    /// A connection that was lost is replaced. It may have been lost long before, so the work is
    /// tried once more, unless what it wrote may have been kept.
    ///
    /// - Parameters:
    ///   - connection: The connection; none before the first work.
    ///   - work: The work. It may be done several times, of which one at most has an effect.
    /// - Returns: What the closure returns.
    /// - Throws: ``SQLError``, or what the closure throws.
    func trying<Value>(
        on connection: inout PostgreSQLConnection?,
        _ work: (PostgreSQLConnection) throws -> Value
    ) throws -> Value {
        var lossCount = 0
        var conflictCount = 0
        var hasClashed = false
        while true {
            let current = try usable(&connection)
            do {
                return try work(current)
            } catch SQLError.outcomeUnknown(let message) {
                connection = nil
                throw SQLError.outcomeUnknown(message: message)
            } catch let error {
                if current.isLost {
                    connection = nil
                    lossCount += 1
                    if lossCount > 1 || current.isSilent { throw error }
                } else if current.hasConflict {
                    conflictCount += 1
                    if conflictCount > configuration.retryLimit { throw SQLError.busy }
                    Self.pause(after: conflictCount)
                } else if case SQLError.uniquenessViolated = error, !hasClashed {
                    // Another transaction may have stored the row after this one looked for it.
                    hasClashed = true
                } else {
                    throw error
                }
            }
        }
    }

    func usable(
        _ connection: inout PostgreSQLConnection?
    ) throws -> PostgreSQLConnection {
        if let connection { return connection }
        do {
            let new = try PostgreSQLConnection(self)
            connection = new
            return new
        } catch {
            let failure = SQLError.unavailable(code: 0, message: "\(error)")
            condition.note(failure, while: .writing)
            throw failure
        }
    }

    /// Waits for a random time, so that two transactions do not meet again and again.
    static func pause(after conflictCount: Int) {
        let longest = Int32(2 << min(conflictCount, 6))
        _ = poll(nil, 0, Int32.random(in: 0...longest))
    }
}
