/// Which modules each target may import.
///
/// Imports lead in one direction only: down.
///
/// The package's manifest says which targets see each other. This list also says which other
/// modules they may use. A new target needs a line here.
enum Layers {
    private static let allowedImports: [String: Set<String>] = [
        // The core only computes. Besides itself, it imports only what shares values safely.
        "Recurrence": [],
        "Tasks": ["Recurrence", "Synchronization"],

        "JSON": [],
        "Wording": ["Recurrence"],
        "RecurrenceWords": ["Recurrence"],
        "SystemZones": ["Foundation", "Recurrence", "Synchronization"],
        "RecurrenceCases": ["JSON", "Recurrence", "RecurrenceWords"],

        "OpenID": ["Crypto", "CryptoExtras", "JSON", "Recurrence", "Synchronization"],

        // The edges do not know each other. Dialects reach their store through the ports of Tasks.
        "Storage": [
            "CPostgreSQL", "CSQLite", "Dispatch", "Foundation", "Glibc", "JSON", "Recurrence",
            "Synchronization", "Tasks",
        ],
        "DirectoryDocument": ["JSON", "Recurrence", "Tasks"],
        "Delivery": [
            "CCurl", "Crypto", "Dispatch", "Foundation", "Glibc", "JSON", "Logging", "Recurrence",
            "ServiceLifecycle", "Synchronization", "Tasks", "Wording",
        ],
        "Scheduling": ["Logging", "Recurrence", "ServiceLifecycle", "Synchronization", "Tasks"],
        "HTTPServing": [
            "CZlib", "Crypto", "Glibc", "HTTPTypes", "Hummingbird", "HummingbirdCore", "JSON",
            "Logging", "NIOCore", "NIOHTTP1", "Recurrence", "Synchronization", "Tasks",
        ],
        "LionDesk": [
            "HTTPServing", "HTTPTypes", "Hummingbird", "JSON", "Logging", "Recurrence", "Tasks",
        ],
        "HighLevel": [
            "HTTPServing", "HTTPTypes", "Hummingbird", "JSON", "Logging", "Recurrence", "Tasks",
        ],
        "API": [
            "CDescriptions", "HTTPServing", "HTTPTypes", "Hummingbird", "JSON", "Logging",
            "NIOCore",
            "Recurrence", "RecurrenceWords", "Tasks",
        ],
        "Pages": [
            "CPages", "HTTPServing", "HTTPTypes", "Hummingbird", "JSON", "Logging", "NIOCore",
            "OpenID", "Recurrence", "ServiceLifecycle", "Synchronization", "Tasks", "Wording",
        ],

        // The composition root imports all edges, and the programs import it.
        "Commands": [
            "API", "ArgumentParser", "Delivery", "DirectoryDocument", "Dispatch", "Foundation",
            "Glibc", "HTTPServing", "HTTPTypes", "HighLevel", "Hummingbird", "JSON", "LionDesk",
            "Logging", "OpenID", "Pages", "Recurrence", "RecurrenceCases", "RecurrenceWords",
            "Scheduling",
            "ServiceLifecycle", "Storage", "Synchronization", "SystemZones", "Tasks", "UnixSignals",
        ],
        "perennial": ["ArgumentParser", "Commands"],
        "perennial-testbed": [
            "ArgumentParser", "Commands", "DirectoryDocument", "HTTPServing", "Hummingbird", "JSON",
            "Recurrence", "Simulation", "Storage", "SystemZones", "Tasks",
        ],

        "RecurrenceTests": [
            "Recurrence", "RecurrenceCases", "RecurrenceWords", "SystemZones", "TestSupport",
        ],
        "RecurrenceWordsTests": ["Recurrence", "RecurrenceWords", "SystemZones", "TestSupport"],
        "TestSupport": ["Recurrence"],
        "DatabaseTestSupport": ["Recurrence", "Storage", "Tasks", "TestSupport"],
        "JSONTests": ["JSON", "TestSupport"],
        "TasksTests": ["Recurrence", "SystemZones", "Tasks", "TestSupport"],
        "StorageTests": [
            "DatabaseTestSupport", "DirectoryDocument", "JSON", "Recurrence", "Storage",
            "SystemZones", "Tasks",
            "TestSupport",
        ],
        "SchedulingTests": [
            "DatabaseTestSupport", "DirectoryDocument", "Logging", "Recurrence", "Scheduling",
            "Storage", "SystemZones",
            "Tasks", "TestSupport",
        ],
        "DeliveryTests": [
            "Crypto", "DatabaseTestSupport", "Delivery", "DirectoryDocument", "JSON", "Logging",
            "Recurrence", "Storage", "SystemZones", "Tasks", "TestSupport", "Wording",
        ],
        "ServerTestSupport": [
            "DatabaseTestSupport", "DirectoryDocument", "HTTPServing", "HTTPTypes", "Hummingbird",
            "JSON", "Logging",
            "NIOCore", "NIOEmbedded", "Recurrence", "Storage", "SystemZones", "Tasks",
            "TestSupport",
        ],
        "HTTPServingTests": [
            "HTTPServing", "HTTPTypes", "Hummingbird", "JSON", "NIOCore", "Recurrence",
            "ServerTestSupport", "Tasks", "TestSupport",
        ],
        "LionDeskTests": [
            "DatabaseTestSupport", "HTTPServing", "HTTPTypes", "Hummingbird", "JSON", "LionDesk",
            "Recurrence",
            "ServerTestSupport", "SystemZones", "Tasks", "TestSupport",
        ],
        "HighLevelTests": [
            "DatabaseTestSupport", "HTTPServing", "HTTPTypes", "HighLevel", "Hummingbird", "JSON",
            "Recurrence",
            "ServerTestSupport", "Storage", "SystemZones", "Tasks", "TestSupport",
        ],
        "APITests": [
            "API", "DatabaseTestSupport", "HTTPServing", "HTTPTypes", "Hummingbird", "JSON",
            "Recurrence", "ServerTestSupport", "Storage", "SystemZones", "Tasks", "TestSupport",
        ],
        "OpenIDTests": [
            "Crypto", "CryptoExtras", "Foundation", "JSON", "OpenID", "Recurrence",
            "Synchronization",
        ],
        "PagesTests": [
            "API", "DatabaseTestSupport", "HTTPServing", "HTTPTypes", "Hummingbird", "JSON",
            "Logging", "Pages", "Recurrence", "ServerTestSupport", "Storage", "SystemZones",
            "Tasks", "TestSupport", "Wording",
        ],
        "AuthorizationTests": [
            "API", "DatabaseTestSupport", "HTTPServing", "HTTPTypes", "HighLevel", "Hummingbird",
            "JSON",
            "LionDesk",
            "Recurrence", "ServerTestSupport", "Tasks", "TestSupport",
        ],
        "Simulation": [
            "DirectoryDocument", "HTTPServing", "HTTPTypes", "HighLevel", "Hummingbird", "JSON",
            "LionDesk", "Logging", "Recurrence", "Scheduling", "ServerTestSupport", "Storage",
            "SystemZones", "Tasks", "TestSupport",
        ],
        "SimulationTests": ["Simulation"],
        "FaultTests": [
            "API", "DatabaseTestSupport", "HTTPServing", "HTTPTypes", "HighLevel", "Hummingbird",
            "JSON", "LionDesk", "Recurrence", "ServerTestSupport", "Storage", "SystemZones",
            "Tasks", "TestSupport",
        ],
        "SystemTests": ["perennial", "perennial-testbed"],
        "TidyTests": [],
    ]

    private static let importsOfTests: Set<String> = [
        "Dispatch", "Foundation", "FoundationNetworking", "Glibc", "Synchronization", "Testing",
    ]

    static var targets: Set<String> { Set(allowedImports.keys) }

    /// Returns the imports that the layers do not allow.
    static func findings(in file: SourceFile) -> [Finding] {
        var allowed = allowedImports[file.target] ?? []
        if file.path.hasPrefix("Tests/") { allowed.formUnion(importsOfTests) }
        return file.text.code.lines.enumerated().compactMap { index, line in
            guard let module = importedModule(in: line), !allowed.contains(module) else {
                return nil
            }
            let message = "\(file.target) may not import \(module)"
            return Finding(path: file.path, line: index + 1, message: message)
        }
    }

    /// Returns the module that a line imports, whatever attributes, access level or kind of
    /// declaration the import names.
    static func importedModule(in line: Substring) -> String? {
        let accessLevels = ["public", "package", "internal", "fileprivate", "private"]
        let kinds = ["typealias", "struct", "class", "enum", "protocol", "let", "var", "func"]
        var words = line.split(whereSeparator: \.isWhitespace)[...]
        words = words.drop { $0.hasPrefix("@") || accessLevels.contains(String($0)) }
        guard words.popFirst() == "import" else { return nil }
        words = words.drop { kinds.contains(String($0)) }
        return words.first?.prefix { $0 != "." && $0 != ";" }.description
    }
}
