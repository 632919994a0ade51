import HighLevel
import JSON
import Recurrence
import Tasks
import Testing

@Suite struct TaskSearchBodyTests {
    private static let id = Identifier<TaskInstance>(42)

    @Test func `an empty body asks for the first 25 tasks that are shown`() throws {
        let query = try TaskSearchBody([:]).domainQuery(contactIDs: [], assigneeIDs: [])
        #expect(query.limit == 25)
        #expect(query.skip == 0)
        #expect(query.predicate == .all([.isVisible]))
        #expect(query.order == [Ordering(.dueAt, isAscending: true)])
    }

    @Test(
        arguments: [
            (#"{"completed":true}"#, .all([.isOneOf(.state, [.integer(1)])])),
            (#"{"completed":false}"#, .all([.isOneOf(.state, [.integer(3)])])),
            (
                #"{"query":"Name"}"#,
                .all([.isVisible, .any([.contains(.title, "Name"), .contains(.body, "Name")])])
            ),
            (#"{"query":""}"#, .all([.isVisible])),
            (
                #"{"businessId":"6348240b98722079e5417332"}"#,
                .all([
                    .isVisible, .isOneOf(.contactBusiness, [.text("6348240b98722079e5417332")]),
                ])
            ),
            (#"{"contactId":[],"assignedTo":[]}"#, .all([.isVisible])),
        ] as [(String, Predicate<TaskField>)]
    )
    func `a condition is a predicate`(json: String, predicate: Predicate<TaskField>) throws {
        let query = try TaskSearchBody(members(json)).domainQuery(contactIDs: [], assigneeIDs: [])
        #expect(query.predicate == predicate)
    }

    @Test func `null means that a property is left out`() throws {
        let nothing = try members(
            """
            {"contactId": null, "assignedTo": null, "completed": null, "query": null, "limit": null,
             "skip": null, "businessId": null, "searchAfter": null}
            """
        )
        #expect(try TaskSearchBody(nothing) == TaskSearchBody([:]))
    }

    @Test func `contacts and assignees that were not found match nothing`() throws {
        let body = try TaskSearchBody(members(#"{"contactId":["a","b"],"assignedTo":["c"]}"#))
        let query = body.domainQuery(contactIDs: [Identifier(5)], assigneeIDs: [])
        #expect(
            query.predicate
                == .all([
                    .isVisible, .isOneOf(.contactID, [.integer(5)]), .isOneOf(.assigneeID, []),
                ])
        )
    }

    @Test(arguments: [(1, 1), (500, 500), (501, 500), (Int64.max, 500)] as [(Int64, Int)])
    func `a page has 500 rows at most`(limit: Int64, count: Int) throws {
        #expect(try TaskSearchBody(["limit": .integer(limit)]).limit == count)
    }

    @Test func `the next page begins after a row`() throws {
        let text = #"{"searchAfter":[1770000000123,"\#(Self.id.highLevel)"]}"#
        let query = try TaskSearchBody(members(text)).domainQuery(contactIDs: [], assigneeIDs: [])
        let due = FieldValue.timestamp(Timestamp(microseconds: 1_770_000_000_123_000))
        #expect(
            query.predicate
                == .all([
                    .isVisible,
                    .all([
                        .compares(.dueAt, .greaterOrEqual, due),
                        .any([
                            .compares(.dueAt, .greater, due),
                            .compares(.id, .greater, .integer(42)),
                        ]),
                    ]),
                ])
        )
    }

    @Test func `a row's place reads back`() throws {
        let json = JSONValue.array([.integer(-5), .string(Self.id.highLevel)])
        #expect(try #require(SearchPosition(json)).json == json)
    }

    @Test(arguments: [
        (#"{"limit":0}"#, "limit must not be less than 1"),
        (#"{"limit":"25"}"#, "limit must be an integer number"),
        (#"{"limit":2.5}"#, "limit must be an integer number"),
        (#"{"skip":-1}"#, "skip must not be less than 0"),
        (#"{"skip":9223372036854775807}"#, "skip must not be greater than 1000000000"),
        (#"{"contactId":"a"}"#, "contactId must be an array"),
        (#"{"assignedTo":[1]}"#, "each value in assignedTo must be a string"),
        (#"{"completed":"true"}"#, "completed must be a boolean value"),
        (#"{"query":5}"#, "query must be a string"),
        (#"{"sort":"dueDate"}"#, "property sort should not exist"),
        (#"{"searchAfter":"x"}"#, "searchAfter must be the searchAfter of a task"),
        (#"{"searchAfter":[]}"#, "searchAfter must be the searchAfter of a task"),
        (#"{"searchAfter":[1,"x"]}"#, "searchAfter must be the searchAfter of a task"),
        (
            #"{"searchAfter":[-9223372036854775808,"\#(id.highLevel)"]}"#,
            "searchAfter must be the searchAfter of a task"
        ),
    ])
    func `what is wrong is refused with its reason`(json: String, reason: String) throws {
        #expect(try violations { try TaskSearchBody(members(json)) } == [reason])
    }
}
