import HTTPServing
import JSON
import LionDesk
import Recurrence
import Tasks
import Testing

@Suite struct LionDeskQueryTests {
    @Test(arguments: [
        ("", 10),
        ("$limit=2", 2),
        ("%24limit=2", 2),
        ("$limit=0", 0),
        ("$limit=1000", 50),
        ("$limit=99999999999999999999", 50),
        ("$limit=-3", 10),
        ("$limit=-99999999999999999999", 10),
        ("$limit=abc", 10),
        ("$limit=", 10),
        ("$limit[a]=1", 10),
        ("$limit=2.7", 2),
        ("$limit= 2", 2),
        ("$limit=+2", 2),
        ("$limit=3abc", 3),
        ("$limit=1e1", 1),
        ("$limit=0x10", 0),
        ("$limit=2&$limit=3", 2),
        ("$limit[]=4&$limit[]=5", 4),
    ])
    func `the limit is an integer at the front of its text`(query: String, limit: Int) throws {
        #expect(try tasks(query).limit == limit)
    }

    @Test(arguments: [
        ("", 0), ("$skip=2", 2), ("$skip=99", 99), ("$skip=-1", 0), ("$skip=abc", 0),
        ("$skip=", 0), ("$skip=2&$skip=3", 2),
    ])
    func `what is skipped is never negative`(query: String, skip: Int) throws {
        #expect(try tasks(query).skip == skip)
    }

    @Test func `the page's limits are the server's choice`() throws {
        let limits = PageLimits(standard: 1, maximum: 2)
        let query = try QueryString(parsing: "$limit=3")
        #expect(try LionDeskQuery<LionDeskTaskField>(query, zone: .utc, page: limits).limit == 2)
        let none = try QueryString(parsing: "")
        #expect(try LionDeskQuery<LionDeskTaskField>(none, zone: .utc, page: limits).limit == 1)
    }

    @Test(arguments: [0, 51])
    func `a standard beyond the maximum stops the process`(standard: Int) async {
        await #expect(processExitsWith: .failure) { [standard] in
            _ = PageLimits(standard: standard, maximum: 50)
        }
    }

    @Test(
        arguments: [
            ("", [:]),
            ("$sort[created_at]=-1", [.createdAt: false]),
            ("$sort[created_at]=1", [.createdAt: true]),
            ("$sort[status]=desc", [.state: false]),
            ("$sort[status]=0", [.state: false]),
            ("$sort[updated_at]=1", [.modifiedAt: true]),
            (
                "$sort[status]=1&$sort[id]=-1&$sort[due_at]=1",
                [
                    .state: true, .id: false, .dueAt: true,
                ]
            ),
            ("$sort=created_at", [:]),
            ("$sort[]=created_at", [:]),
        ] as [(String, KeyValuePairs<TaskField, Bool>)]
    )
    func `sort keys keep their order, and only 1 ascends`(
        query: String,
        keys: KeyValuePairs<TaskField, Bool>
    ) throws {
        let order = try tasks(query).order
        #expect(order.map(\.field) == keys.map(\.key))
        #expect(order.map(\.isAscending) == keys.map(\.value))
    }

    @Test(
        arguments: [
            ("", nil),
            ("$select[]=id&$select[]=status", [.id, .status]),
            ("$select=status&$select=notes", [.id, .status, .notes]),
            ("$select[0]=status&$select[1]=owner_user_id", [.id, .status, .crmUserID]),
            ("$select[0]=status&$select[30]=notes", [.id, .status, .notes]),
            ("$select=id", [.id]),
            ("$select=status,notes", [.id, .status, .notes]),
            ("$select[]=nosuch", [.id]),
            ("$select=", [.id]),
            ("$select[x]=status", nil),
        ] as [(String, Set<LionDeskTaskField>?)]
    )
    func `the identifier is always selected`(query: String, fields: Set<LionDeskTaskField>?) throws
    {
        #expect(try tasks(query).select == fields)
    }

    @Test(arguments: [
        "status=incomplete&owner_user_id=8",
        "status[$ne]=deleted",
        "$limit=2",
        "status=deleted&$limit=2&$skip=2",
        "$limit=10&$sort[created_at]=-1",
        "status[$in]=complete&owner_user_id[$in]=16",
        "status[$nin]=complete&owner_user_id[$nin]=16",
        "created_at[$lt]=2020-01-01T00:00:00Z",
        "created_at[$gte]=2018-05-07T10:00:00-07:00",
        "created_at[$gte]=2017-01-01&created_at[$lte]=2017-01-31T00:00:00Z",
        "owner_user_id[$ne]=1&assigned_user_id=2",
    ])
    func `the samples of LionDesk's Tasks v2_1 page are read`(query: String) throws {
        let plain = try tasks(query)
        let encoded =
            query.replacing("$", with: "%24").replacing("[", with: "%5B")
            .replacing("]", with: "%5D")
        #expect(try tasks(encoded) == plain)
    }

    @Test func `a parameter that is no condition is removed first`() throws {
        var query = try QueryString(parsing: "delete_type=3&status=complete")
        #expect(query.parameters.removeValue(for: "delete_type") == .string("3"))
        let predicate = try LionDeskQuery<LionDeskTaskField>(query, zone: .utc).predicate
        #expect(predicate == .all([.isOneOf(.state, [.integer(1)])]))
    }

    @Test func `another resource is read with its own fields`() throws {
        let query = try QueryString(parsing: "colour=&size[$gt]=2&$select=colour")
        let parsed = try LionDeskQuery<ShirtField>(query, zone: .utc)
        #expect(
            parsed.predicate
                == .all([.isOneOf("color", [.null]), .compares("size", .greater, .integer(2))])
        )
        #expect(parsed.select == [.number, .color])
    }

    @discardableResult
    private func tasks(_ text: String) throws -> LionDeskQuery<LionDeskTaskField> {
        try LionDeskQuery<LionDeskTaskField>(QueryString(parsing: text), zone: .utc)
    }
}

private enum ShirtField: String, LionDeskField {
    case number
    case color
    case size

    static let aliases: [String: ShirtField] = ["colour": .color]
    static var identifier: ShirtField { .number }
    var kind: LionDeskFieldKind { self == .color ? .text : .integer }
    var isNullable: Bool { self == .color }
    var domainField: String { rawValue }
}
