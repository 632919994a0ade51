import Recurrence
import Tasks
import Testing

/// What an edit or a deletion of one task does to a series that makes its tasks when their
/// occurrences come.
@Suite struct DueFollowingTests {
    /// A daily series at nine from the first of January on, at 09:30 on the third.
    ///
    /// Its tasks are due at ten, for contacts 1 and 2. Only the tasks of the first contact are
    /// returned.
    private func begun(
        _ terms: DueTerms = DueTerms(contacts: [1, 2], owners: [5], wording: "daily")
    ) throws -> (SeriesWorld, Identifier<RecurringTask>, [Identifier<TaskInstance>]) {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(terms)
        try world.run(to: "2024-01-03 09:30:00")
        let first = terms.contacts.first.map { Identifier<Contact>($0) }
        let tasks = world.tasks(of: id).filter { $0.slot?.contactID == first }
        return (world, id, tasks.map(\.id))
    }

    private func titles(of id: Identifier<RecurringTask>, in world: SeriesWorld) -> [String] {
        (1...4).map { day in
            world.tasks(of: id, onDay: day).map(\.template.title).joined(separator: " ")
        }
    }

    @Test func `an edit of one task is its own affair`() throws {
        var (world, id, ids) = try begun()
        let series = world.series
        try world.update(
            ids[1],
            with: TaskEdit(title: .set("Visit"), due: world.due(at: "2024-01-09 10:00:00"))
        )
        #expect(world.series == series)
        try world.run(to: "2024-01-04 09:30:00")
        #expect(titles(of: id, in: world) == ["Call Call", "Visit Call", "Call Call", "Call Call"])
        #expect(world.days(of: id).count == 8)
    }

    @Test func `an edit of what follows leaves other contacts' tasks of the occurrence alone`()
        throws
    {
        var (world, id, ids) = try begun()
        try world.updateFollowing(
            ids[1],
            with: TaskEdit(
                title: .set("Visit"),
                assigneeID: .set(Identifier(6)),
                state: .set(.completed)
            )
        )
        try world.run(to: "2024-01-04 09:30:00")
        #expect(
            titles(of: id, in: world) == ["Call Call", "Visit Call", "Visit Visit", "Visit Visit"]
        )
        #expect(world.tasks.values.filter { $0.state == .completed }.map(\.id) == [ids[1]])
        for day in [3, 4] {
            let tasks = world.tasks(of: id, onDay: day)
            #expect(tasks.map(\.template.assigneeID) == [Identifier(6), Identifier(6)])
            #expect(tasks.map(\.template.contactID) == [Identifier(1), Identifier(2)])
        }
        let series = try #require(world.series[id])
        #expect(series.dueSchedule?.ownerIDs == [Identifier(6)])
        #expect(series.dueSchedule?.wording == "daily")
        #expect(world.series.count == 1)
    }

    @Test(
        arguments: [
            // The new due time of the task of the second, and the due times of the other tasks.
            (
                "2024-01-02 10:30:00", 5400,
                ["02 10:00", "02 10:30", "03 10:30", "03 10:30", "04 10:30"]
            ),
            (
                "2024-01-02 09:15:00", 900,
                ["02 09:15", "02 10:00", "03 09:15", "03 09:15", "04 09:15"]
            ),
            (
                "2024-01-03 10:00:00", 90_000,
                ["02 10:00", "03 10:00", "04 10:00", "04 10:00", "05 10:00"]
            ),
            // A task is due no sooner than its occurrence comes.
            (
                "2024-01-02 08:00:00", 0,
                ["02 08:00", "02 10:00", "03 08:00", "03 08:00", "04 09:00"]
            ),
        ] as [(String, Int64, [String])]
    )
    func `a due time that moves moves the later ones by as much`(
        due: String,
        dueAfter: Int64,
        dues: [String]
    ) throws {
        var (world, id, ids) = try begun()
        try world.updateFollowing(ids[1], with: TaskEdit(due: world.due(at: due)))
        #expect(world.series[id]?.dueSchedule?.dueAfter == dueAfter)
        #expect(world.series[id]?.dueSchedule?.wording == nil)
        try world.run(to: "2024-01-04 09:30:00")
        let later = world.tasks(of: id).filter { task in
            (task.slot?.recurrenceID.date.components.day ?? 0) > 1
        }
        let shown = later.map { String($0.due.local.readable.dropFirst(8).dropLast(3)) }.sorted()
        #expect(shown == dues + [dues[4]])
        #expect(world.tasks(of: id, onDay: 1).allSatisfy { $0.due.local.time.hour == 10 })
    }

    @Test(
        arguments: [
            (1, 9, [9, 2, 3]), (2, 9, [1, 9, 3]), (3, nil, [1, 2]), (2, 2, [1, 2, 3]),
            (1, 3, [3, 2]), (3, 1, [2, 1]),
        ] as [(Int64, Int64?, [Int64])]
    )
    func `another contact takes the place of the task's own`(
        former: Int64,
        contact: Int64?,
        contacts: [Int64]
    ) throws {
        var (world, id, _) = try begun(DueTerms(contacts: [1, 2, 3]))
        let task = try #require(
            world.tasks(of: id, onDay: 2).first { $0.slot?.contactID == Identifier(former) }
        )
        let edit = TaskEdit(contactID: .set(contact.map { Identifier($0) }))
        try world.updateFollowing(task.id, with: edit)
        #expect(world.series[id]?.dueSchedule?.contactIDs == contacts.map { Identifier($0) })
        #expect(world.series[id]?.template.contactID == contacts.first.map { Identifier($0) })
        #expect(try world.task(task.id).template.contactID == contact.map { Identifier($0) })
        #expect(try world.task(task.id).slot == task.slot)
        // Tasks that were made keep their own contact.
        #expect(
            world.tasks(of: id, onDay: 3).map(\.template.contactID) == [
                Identifier(1), Identifier(2), Identifier(3),
            ]
        )
        try world.run(to: "2024-01-04 09:30:00")
        #expect(
            world.tasks(of: id, onDay: 4).map(\.template.contactID)
                == contacts.sorted().map { Identifier($0) }
        )
    }

    @Test func `another contact takes up a series that had lost its own`() throws {
        var (world, id, ids) = try begun(DueTerms(contacts: [1]))
        world.lostContactIDs = [Identifier(1)]
        try world.run(to: "2024-01-05 10:00:00")
        try world.updateFollowing(ids[2], with: TaskEdit(contactID: .set(Identifier(3))))
        try world.run(to: "2024-01-06 10:00:00")
        #expect(world.days(of: id) == [1, 2, 3, 6])
    }

    // MARK: - Another rule

    @Test func `another rule begins at the task's occurrence, and nothing is made again`() throws {
        var (world, id, ids) = try begun(DueTerms(limit: 6, wording: "daily"))
        let made = world.tasks
        let rule = try SeriesRule(parsing: "FREQ=DAILY;INTERVAL=3")
        try world.updateFollowing(ids[0], with: TaskEdit(rule: .set(rule)))
        #expect(world.tasks == made)
        let series = try #require(world.series[id])
        #expect(series.rule == rule)
        #expect(series.dueSchedule?.wording == nil)
        #expect(series.dueSchedule?.occurrenceLimit == 6)
        #expect(world.next(of: id) == "2024-01-04 09:00:00")
        try world.run(to: "2024-01-30 09:30:00")
        #expect(world.days(of: id) == [1, 2, 3, 4, 7, 10])
        #expect(world.next(of: id) == nil)
    }

    @Test func `a rule that means the same is not another, however it is written`() throws {
        var (world, id, ids) = try begun()
        let before = try #require(world.series[id])
        let same = try SeriesRule(parsing: "interval=1;freq=daily")
        try world.updateFollowing(
            ids[1],
            with: TaskEdit(contactID: .set(Identifier(1)), rule: .set(same))
        )
        #expect(world.series[id] == before)
    }

    @Test func `a rule that is taken off ends the series and deletes what followed`() throws {
        var (world, id, ids) = try begun()
        try world.updateFollowing(ids[1], with: TaskEdit(rule: .set(nil)))
        #expect(
            (1...3).map { world.tasks(of: id, onDay: $0).map(\.state) } == [
                [.open, .open], [.open, .open], [.deleted, .deleted],
            ]
        )
        #expect(world.next(of: id) == nil)
        #expect(try world.occurrenceCount(of: id) == 3)
        #expect(world.series[id]?.isDeleted == false)
        // Later edits of its tasks change only these tasks.
        try world.updateFollowing(
            world.tasks(of: id, onDay: 1)[0].id,
            with: TaskEdit(title: .set("Visit"))
        )
        #expect(titles(of: id, in: world).prefix(3) == ["Visit Call", "Call Call", "Call Call"])
        #expect(world.tasks(of: id, onDay: 2).map(\.state) == [.open, .open])
    }

    // MARK: - Deleting

    @Test func `a deletion of one task does not touch the series`() throws {
        var (world, id, ids) = try begun()
        try world.delete(ids[2], .thisOne)
        try world.run(to: "2024-01-04 09:30:00")
        #expect(world.tasks(of: id, onDay: 3).map(\.state) == [.deleted, .open])
        #expect(world.tasks(of: id, onDay: 4).map(\.state) == [.open, .open])
    }

    @Test func `a deletion of what follows ends the series before the occurrence`() throws {
        var (world, id, ids) = try begun()
        try world.delete(ids[1], .thisAndFollowing)
        #expect(
            (1...3).map { world.tasks(of: id, onDay: $0).map(\.state) } == [
                [.open, .open], [.deleted, .open], [.deleted, .deleted],
            ]
        )
        let series = try #require(world.series[id])
        #expect(series.rule?.text == "FREQ=DAILY;UNTIL=20240102T085959Z")
        #expect(series.dueSchedule?.wording == nil)
        #expect(world.next(of: id) == nil)
        try world.run(to: "2024-01-09 09:30:00")
        #expect(world.days(of: id).count == 6)
    }

    @Test(arguments: [0, 2])
    func `a deletion from the first on, or of all, deletes the series`(place: Int) throws {
        var (world, id, ids) = try begun()
        try world.delete(ids[place], place == 0 ? .thisAndFollowing : .all)
        #expect(world.series[id]?.isDeleted == true)
        #expect(world.next(of: id) == nil)
        // The other contact's task of the first occurrence does not follow this task.
        let open = world.tasks.values.filter { $0.state == .open }
        #expect(open.map(\.slot?.contactID) == (place == 0 ? [Identifier(2)] : []))
    }
}
