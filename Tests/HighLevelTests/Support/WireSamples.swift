import HighLevel
import JSON
import Recurrence
import SystemZones
import Testing

/// A zone of the system's.
func zone(_ name: String) throws -> Zone {
    try SystemZones().zone(named: name)
}

/// The members of a JSON object, as a request's body has them.
func members(_ json: String) throws -> JSONObject {
    try #require(try JSONValue(parsing: Array(json.utf8)).object, "\(json)")
}

/// The options of a JSON object, which are whole.
func options(_ json: String) throws -> RRuleOptions {
    var reader = PropertyReader(try members(json))
    let options = RRuleOptions(from: &reader)
    try reader.finish()
    return try #require(options)
}

/// A date as a request has it.
func date(_ text: String) throws -> HighLevelDate {
    try #require(HighLevelDate(parsing: text), "\(text)")
}

/// All that is wrong with what a closure reads; nothing where it reads it.
func violations(_ read: () throws -> some Any) throws -> [String] {
    do {
        _ = try read()
        return []
    } catch let error as HighLevelError where error.kind == .violations {
        return error.messages
    }
}
