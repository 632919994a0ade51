import HighLevel
import JSON
import Recurrence
import SystemZones
import Testing

/// A zone from the system's files.
func zone(_ name: String) throws -> Zone {
    try SystemZones().zone(named: name)
}

/// The members of a JSON object, as a request's body has them.
func members(_ json: String) throws -> JSONObject {
    try #require(try JSONValue(parsing: Array(json.utf8)).object, "\(json)")
}

/// The options in a JSON object that has all required members.
func options(_ json: String) throws -> RRuleOptions {
    var reader = PropertyReader(try members(json))
    let options = RRuleOptions(from: &reader)
    try reader.finish()
    return try #require(options)
}

/// A date as a request writes it.
func date(_ text: String) throws -> HighLevelDate {
    try #require(HighLevelDate(parsing: text), "\(text)")
}

/// The violations of what a closure reads; none where it reads without an error.
func violations(_ read: () throws -> some Any) throws -> [String] {
    do {
        _ = try read()
        return []
    } catch let error as HighLevelError where error.kind == .violations {
        return error.messages
    }
}

/// Parts of the bodies of requests.
enum Sample {
    /// Options that repeat every day at 10:00 UTC from 2025-07-23 on, 3:00 in Los Angeles.
    static let daily = daily(from: "2025-07-23T10:00:00.000Z")

    static func daily(from start: String) -> String {
        """
        {"intervalType":"daily","interval":1,"startDate":"\(start)","dueAfterSeconds":600}
        """
    }

    /// A contact's task that is due on 2025-07-25.
    static let task = """
        {"title":"First Task","body":"loram ipsum","dueDate":"2025-07-25T11:00:00Z",\
        "completed":false}
        """
}
