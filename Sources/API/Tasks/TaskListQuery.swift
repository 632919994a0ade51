import Recurrence
import Tasks

/// Which tasks a list is asked for.
struct TaskListQuery {
    let query: TaskPageQuery
    /// What tells the list from others.
    let fingerprint: QueryFingerprint
    /// Whether occurrences beyond what is stored are computed, and not stored first.
    let computes: Bool
    /// The computed task after which the page begins.
    let computedPlace: ComputedPlace?
    private let dueFrom: Timestamp?
    private let dueTo: Timestamp?

    private static let orders: KeyValuePairs<String, TaskOrder> = [
        "due": TaskOrder(.due), "-due": TaskOrder(.due, isAscending: false),
        "modified": TaskOrder(.modified), "-modified": TaskOrder(.modified, isAscending: false),
        "priority": TaskOrder(.priority), "-priority": TaskOrder(.priority, isAscending: false),
    ]

    /// Reads the parameters of a request.
    ///
    /// - Throws: The refusal with every fault, or of the cursor.
    init(_ call: APICall) throws(Problem) {
        var reader = try call.parameters()
        let order = reader.choice("sort", among: Self.orders) ?? TaskOrder(.due)
        let limit = reader.limit()
        var filters = TaskFilters()
        filters.read(from: &reader, for: call)
        var fingerprint = call.fingerprint("tasks")
        filters.add(to: &fingerprint)
        fingerprint.add(order)
        let keys = try reader.place(in: fingerprint, keyCount: 3, or: 4)
        try reader.finish()
        self.fingerprint = fingerprint
        (dueFrom, dueTo) = (filters.dueFrom, filters.dueTo)
        computes = order.key == .due && filters.dueTo != nil
        computedPlace = keys.flatMap { ComputedPlace($0) }
        // Stored tasks come before computed ones that are due at the same time, in the order of
        // rising due times.
        let largest = Identifier<TaskInstance>.largest
        let place = keys.map { $0.count == 3 ? $0 : [$0[0], largest, 0] }
        query = TaskPageQuery(
            predicate: filters.predicate(at: call.now),
            order: order,
            after: place.map {
                TaskPlace(
                    time: Timestamp(microseconds: $0[0]),
                    id: Identifier($0[1]),
                    priority: Int(truncatingIfNeeded: $0[2] % 4)
                )
            },
            limit: limit
        )
    }

    /// The cursor of what comes after a place.
    func cursor(after place: TaskPlace) -> Cursor {
        Cursor(
            query: fingerprint,
            place: [place.time.microseconds, place.id.rawValue, Int64(place.priority)]
        )
    }
}

extension TaskListQuery {
    /// The due times at which computed tasks come on this page.
    ///
    /// - Parameters:
    ///   - stored: When the last stored task of the page is due, if there are more of them.
    ///   - now: The time.
    /// - Returns: The range; nothing if no computed task comes.
    func computedRange(upToStored stored: Timestamp?, at now: Timestamp) -> Range<Timestamp>? {
        guard let dueTo else { return nil }
        var (first, end) = (dueFrom ?? Timestamp(microseconds: .min / 2), dueTo)
        let place = computedPlace?.dueAt ?? query.place?.time
        if query.order.isAscending {
            if let place { first = max(first, place) }
            if let stored { end = min(end, stored) }
        } else {
            // What is computed and due at the same time as a stored task came before it.
            if let computedPlace {
                end = min(end, computedPlace.dueAt.advanced(by: .microseconds(1)))
            } else if let place {
                end = min(end, place)
            }
            if let stored { first = max(first, stored) }
        }
        return first < end ? first..<end : nil
    }

    /// Stored and computed tasks in the order of the query.
    func merging(_ stored: [TaskEntry], _ computed: [TaskEntry]) -> [TaskEntry] {
        var (stored, computed) = (stored[...], computed[...])
        var merged: [TaskEntry] = []
        while let left = stored.first, let right = computed.first {
            let (own, other) = (left.task.due.timestamp, right.task.due.timestamp)
            let isStoredFirst = query.order.isAscending ? own <= other : own > other
            merged.append(isStoredFirst ? stored.removeFirst() : computed.removeFirst())
        }
        return merged + stored + computed
    }

    /// The cursor of what comes after a task.
    func cursor(after entry: TaskEntry) -> Cursor {
        let time = entry.task.due.timestamp
        guard entry.isComputed, let slot = entry.task.slot else {
            return cursor(after: TaskPlace(time: time, id: entry.task.id))
        }
        let keys = [
            time.microseconds, slot.seriesID.rawValue, slot.recurrenceID.secondsSince1970, 0,
        ]
        return Cursor(query: fingerprint, place: keys)
    }
}

extension ComputedPlace {
    /// Reads the keys of a cursor; nothing where they are those of a stored task.
    fileprivate init?(_ keys: [Int64]) {
        guard keys.count == 4 else { return nil }
        let slots =
            LocalDateTime(CivilDate.earliest)
            .secondsSince1970...LocalDateTime(
                CivilDate.latest,
                secondOfDay: 86_399
            ).secondsSince1970
        self.init(
            dueAt: Timestamp(microseconds: keys[0]),
            seriesID: Identifier(keys[1]),
            slot: LocalDateTime(
                secondsSince1970: min(max(keys[2], slots.lowerBound), slots.upperBound)
            )
        )
    }
}

/// The conditions of a list of tasks.
private struct TaskFilters {
    private var states: [ShownState] = [.open, .complete]
    /// The numbers that a record is to have in some fields.
    private var numbers: KeyValuePairs<TaskField, Int64?> = [:]
    private(set) var dueFrom: Timestamp?
    private(set) var dueTo: Timestamp?
    private var isOverdue: Bool?
    private var tag: String?
    private var priorities: [Int64] = []
    /// The words that are looked for, as texts are compared.
    private var words: [String] = []

    mutating func read(from reader: inout ParameterReader, for call: APICall) {
        states = reader.choices("state", among: ShownState.words) ?? states
        let contact: Identifier<Contact>? = reader.identifier("contact")
        let category: Identifier<Tasks.Category>? = reader.identifier("category")
        numbers = [
            .assigneeID: reader.user("assignee", for: call)?.rawValue,
            .creatorID: reader.user("creator", for: call)?.rawValue,
            .contactID: contact?.rawValue,
            .categoryID: category?.rawValue,
            .seriesID: reader.series("series")?.rawValue,
        ]
        dueFrom = reader.instant("dueFrom")
        dueTo = reader.instant("dueTo")
        isOverdue = reader.flag("overdue")
        tag = reader.text("tag")
        if let tag, !TagLimit.lengths.contains(tag.unicodeScalars.count) {
            reader.note("tag", "is no text of 1 to \(TagLimit.lengths.upperBound) characters")
        }
        let urgencies: KeyValuePairs<String, Int64> = ["0": 0, "1": 1, "2": 2, "3": 3]
        priorities = reader.choices("priority", among: urgencies) ?? []
        if let text = reader.text("q") {
            words = text.split(whereSeparator: \.isWhitespace).map(String.init)
            if text.utf8.count > 500 || words.count > 20 {
                reader.note("q", "is longer than 500 bytes or 20 words")
                words = []
            }
        }
    }

    /// Adds what tells these conditions from others, whenever they are asked for.
    func add(to fingerprint: inout QueryFingerprint) {
        for state in ShownState.allCases { fingerprint.add(states.contains(state) ? 1 : 0) }
        for number in numbers { fingerprint.add(number.value ?? 0) }
        for priority in Int64(0)..<4 { fingerprint.add(priorities.contains(priority) ? 1 : 0) }
        fingerprint.add(dueFrom?.microseconds ?? 0)
        fingerprint.add(dueTo?.microseconds ?? 0)
        fingerprint.add(isOverdue.map { $0 ? 2 : 1 } ?? 0)
        fingerprint.add(tag ?? "")
        for word in words { fingerprint.add(word) }
    }

    func predicate(at now: Timestamp) -> Predicate<TaskField> {
        var conditions: [Predicate<TaskField>] = numbers.compactMap { field, number in
            number.map { .isOneOf(field, [.integer($0)]) }
        }
        conditions.append(ShownState.predicate(of: states))
        if let tag { conditions.append(.contains(.tags, "\n\(tag)\n")) }
        if !priorities.isEmpty {
            conditions.append(.isOneOf(.priority, priorities.map { .integer($0) }))
        }
        conditions += words.map { .contains(.words, $0) }
        if let dueFrom {
            conditions.append(.compares(.dueAt, .greaterOrEqual, .timestamp(dueFrom)))
        }
        if let dueTo { conditions.append(.compares(.dueAt, .less, .timestamp(dueTo))) }
        switch isOverdue {
        case nil: break
        case true?:
            conditions.append(.isOneOf(.state, [.integer(Int64(TaskState.open.rawValue))]))
            conditions.append(.compares(.dueAt, .less, .timestamp(now)))
        case false?:
            conditions.append(
                .any([
                    .isNoneOf(.state, [.integer(Int64(TaskState.open.rawValue))]),
                    .compares(.dueAt, .greaterOrEqual, .timestamp(now)),
                ])
            )
        }
        return .all(conditions)
    }
}

extension QueryFingerprint {
    fileprivate mutating func add(_ order: TaskOrder) {
        let key: Int64 =
            switch order.key {
            case .due: 0
            case .modified: 1
            case .priority: 2
            }
        add(key)
        add(order.isAscending ? 1 : 0)
    }
}

extension ParameterReader {
    /// Reads a user's number; `me` is the caller.
    mutating func user(_ name: String, for call: APICall) -> Identifier<User>? {
        guard let text = text(name) else { return nil }
        if text == "me" {
            if let userID = call.principal.userID { return userID }
            note(name, "is `me`, and a location's token is nobody's")
            return nil
        }
        if let id = Identifier<User>(digits: text) { return id }
        note(name, "is no identifier, and not `me`")
        return nil
    }

    fileprivate mutating func series(_ name: String) -> Identifier<RecurringTask>? {
        guard let text = text(name) else { return nil }
        if let id = Identifier<RecurringTask>(written: text) { return id }
        note(name, "is no identifier")
        return nil
    }
}
