import JSON
import Recurrence
import Tasks

/// What an update did in one location, as its audit has it.
struct DirectoryDeed {
    /// An entry without its place, its time and its author.
    struct Entry {
        let action: String
        let subject: String?
        let detail: JSONObject
    }

    private var counts: [DirectoryKind: [DirectoryChange: Int]] = [:]
    private var first: Entry?

    /// Notes what became of a record.
    mutating func note(_ sample: DirectorySample, of kind: DirectoryKind, numbered number: Int64) {
        counts[kind, default: [:]][sample.change, default: 0] += 1
        guard first == nil else { return }
        let kindText = DirectoryName.kindText(kind)
        first = Entry(
            action: "\(kindText).\(sample.change.rawValue)",
            subject: subject(of: sample, numbered: number),
            detail: .difference(from: sample.before?.members, to: sample.after?.members)
        )
    }

    /// The entry where the update named one record.
    var entry: Entry { first ?? entryOfImport }

    /// The entry where it named many: how many there were of each kind.
    var entryOfImport: Entry {
        var detail: JSONObject = [:]
        for kind in DirectoryKind.allCases {
            guard let counts = counts[kind] else { continue }
            var changes: JSONObject = [:]
            for change in [DirectoryChange.created, .updated, .deleted] {
                changes[change.rawValue] = .integer(Int64(counts[change] ?? 0))
            }
            detail[DirectoryName.kindText(kind)] = .object(changes)
        }
        return Entry(action: "directory.imported", subject: nil, detail: detail)
    }

    private func subject(of sample: DirectorySample, numbered number: Int64) -> String {
        switch sample.after ?? sample.before {
        case .token(let record)?: record.id
        case .location(let location)?: location.id.rawValue
        default: String(number)
        }
    }
}

extension JSONObject {
    /// The members that differ between two objects, before and after.
    static func difference(from before: JSONObject?, to after: JSONObject?) -> JSONObject {
        var object: JSONObject = [:]
        let names = (before ?? after)?.members.map(\.name) ?? []
        let changed = names.filter { before?[$0] != after?[$0] }
        for (name, side) in [("before", before), ("after", after)] {
            guard let side else {
                object[name] = .null
                continue
            }
            var members: JSONObject = [:]
            for name in changed { members[name] = side[name] }
            object[name] = .object(members)
        }
        return object
    }
}

extension DirectoryRecord {
    /// What the audit tells of the record.
    var members: JSONObject {
        switch self {
        case .location(let location):
            [
                "name": .string(location.name), "timeZone": .string(location.timeZone),
                "requiresMatch": .bool(location.requiresMatch),
                "reminders": .reminders(location.reminders),
            ]
        case .user(let user):
            [
                "publicId": .string(user.publicID), "name": .string(user.name),
                "email": .text(user.email), "phone": .text(user.phone),
                "timeZone": .string(user.timeZone), "role": .string(user.role.name),
                "locale": .text(user.locale),
                "reminders": .reminders(user.reminderSettings.reminders),
                "quietHours": .quietHours(user.reminderSettings.quietHours),
                "digest": .text(user.reminderSettings.digestMinute.map { ClockMinute($0).text }),
                "refusesMail": .bool(user.reminderSettings.refusesMail),
            ]
        case .team(let team):
            [
                "name": .string(team.name), "isSharing": .bool(team.isSharing),
                "memberIds": .identifiers(team.memberIDs),
            ]
        case .contact(let contact):
            [
                "publicId": .string(contact.publicID), "firstName": .text(contact.firstName),
                "lastName": .text(contact.lastName), "email": .text(contact.email),
                "phone": .text(contact.phone), "business": .text(contact.business),
                "ownerId": .identifier(contact.ownerID),
                "assigneeId": .identifier(contact.assigneeID),
                "sharedWithIds": .identifiers(contact.sharedWithIDs),
            ]
        case .category(let category):
            ["name": .string(category.name), "ownerId": .identifier(category.ownerID)]
        case .token(let token):
            [
                "hint": .string(token.hint), "userId": .identifier(token.userID),
                "scopes": token.scopes.map { .array($0.sorted().map { .string($0) }) } ?? .null,
                "expiresAt": .text(token.expiresAt?.text(in: .extended, fraction: .none)),
                "isRevoked": .bool(token.revokedAt != nil),
            ]
        }
    }
}

extension JSONValue {
    fileprivate static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    fileprivate static func reminders(_ reminders: [Reminder]?) -> JSONValue {
        guard let reminders else { return .null }
        return .array(
            reminders.map { reminder in
                var members: JSONObject = [:]
                for (name, text) in reminder.parts { members[name] = .string(text) }
                return .object(members)
            }
        )
    }

    fileprivate static func quietHours(_ hours: QuietHours?) -> JSONValue {
        guard let (from, to) = hours?.texts else { return .null }
        return .object(["from": .string(from), "to": .string(to)])
    }

    /// Numbers of records are texts, as in the answers of the own API.
    fileprivate static func identifier<Subject>(_ id: Identifier<Subject>?) -> JSONValue {
        .text(id.map { String($0.rawValue) })
    }

    fileprivate static func identifiers<Subject>(_ ids: [Identifier<Subject>]) -> JSONValue {
        .array(ids.map { .identifier($0) })
    }
}
