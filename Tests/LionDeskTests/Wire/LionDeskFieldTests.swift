import HTTPServing
import LionDesk
import Recurrence
import SystemZones
import Tasks
import Testing

@Suite struct LionDeskFieldTests {
    private let newYork: Zone

    init() throws {
        newYork = try SystemZones().zone(named: "America/New_York")
    }

    @Test func `every name of a task's field finds it`() {
        check(LionDeskTaskField.self)
        // Other APIs alone query by these.
        let others: Set<TaskField> = [
            .contactBusiness, .seriesID, .priority, .tags, .skipReason, .words,
        ]
        let fields = Set(LionDeskTaskField.allCases.map(\.domainField))
        #expect(fields.union(others) == Set(TaskField.allCases))
        #expect(fields.isDisjoint(with: others))
    }

    @Test func `every name of an event's field finds it`() {
        check(LionDeskEventField.self)
        #expect(Set(LionDeskEventField.allCases.map(\.domainField)) == Set(OriginField.allCases))
    }

    @Test func `every name of a category's field finds it`() {
        check(LionDeskCategoryField.self)
        let fields = Set(LionDeskCategoryField.allCases.map(\.domainField))
        #expect(fields == Set(CategoryField.allCases))
    }

    @Test func `every name of a user's field finds it`() {
        check(LionDeskUserField.self)
        let fields = Set(LionDeskUserField.allCases.map(\.domainField))
        // This dialect knows a name by its parts alone.
        #expect(fields.union([.name]) == Set(UserField.allCases))
    }

    @Test func `every name of a contact's field finds it`() {
        check(LionDeskContactField.self)
        let fields = Set(LionDeskContactField.allCases.map(\.domainField))
        #expect(fields.union([.name]) == Set(ContactField.allCases))
    }

    private func check<Field: LionDeskField>(_: Field.Type) {
        for field in Field.allCases { #expect(Field(wireName: field.rawValue) == field) }
        for (name, field) in Field.aliases {
            #expect(Field(rawValue: name) == nil)
            #expect(Field(wireName: name) == field)
        }
        #expect(Field(wireName: "nosuch") == nil)
    }

    private static let secondDay = FieldValue.timestamp(Timestamp(seconds: 86_400))

    @Test(
        arguments: [
            ("scheduled_event_id=7", .isOneOf(.id, [.integer(7)])),
            ("id=7", .isOneOf(.id, [.integer(7)])),
            ("owner_user_id=1", .isOneOf(.creatorID, [.integer(1)])),
            ("type=recurrent", .isOneOf(.repeats, [.boolean(true)])),
            ("type=single", .isOneOf(.repeats, [.boolean(false)])),
            ("type=other", .isOneOf(.repeats, [])),
            ("type[$ne]=single", .isNoneOf(.repeats, [.boolean(false)])),
            ("type[$gt]=recurrent", .isOneOf(.repeats, [.boolean(false)])),
            ("action=tasks", .isOneOf(.repeats, [.boolean(false), .boolean(true)])),
            ("action=campaign_actions", .isOneOf(.repeats, [])),
            ("action[$nin]=tasks", .isNoneOf(.repeats, [.boolean(false), .boolean(true)])),
            ("recurrence_rule=", .isOneOf(.ruleText, [.null])),
            ("recurrence_rule=FREQ", .isOneOf(.ruleText, [.text("FREQ")])),
            ("single_due_at[$lt]=1970-01-02", .compares(.start, .less, secondDay)),
            ("updated_at[$gte]=1970-01-02", .compares(.modifiedAt, .greaterOrEqual, secondDay)),
            ("modified_at[$gte]=1970-01-02", .compares(.modifiedAt, .greaterOrEqual, secondDay)),
            ("created_at=1970-01-02", .isOneOf(.createdAt, [secondDay])),
        ] as [(String, Predicate<OriginField>)]
    )
    func `a condition on events is read`(query: String, condition: Predicate<OriginField>) throws {
        let read = try LionDeskQuery<LionDeskEventField>(QueryString(parsing: query), zone: newYork)
        #expect(read.predicate == .all([condition]))
    }

    @Test(
        arguments: [
            ("$sort[type]=1", [.repeats: false]),
            ("$sort[type]=-1", [.repeats: true]),
            ("$sort[action]=1", [:]),
            ("$sort[action]=-1&$sort[single_due_at]=-1", [.start: false]),
            ("$sort[id]=1", [.id: true]),
        ] as [(String, KeyValuePairs<OriginField, Bool>)]
    )
    func `events are sorted by the words that they show`(
        query: String,
        keys: KeyValuePairs<OriginField, Bool>
    ) throws {
        let read = try LionDeskQuery<LionDeskEventField>(QueryString(parsing: query), zone: .utc)
        #expect(read.order == keys.map { Ordering($0.key, isAscending: $0.value) })
    }

    @Test(
        arguments: [
            ("id=7", .isOneOf(.id, [.integer(7)])),
            ("name[$gte]=M", .compares(.name, .greaterOrEqual, .text("M"))),
            ("name=", .isOneOf(.name, [.text("")])),
            ("user_id=", .isOneOf(.ownerID, [.null])),
            ("user_id[$ne]=1", .isNoneOf(.ownerID, [.integer(1)])),
            ("created_at[$lt]=1970-01-02", .compares(.createdAt, .less, secondDay)),
            ("updated_at[$lt]=1970-01-02", .compares(.modifiedAt, .less, secondDay)),
        ] as [(String, Predicate<CategoryField>)]
    )
    func `a condition on categories is read`(
        query: String,
        condition: Predicate<CategoryField>
    ) throws {
        let text = try QueryString(parsing: query)
        let read = try LionDeskQuery<LionDeskCategoryField>(text, zone: newYork)
        #expect(read.predicate == .all([condition]))
    }

    @Test(arguments: [
        ("due_at", "2021-07-01", "2021-07-01T04:00:00Z"),
        ("due_at", "2021-07-01T09:00:00", "2021-07-01T13:00:00Z"),
        ("due_at", "2021-01-01T09:00:00", "2021-01-01T14:00:00Z"),
        ("due_at", "2021-07-01T09:00:00Z", "2021-07-01T09:00:00Z"),
        ("due_at", "2021-03-14T02:30:00", "2021-03-14T07:30:00Z"),
        ("due_at", "2021-11-07T01:30:00", "2021-11-07T05:30:00Z"),
        ("created_at", "2021-07-01T09:00:00", "2021-07-01T09:00:00Z"),
        ("created_at", "2021-07-01T09:00:00-04:00", "2021-07-01T13:00:00Z"),
        ("modified_at", "2021-07-01", "2021-07-01T00:00:00Z"),
    ])
    func `a due time without an offset is in the caller's zone, any other time in UTC`(
        name: String,
        text: String,
        instant: String
    ) throws {
        let query = try QueryString(parsing: "\(name)[$lt]=\(text)")
        let field = try #require(LionDeskTaskField(wireName: name)?.domainField)
        let bound = try #require(LionDeskDate(parsing: instant)?.timestamp(in: .utc))
        let read = try LionDeskQuery<LionDeskTaskField>(query, zone: newYork)
        #expect(read.predicate == .all([.compares(field, .less, .timestamp(bound))]))
    }
}
