import ArgumentParser
import Foundation
import Recurrence

extension Timestamp {
    /// Reads an instant as ISO 8601 writes it, to the second.
    ///
    /// - Throws: `ValidationError` that names the option.
    init(argument text: String, of option: String) throws {
        guard let date = try? Date(text, strategy: .iso8601) else {
            throw ValidationError(
                "\(option) is '\(text)', which is not an instant like 2030-01-01T00:00:00Z."
            )
        }
        self.init(seconds: Int64(date.timeIntervalSince1970))
    }
}
