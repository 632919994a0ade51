import Testing

@testable import Storage

struct PostgreSQLURLTests {
    @Test(arguments: [
        ("postgres://ana:secret@here:6432/tasks?sslmode=verify-full", "postgres://here:6432/tasks"),
        ("postgresql://here/tasks?user=ana&password=secret", "postgres://here/tasks"),
        (
            "postgres://a:1,b:2/tasks?target_session_attrs=read-write&channel_binding=require",
            "postgres://a:1,b:2/tasks"
        ),
        ("postgres://ana:secret@/tasks?host=/run/postgresql", "postgres:///run/postgresql/tasks"),
    ])
    func `a URL is shown without its user and password`(text: String, shown: String) throws {
        let url = try #require(PostgreSQLURL(text))
        #expect("\(url)" == shown)
        #expect(url.text == text)
    }

    @Test(arguments: [
        "tasks.sqlite", "sqlite:tasks", "postgres://here/tasks?nonsense=1",
        "postgres://ana:%zz@here/",
        "host=here dbname=tasks", "mysql://here/tasks",
    ])
    func `what libpq cannot read as a URL is none`(text: String) {
        #expect(PostgreSQLURL(text) == nil)
    }

    @Test func `a parameter is added in the way that URLs write it`() throws {
        let url = try #require(PostgreSQLURL("postgres://here/tasks"))
        let first = try #require(url.adding("options", "-csearch_path=a,b"))
        #expect(first.text == "postgres://here/tasks?options=%2dcsearch%5fpath%3da%2cb")
        #expect(
            first.adding("application_name", "x")?.text.hasSuffix("&application_name=x") == true
        )
        #expect(url.adding("nonsense", "x") == nil)
    }
}

struct PostgreSQLTextTests {
    @Test(arguments: [
        "", "Call Stacy", "Zoë 🌱", "\0", "a\0b\0", "\u{10FFFD}", "\u{10FFFD}0\0\u{10FFFD}1",
        "\u{10FFFC}\u{10FFFE}",
    ])
    func `every text is read as it was stored, and stored without U+0000`(text: String) {
        let stored = PostgreSQLText.stored(text)
        #expect(!stored.unicodeScalars.contains("\0"))
        let read = unsafe Array(stored.utf8).withUnsafeBufferPointer { bytes in
            unsafe PostgreSQLText.text(bytes)
        }
        #expect(Array(read.unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test func `a name is spelled as in the statement`() {
        let statement = "SELECT COALESCE(member.timeZone, 'x') AS timeZone FROM member"
        #expect(statement.spelling(of: "timezone") == "timeZone")
        #expect(statement.spelling(of: "zone") == "zone")
    }
}
