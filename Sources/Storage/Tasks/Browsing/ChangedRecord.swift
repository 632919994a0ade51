import JSON
import Tasks

/// A record that an entry of the log is about.
enum ChangedRecord: Hashable {
    /// A task, and who was assigned to it before, if that was changed.
    case task(Identifier<TaskInstance>, formerAssigneeID: Int64?)
    case series(Identifier<RecurringTask>)
    /// A task or a series that is as if it had never been, and whose it was.
    case removed(Int64, isSeries: Bool, creatorID: Int64?, assigneeID: Int64?)

    /// Reads the records of an entry from its detail, in a fixed order.
    ///
    /// - Throws: `JSONSyntaxError` where it is no JSON.
    static func all(in detail: String) throws -> [ChangedRecord] {
        guard let members = try JSONValue(parsing: Array(detail.utf8)).object else { return [] }
        let series =
            (members.items("series").compactMap(\.number)
            + members.items("removedFromSeries").compactMap(\.integer))
            .map { ChangedRecord.series(Identifier($0)) }
        let tasks = members.items("tasks").compactMap { item -> ChangedRecord? in
            guard let number = item.number else { return nil }
            let before = item.object?["before"]?.object
            return .task(Identifier(number), formerAssigneeID: before?["assigneeID"]?.integer)
        }
        let reminded = Set(members.items("reminders").compactMap(\.number)).sorted()
            .map { ChangedRecord.task(Identifier($0), formerAssigneeID: nil) }
        let made = (members.items("made") + members.items("removedFromTasks"))
            .compactMap(\.integer)
            .map { ChangedRecord.task(Identifier($0), formerAssigneeID: nil) }
        let removed = ["removedSeries", "removedTasks"].flatMap { name in
            members.items(name).compactMap { item -> ChangedRecord? in
                guard let number = item.number else { return nil }
                let before = item.object?["before"]?.object
                return .removed(
                    number,
                    isSeries: name == "removedSeries",
                    creatorID: before?["creatorID"]?.integer,
                    assigneeID: before?["assigneeID"]?.integer
                )
            }
        }
        return series + tasks + made + removed + reminded
    }
}

extension JSONObject {
    fileprivate func items(_ name: String) -> [JSONValue] {
        if case .array(let items)? = self[name] { items } else { [] }
    }
}

extension JSONValue {
    fileprivate var integer: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }

    /// The number of a record in the log.
    fileprivate var number: Int64? { object?["id"]?.integer }
}
