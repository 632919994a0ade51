import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// What a command may refer to, in the directory of ``TaskWorld``.
@Suite
struct TaskReferenceTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func verdict(
        _ references: References,
        for actor: Actor,
        in world: TaskWorld
    ) async throws -> ReferenceVerdict {
        try await world.store.read { connection in
            let facts = try LocationTransaction(
                in: actor.locationID,
                on: connection,
                telling: UnreadableRows { _ in }
            )
            .facts(of: references, for: actor)
            return ReferenceVerdict(on: facts, for: actor)
        }
    }

    @Test(arguments: [
        // Herself, a teammate, one of a team that does not share or is deleted, a deleted teammate.
        (1, 1, true), (1, 2, true), (1, 3, false), (1, 4, false), (1, 9, false),
        (3, 3, true), (3, 1, false), (2, 1, true), (4, 4, false),
        // The location's own token.
        (nil, 3, true), (nil, 4, false), (nil, 9, false),
    ])
    func `an assignee is the actor or a teammate`(
        actor: Int64?,
        assignee: Int64,
        isAllowed: Bool
    ) async throws {
        let world = try await TaskWorld(in: folder)
        let verdict = try await verdict(
            References(assigneeID: Identifier(assignee)),
            for: Actor(locationID: TaskWorld.acme, userID: actor.map { Identifier($0) }),
            in: world
        )
        #expect(verdict == ReferenceVerdict(assigneeIsAllowed: isAllowed))
    }

    @Test(arguments: [
        // Owned, assigned, shared by name, a teammate's, a stranger's, deleted, unknown.
        (1, 1, true), (1, 2, true), (1, 3, true), (1, 4, true), (1, 5, false), (1, 6, false),
        (1, 9, false), (2, 1, true), (2, 2, false), (2, 3, false), (3, 4, false), (3, 5, true),
        (nil, 5, true), (nil, 6, false),
    ])
    func `a contact is the actor's, shared with the actor or a teammate's`(
        actor: Int64?,
        contact: Int64,
        isAllowed: Bool
    ) async throws {
        let world = try await TaskWorld(in: folder)
        let verdict = try await verdict(
            References(contactID: Identifier(contact)),
            for: Actor(locationID: TaskWorld.acme, userID: actor.map { Identifier($0) }),
            in: world
        )
        #expect(verdict == ReferenceVerdict(contactIsAllowed: isAllowed))
    }

    @Test(arguments: [
        (1, 1, true), (1, 2, true), (1, 3, false), (1, 4, false), (1, 9, false), (2, 3, true),
        (nil, 3, true), (nil, 4, false),
    ])
    func `a category is the location's or the actor's own`(
        actor: Int64?,
        category: Int64,
        isAllowed: Bool
    ) async throws {
        let world = try await TaskWorld(in: folder)
        let verdict = try await verdict(
            References(categoryID: Identifier(category)),
            for: Actor(locationID: TaskWorld.acme, userID: actor.map { Identifier($0) }),
            in: world
        )
        #expect(verdict == ReferenceVerdict(categoryIsAllowed: isAllowed))
    }

    @Test
    func `nothing of another location may be referred to`() async throws {
        let world = try await TaskWorld(in: folder)
        try await world.store.write { connection in
            for table in ["member", "contact", "category"] {
                let text = "DELETE FROM \(table) WHERE shard = :shard AND locationID = :locationID"
                try connection.execute(
                    SQLStatement(dynamic: text),
                    SQLArguments(in: TaskWorld.other)
                )
            }
        }
        let references = References(
            assigneeID: Identifier(1),
            contactID: Identifier(1),
            categoryID: Identifier(1)
        )
        for userID in [nil, Identifier<User>(1)] {
            let actor = Actor(locationID: TaskWorld.other, userID: userID)
            #expect(
                try await verdict(references, for: actor, in: world)
                    == ReferenceVerdict(
                        assigneeIsAllowed: false,
                        contactIsAllowed: false,
                        categoryIsAllowed: false
                    )
            )
        }
    }

    @Test
    func `a decision is given the facts and whether the contact is shared by name`() async throws {
        let world = try await TaskWorld(in: folder)
        var task = TaskInstance.single(70)
        task.template.contactID = Identifier(3)
        try await world.add([task])
        for (user, isShared) in [(1, true), (2, false)] as [(Int64, Bool)] {
            let entry = try await world.store.change(
                task.id,
                where: .all([]),
                extent: .thisOne,
                references: References(assigneeID: Identifier(3)),
                by: Actor(locationID: TaskWorld.acme, userID: Identifier(user)),
                at: TaskWorld.now,
                takingUp: TaskWorld.nothing
            ) { [task] snapshot, facts, _ in
                #expect(
                    snapshot
                        == SeriesSnapshot(task: task, tasks: [task], actorSharesContact: isShared)
                )
                let assignee = ReferenceFacts.Assignee(userID: Identifier(3), sharesWork: false)
                #expect(facts == ReferenceFacts(assignees: [assignee]))
                return ChangePlan(.updated)
            }
            #expect(entry?.task == task)
        }
    }
}
