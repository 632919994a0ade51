import HTTPServing
import Tasks

/// Carries out a command on the record that a path names.
///
/// - Parameters:
///   - text: The record's identifier as the path has it.
///   - refusal: The answer where there is no such record.
///   - command: What is done with the record.
/// - Returns: What the command returns.
/// - Throws: The refusal where the text is no identifier or the command finds no record; else what
///   the command throws.
func withRecord<Record, Value>(
    named text: String,
    orElse refusal: (String) -> HighLevelError,
    _ command: (Identifier<Record>) async throws -> Value
) async throws -> Value {
    do {
        guard let id = Identifier<Record>(highLevel: text) else { throw TaskRefusal.notFound }
        return try await command(id)
    } catch TaskRefusal.notFound {
        throw refusal(text)
    }
}
