import HTTPServing
import JSON
import Recurrence
import Tasks

/// A series as HighLevel shows it.
struct RecurringTaskRecord {
    let series: RecurringTask
    let occurrenceCount: Int
    let locationID: LocationID
    let names: ShownNames
    /// The options as they were sent; for a series without them, the options nearest to it.
    private let rruleOptions: JSONObject

    /// Creates a record.
    ///
    /// - Throws: `UnknownZone` if the nearest options are needed and the series' zone cannot be read.
    init(
        series: RecurringTask,
        zones: some ZoneSource,
        occurrenceCount: Int,
        locationID: LocationID,
        names: ShownNames
    ) throws(UnknownZone) {
        self.series = series
        self.occurrenceCount = occurrenceCount
        self.locationID = locationID
        self.names = names
        let wording = series.dueSchedule?.wording
        if let sent = wording.flatMap({ try? JSONValue(parsing: Array($0.utf8)).object }) {
            rruleOptions = sent
        } else {
            let zone = try zones.zone(named: series.timeZone)
            rruleOptions = RRuleOptions(nearestTo: series, in: zone).json
        }
    }

    var contactNames: [String] { series.contactIDs.compactMap { names.contacts[$0]?.publicID } }

    var ownerNames: [String] { series.ownerIDs.compactMap { names.users[$0]?.publicID } }

    /// Writes the members that HighLevel publishes, and then four more: the rule, its zone, all
    /// contacts and all owners.
    func write(to json: inout JSONWriter) {
        let contacts = contactNames
        let owners = ownerNames
        json.beginObject()
        json.write("id", series.id.highLevel)
        json.write("title", series.template.title)
        json.write("description", series.template.body)
        json.write("locationId", locationID.rawValue)
        json.write("updatedAt", series.modifiedAt)
        json.write("createdAt", series.createdAt)
        json.name("rruleOptions")
        json.write(.object(rruleOptions))
        json.name("totalOccurrence")
        json.write(Int64(occurrenceCount))
        json.name("deleted")
        json.write(series.isDeleted)
        if let owner = owners.first { json.write("assignedTo", owner) }
        if let contact = contacts.first { json.write("contactId", contact) }
        if let rule = series.rule { json.write("rrule", rule.text) }
        json.write("timeZone", series.timeZone)
        json.name("contactIds")
        json.write(.array(contacts.map { .string($0) }))
        json.name("owners")
        json.write(.array(owners.map { .string($0) }))
        json.endObject()
    }
}

extension RecurringTask {
    /// The contacts that the series makes tasks for.
    var contactIDs: [Identifier<Contact>] {
        dueSchedule?.contactIDs ?? template.contactID.map { [$0] } ?? []
    }

    /// The users that the series is assigned to.
    var ownerIDs: [Identifier<User>] {
        dueSchedule?.ownerIDs ?? template.assigneeID.map { [$0] } ?? []
    }
}

extension JSONWriter {
    mutating func write(_ name: StaticString, _ text: String) {
        self.name(name)
        write(text)
    }

    mutating func write(_ name: StaticString, _ timestamp: Timestamp) {
        self.name(name)
        write(timestamp)
    }
}
