import HTTPServing
import HighLevel
import JSON
import Recurrence
import Tasks
import Testing

@Suite struct TaskSearchBodyTests {
    private static let id = Identifier<TaskInstance>(42)
    private static let secondDay = FieldValue.timestamp(Timestamp(seconds: 86_400))
    private static let now = Timestamp(seconds: 1_752_998_400)

    @Test func `an empty body asks for the first 25 tasks that are shown`() throws {
        let query = try TaskSearchBody([:]).domainQuery(
            contactIDs: [],
            assigneeIDs: [],
            at: Self.now
        )
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
            (#"{"businessId":""}"#, .all([.isVisible])),
            (#"{"dueDate":[]}"#, .all([.isVisible])),
            (#"{"overdue":false,"unAssigned":false,"count":false}"#, .all([.isVisible])),
            (#"{"unAssigned":true}"#, .all([.isVisible, .isOneOf(.assigneeID, [.null])])),
            (
                #"{"overdue":true}"#,
                .all([
                    .isVisible, .isOneOf(.state, [.integer(3)]),
                    .compares(.dueAt, .less, .timestamp(now)),
                ])
            ),
            (
                #"{"dueDate":{"gt":"1970-01-02","lte":"1970-01-02"},"endDate":"1970-01-02"}"#,
                .all([
                    .isVisible, .compares(.dueAt, .greater, secondDay),
                    .compares(.dueAt, .lessOrEqual, secondDay),
                    .compares(.dueAt, .lessOrEqual, secondDay),
                ])
            ),
            (
                #"{"dueDate":{"gte":"1970-01-02","lt":"1970-01-02"},"startDate":"1970-01-02"}"#,
                .all([
                    .isVisible, .compares(.dueAt, .greaterOrEqual, secondDay),
                    .compares(.dueAt, .less, secondDay),
                    .compares(.dueAt, .greaterOrEqual, secondDay),
                ])
            ),
        ] as [(String, Predicate<TaskField>)]
    )
    func `a condition is a predicate`(json: String, predicate: Predicate<TaskField>) throws {
        let query = try TaskSearchBody(members(json)).domainQuery(
            contactIDs: [],
            assigneeIDs: [],
            at: Self.now
        )
        #expect(query.predicate == predicate)
    }

    @Test func `null means that a property is left out`() throws {
        let nothing = try members(
            """
            {"contactId": null, "assignedTo": null, "completed": null, "query": null, "limit": null,
             "skip": null, "businessId": null, "searchAfter": null, "unAssigned": null,
             "overdue": null, "dueDate": null, "startDate": null, "endDate": null, "sortKey": null,
             "sortDirection": null, "page": null, "pageLimit": null, "count": null}
            """
        )
        #expect(try TaskSearchBody(nothing) == TaskSearchBody([:]))
    }

    @Test func `contacts and assignees that were not found match nothing`() throws {
        let body = try TaskSearchBody(members(#"{"contactId":["a","b"],"assignedTo":["c"]}"#))
        let query = body.domainQuery(
            contactIDs: [Identifier(5)],
            assigneeIDs: [],
            at: Self.now
        )
        #expect(
            query.predicate
                == .all([
                    .isVisible, .isOneOf(.contactID, [.integer(5)]), .isOneOf(.assigneeID, []),
                ])
        )
    }

    @Test(arguments: [1, 500, 1000])
    func `a page has as many rows as it is asked for`(limit: Int64) throws {
        #expect(try TaskSearchBody(["limit": .integer(limit)]).limit == Int(limit))
        #expect(try TaskSearchBody(["limit": .string(String(limit))]).limit == Int(limit))
        #expect(try TaskSearchBody(["pageLimit": .integer(limit)]).limit == Int(limit))
    }

    @Test(arguments: [
        (#"{"skip":"30"}"#, 25, 30), (#"{"page":1}"#, 25, 0), (#"{"page":"3"}"#, 25, 50),
        (#"{"page":3,"limit":10}"#, 10, 20), (#"{"page":3,"pageLimit":10}"#, 10, 20),
        (#"{"page":3,"pageLimit":10,"limit":10,"skip":20}"#, 10, 20),
        (#"{"page":3,"skip":0}"#, 25, 50), (#"{"page":1000000,"limit":1000}"#, 1000, 999_999_000),
    ])
    func `a page is found by its number, too`(json: String, limit: Int, skip: Int) throws {
        let body = try TaskSearchBody(members(json))
        #expect(body.limit == limit)
        #expect(body.skip == skip)
    }

    @Test func `the parameters of a query are read as a body is`() throws {
        let query = try QueryString(
            parsing: "contactId=a&assignedTo[]=b&assignedTo[]=c&completed=true&overdue=true"
                + "&unAssigned=false&query=5&limit=30&skip=60&count=true&dueDate[gte]=2025-07-25"
                + "&sortKey=title&sortDirection=desc"
        )
        let json = """
            {"contactId": ["a"], "assignedTo": ["b", "c"], "completed": true, "overdue": true,
             "query": "5", "limit": 30, "skip": 60, "count": true, "dueDate": {"gte": "2025-07-25"},
             "sortKey": "title", "sortDirection": "DESC"}
            """
        let read = try TaskSearchBody(query.parameters, .typedOrText)
        #expect(try read == TaskSearchBody(members(json)))
    }

    @Test func `the next page begins after a row`() throws {
        let text = #"{"searchAfter":[1770000000123,"\#(Self.id.highLevel)"]}"#
        let query = try TaskSearchBody(members(text)).domainQuery(
            contactIDs: [],
            assigneeIDs: [],
            at: Self.now
        )
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
        for key in SearchOrder.Key.allCases {
            let order = SearchOrder(key: key, isAscending: true)
            let first: JSONValue = key == .title ? "A" : .integer(-5)
            let json = JSONValue.array([first, .string(Self.id.highLevel)])
            #expect(try #require(SearchPosition(json, in: order)).json(in: order) == json)
            let wrong: JSONValue = key == .title ? .integer(5) : "A"
            #expect(SearchPosition(.array([wrong, .string(Self.id.highLevel)]), in: order) == nil)
        }
    }

    @Test(arguments: [
        (#"{"limit":0}"#, "limit must not be less than 1"),
        (#"{"limit":1001}"#, "limit must not be greater than 1000"),
        (#"{"limit":"1001"}"#, "limit must not be greater than 1000"),
        (#"{"limit":"25 "}"#, "limit must be an integer number"),
        (#"{"limit":"2.0"}"#, "limit must be an integer number"),
        (#"{"limit":"025"}"#, "limit must be an integer number"),
        (#"{"pageLimit":"25"}"#, "pageLimit must be an integer number"),
        (#"{"pageLimit":1001}"#, "pageLimit must not be greater than 1000"),
        (#"{"pageLimit":5,"limit":6}"#, "pageLimit must be the same as limit"),
        (#"{"page":0}"#, "page must not be less than 1"),
        (#"{"page":1000001}"#, "page must not be greater than 1000000"),
        (#"{"page":2,"skip":5}"#, "page must not contradict skip"),
        (#"{"overdue":"true"}"#, "overdue must be a boolean value"),
        (#"{"unAssigned":1}"#, "unAssigned must be a boolean value"),
        (#"{"count":1}"#, "count must be a boolean value"),
        (#"{"dueDate":"2025-07-25"}"#, "dueDate must be an object"),
        (#"{"dueDate":{"eq":"2025-07-25"}}"#, "dueDate.property eq should not exist"),
        (
            #"{"dueDate":{"lt":"soon"}}"#,
            "dueDate.lt must be a valid ISO 8601 date string of the years 1970 to 9900"
        ),
        (
            #"{"sortKey":"body"}"#,
            "sortKey must be one of the following values: "
                + "dueDate, title, dateAdded, createdAt, dateUpdated, updatedAt"
        ),
        (
            #"{"sortDirection":1}"#,
            "sortDirection must be one of the following values: asc, desc"
        ),
        (#"{"limit":2.5}"#, "limit must be an integer number"),
        (#"{"skip":-1}"#, "skip must not be less than 0"),
        (#"{"skip":9223372036854775807}"#, "skip must not be greater than 1000000000"),
        (#"{"contactId":"a"}"#, "contactId must be an array"),
        (#"{"assignedTo":[1]}"#, "each value in assignedTo must be a string"),
        (#"{"completed":"yes"}"#, "completed must be a boolean value"),
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
