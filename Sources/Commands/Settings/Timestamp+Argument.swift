import ArgumentParser
import Recurrence

extension Timestamp {
    /// Reads an instant in the form of RFC 3339.
    ///
    /// - Throws: `ValidationError` that names the option.
    init(argument text: String, of option: String) throws {
        guard let timestamp = Timestamp(parsing: text) else {
            throw ValidationError(
                "\(option) is '\(text)', which is not an instant like 2030-01-01T00:00:00Z."
            )
        }
        self = timestamp
    }
}
