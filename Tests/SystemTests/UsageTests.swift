import Testing

struct UsageTests {
    @Test(arguments: [
        (["serve", "--port", "x"], "'--port <number>'"),
        (["serve", "--port", "65536"], "--port is 65536, which is not between 0 and 65535"),
        (["serve", "--log-level", "loud"], "'--log-level <level>'"),
        (["serve", "--horizon-days", "0"], "--horizon-days is 0"),
        (["serve", "--page-limit", "20", "--page-size", "21"], "not between 1 and 20"),
        (["serve", "--nonsense"], "'--nonsense'"),
        (["serve", "--database", "postgres://me:secret%@here/x"], "URL cannot be read"),
        (["serve", "--database", ":memory:"], "does not name one"),
        (["demo", "--database", "sqlite:"], "does not name one"),
        (["token", "issue"], "Either --user or --location is needed"),
        (
            ["token", "issue", "--user", "1", "--location", "x"],
            "--user and --location exclude each other"
        ),
        (["token", "issue", "--user", "1", "--scopes", ""], "--scopes names no scope"),
        (
            ["token", "issue", "--user", "1", "--scopes", "read,foo"],
            "--scopes has 'foo', which is no scope. LionDesk's API knows read, write; HighLevel's"
        ),
        (["serve", "--cors-origins", "app.example.com"], "--cors-origins has 'app.example.com'"),
        (["token", "issue", "--user", "1", "--expires", "tomorrow"], "--expires is 'tomorrow'"),
        (["directory", "import"], "<file>"),
        (["series", "resume", "12"], "'--location <id>'"),
        (["reminders", "list", "--state", "lost"], "--state cannot be 'lost', only waiting"),
        (["reminders", "list", "--from", "now"], "--from is 'now', which is not an instant"),
        (["user", "change", "1", "--reminders", "x"], "--reminders cannot be read as JSON."),
        (["nonsense"], "'nonsense'"),
    ])
    func `options that cannot be are refused with the reason`(
        arguments: [String],
        reason: String
    ) async throws {
        let ending = try await Deployment().run(arguments)
        #expect(ending.status == 64)
        #expect(ending.errors.contains(reason))
        #expect(!ending.errors.contains("secret"))
        #expect(ending.output.isEmpty)
    }

    @Test(arguments: [
        ("PERENNIAL_DATABASE", "postgresql://here/x?nonsense=1", "URL cannot be read"),
        ("PERENNIAL_PORT", "http", "cannot be 'http', only a number between 0 and 65535."),
        ("PERENNIAL_CORS_ORIGINS", "null", "PERENNIAL_CORS_ORIGINS has 'null'"),
        ("PERENNIAL_HIGHLEVEL_SEARCH_STATUS", "OK", "cannot be 'OK', only 200, 201."),
        ("PERENNIAL_PORT", "-1", "PERENNIAL_PORT is -1, which is not between 0 and 65535"),
        ("PERENNIAL_LOG_LEVEL", "loud", "only trace, debug, info, notice, warning, error"),
        ("PERENNIAL_LOG_FORMAT", "xml", "PERENNIAL_LOG_FORMAT cannot be 'xml', only text, json"),
        ("PERENNIAL_HORIZON_DAYS", "4000", "PERENNIAL_HORIZON_DAYS is 4000"),
        ("PERENNIAL_PAGE_SIZE", "51", "PERENNIAL_PAGE_SIZE is 51, which is not between 1 and 50"),
        ("PERENNIAL_PAGE_LIMIT", "all", "PERENNIAL_PAGE_LIMIT cannot be 'all'"),
        ("PERENNIAL_NUMERIC_IDS", "maybe", "cannot be 'maybe', only true, false."),
    ])
    func `variables that cannot be are refused with the reason`(
        variable: String,
        value: String,
        reason: String
    ) async throws {
        let ending = try await Deployment().run(["serve"], environment: [variable: value])
        #expect(ending.status == 64)
        #expect(ending.errors.contains(reason))
    }

    @Test(arguments: [
        ["demo"], ["demo", "--database", "test.db"], ["demo", "--database", "sqlite:test.db"],
    ])
    func `the database is a path, with or without a scheme`(arguments: [String]) async throws {
        let deployment = try Deployment()
        #expect(try await deployment.run(arguments).status == 0)
        #expect(try await !deployment.output(of: "token", "list").isEmpty)
    }

    @Test
    func `an option goes before its variable`() async throws {
        let deployment = try Deployment()
        let ending = try await deployment.run(
            ["serve", "--log-format", "text", "--database", "sqlite:"],
            environment: ["PERENNIAL_LOG_FORMAT": "xml"]
        )
        #expect(ending.errors.contains("does not name one"))
        #expect(!ending.errors.contains("PERENNIAL_LOG_FORMAT cannot"))
    }

    @Test func `a variable that no setting has is told of, with the one that was meant`()
        async throws
    {
        let environment = [
            "PERENNIAL_PAGESIZE": "20", "PERENNIAL_COLOUR": "blue", "PERENNIAL_PAGE_LIMIT": "20",
        ]
        let deployment = try Deployment()
        let server = try await deployment.serve(environment: environment)
        let warnings = try server.logEntries.filter { $0["level"] == "warning" }
        #expect(warnings.map { $0["variable"] } == ["PERENNIAL_COLOUR", "PERENNIAL_PAGESIZE"])
        #expect(warnings.map { $0["meant"] } == [nil, "PERENNIAL_PAGE_SIZE?"])
        try await server.stop()
    }

    @Test(arguments: [
        [], ["serve"], ["demo"], ["directory"], ["directory", "import"], ["token"],
        ["token", "issue"], ["token", "list"], ["token", "revoke"], ["preview"],
    ])
    func `every command has help, which names the variables of its settings`(
        command: [String]
    ) async throws {
        let ending = try await Deployment().run(command + ["--help"])
        #expect(ending.status == 0)
        #expect(ending.output.hasPrefix("OVERVIEW: "))
        let options = ending.output.matches(of: /\n  (--[a-z-]+)/).map { String($0.output.1) }
        let settings = options.filter { option in
            command == ["serve"] ? option != "--version" : option == "--database"
        }
        #expect(settings.isEmpty == [[], ["directory"], ["token"], ["preview"]].contains(command))
        for setting in settings {
            let name = setting.dropFirst(2).uppercased().replacing("-", with: "_")
            #expect(ending.output.contains("PERENNIAL_\(name)"), "\(setting)")
        }
    }
}
