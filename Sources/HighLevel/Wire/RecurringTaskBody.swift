package import JSON
package import Recurrence
package import Tasks

/// The body of a request that creates or updates a recurring task.
///
/// Contacts and owners are the names that were sent; they are not looked up yet.
package struct RecurringTaskBody: Hashable, Sendable {
    package let title: String?
    package let description: String?
    package let contactIDs: [String]?
    package let owners: [String]?
    package let recurrence: DueRecurrence?
    package let ignoreTaskCreation: Bool?

    /// The largest sizes that are accepted; HighLevel publishes no bounds.
    package enum Limit {
        /// Unicode scalars of a title, at least one.
        static let titleLengths = 1...255
        /// Unicode scalars of a description, or of a task's body.
        static let descriptionLengths = 0...65_535
        /// A series makes a hundred copies of it at once, and others wait meanwhile.
        static let descriptionBytes = 65_535
        package static let contactCount = 100
        static let ownerCount = 100
    }

    /// What answers have besides, and no request changes.
    ///
    /// A client may send back what it was answered.
    private static let readOnlyNames = [
        "id", "locationId", "updatedAt", "createdAt", "totalOccurrence", "deleted", "assignedTo",
        "contactId", "rrule", "timeZone",
    ]

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - members: The members of the body.
    ///   - presence: `.required` for a creation; `.optional` for an update, which may leave out
    ///     title and rule.
    ///   - zone: The location's zone.
    ///   - shown: The options by which answers show another dialect's rule, which they may not say
    ///     exactly. A body that has the same keeps that rule.
    /// - Throws: `HighLevelError` with every violation.
    package init(
        _ members: JSONObject,
        _ presence: PropertyReader.Presence,
        zone: Zone,
        keeping shown: RRuleOptions? = nil
    ) throws {
        var reader = PropertyReader(members)
        title = reader.text("title", presence, lengths: Limit.titleLengths)
        description = reader.text(
            "description",
            .optional,
            lengths: Limit.descriptionLengths,
            byteLimit: Limit.descriptionBytes
        )
        contactIDs = reader.texts("contactIds", .optional, countLimit: Limit.contactCount)
        owners = reader.texts("owners", .optional, countLimit: Limit.ownerCount)
        recurrence = try Self.recurrence(from: &reader, presence, zone: zone, keeping: shown)
        ignoreTaskCreation = reader.boolean("ignoreTaskCreation", .optional)
        reader.ignore(Self.readOnlyNames)
        try reader.finish()
    }

    private static func recurrence(
        from reader: inout PropertyReader,
        _ presence: PropertyReader.Presence,
        zone: Zone,
        keeping shown: RRuleOptions?
    ) throws -> DueRecurrence? {
        var wording = JSONObject()
        let options = reader.object("rruleOptions", presence) { members, reader in
            wording = members
            return RRuleOptions(from: &reader)
        }
        guard let options, options != shown else { return nil }
        for member in wording.members where member.value == .null { wording[member.name] = nil }
        wording["createTaskIfOverDue"] = .bool(options.createTaskIfOverDue)
        var json = JSONWriter()
        json.write(.object(wording))
        do {
            return try options.recurrence(
                in: zone,
                wording: String(decoding: json.bytes, as: UTF8.self)
            )
        } catch let contradiction as RRuleOptions.Contradiction {
            reader.note("rruleOptions.\(contradiction.violation)")
            return nil
        }
    }
}

extension RecurringTaskBody {
    /// The series that a body for a creation describes, with the contacts and owners found for it.
    ///
    /// - Precondition: The body was read with presence `.required`.
    package func draft(
        contactIDs: [Identifier<Contact>],
        ownerIDs: [Identifier<User>]
    ) -> SeriesDraft {
        guard let title, let recurrence else {
            preconditionFailure("title and rule are required of a creation")
        }
        return SeriesDraft(
            title: title,
            body: description ?? "",
            contactIDs: contactIDs,
            ownerIDs: ownerIDs,
            recurrence: recurrence,
            makesFirstTasks: ignoreTaskCreation != true
        )
    }

    /// What a body for an update does, with the contacts and owners that were found; nil keeps those
    /// that the series has.
    ///
    /// First tasks are made only if the body has a new rule and `ignoreTaskCreation: false`.
    package func edit(
        contactIDs: [Identifier<Contact>]?,
        ownerIDs: [Identifier<User>]?
    ) -> SeriesEdit {
        SeriesEdit(
            title: title.map { .set($0) } ?? .keep,
            body: description.map { .set($0) } ?? .keep,
            contactIDs: contactIDs.map { .set($0) } ?? .keep,
            ownerIDs: ownerIDs.map { .set($0) } ?? .keep,
            recurrence: recurrence.map { .set($0) } ?? .keep,
            makesFirstTasks: recurrence != nil && ignoreTaskCreation == false
        )
    }
}
