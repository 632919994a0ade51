// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "perennial",
    products: [
        .library(name: "Recurrence", targets: ["Recurrence"]),
        .library(name: "RecurrenceWords", targets: ["RecurrenceWords"]),
        .library(name: "SystemZones", targets: ["SystemZones"]),
        .executable(name: "perennial", targets: ["perennial"]),
    ],
    traits: [
        .default(enabledTraits: ["Server"]),
        .trait(
            name: "Server",
            description: "The server; who turns it off fetches the libraries and nothing else."
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // Without its default traits the build plan stays the same from one build to the next.
        .package(
            url: "https://github.com/hummingbird-project/hummingbird",
            from: "2.28.1",
            traits: []
        ),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        // Builds the documentation; no target depends on it.
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        // The core: no I/O, no clock.
        .target(name: "Recurrence"),
        .target(name: "Tasks", dependencies: ["Recurrence"]),

        // A format that several edges speak, and the words, dates and markup that people read.
        .target(name: "JSON"),
        .target(name: "Wording", dependencies: ["Recurrence"]),

        // Recurrence's own edges: rules in plain language, the system's time zones, rules in batches.
        .target(name: "RecurrenceWords", dependencies: ["Recurrence"]),
        .target(name: "SystemZones", dependencies: ["Recurrence"]),
        .target(
            name: "RecurrenceCases",
            dependencies: ["JSON", "Recurrence", "RecurrenceWords"]
        ),

        // Who signs in by a provider of OpenID Connect: tokens and keys, no I/O.
        .target(
            name: "OpenID",
            dependencies: [
                "JSON",
                "Recurrence",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]
        ),

        // The edges, one for each thing outside.
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]
        ),
        .systemLibrary(
            name: "CPostgreSQL",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]
        ),
        // The descriptions of the APIs and the page that shows them, as bytes of the program.
        .target(name: "CDescriptions", exclude: ["page"]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "Storage",
            dependencies: ["CPostgreSQL", "CSQLite", "JSON", "Recurrence", "Tasks"]
        ),
        .target(name: "DirectoryDocument", dependencies: ["JSON", "Recurrence", "Tasks"]),
        .target(
            name: "Scheduling",
            dependencies: [
                "Recurrence",
                "Tasks",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .target(
            name: "Delivery",
            dependencies: [
                "CCurl",
                "JSON",
                "Recurrence",
                "Tasks",
                "Wording",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "HTTPServing",
            dependencies: [
                "CZlib",
                "JSON",
                "Recurrence",
                "Tasks",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .target(
            name: "LionDesk",
            dependencies: [
                "HTTPServing",
                "JSON",
                "Recurrence",
                "Tasks",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "HighLevel",
            dependencies: [
                "HTTPServing",
                "JSON",
                "Recurrence",
                "Tasks",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "API",
            dependencies: [
                "CDescriptions",
                "HTTPServing",
                "JSON",
                "Recurrence",
                "RecurrenceWords",
                "Tasks",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        // The page's style, scripts and icon, as bytes of the program.
        .target(name: "CPages", exclude: ["files"]),
        .target(
            name: "Pages",
            dependencies: [
                "CPages",
                "HTTPServing",
                "JSON",
                "OpenID",
                "Recurrence",
                "Tasks",
                "Wording",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),

        // The composition root, and the programs that are made of it; the testbed is not deployed.
        .target(
            name: "Commands",
            dependencies: [
                "API",
                "Delivery",
                "DirectoryDocument",
                "HTTPServing",
                "HighLevel",
                "JSON",
                "LionDesk",
                "OpenID",
                "Pages",
                "Recurrence",
                "RecurrenceCases",
                "RecurrenceWords",
                "Scheduling",
                "Storage",
                "SystemZones",
                "Tasks",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(
            name: "perennial",
            dependencies: [
                "Commands",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "perennial-testbed",
            dependencies: [
                "Commands",
                "DirectoryDocument",
                "HTTPServing",
                "JSON",
                "Recurrence",
                "Simulation",
                "Storage",
                "SystemZones",
                "Tasks",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ]
        ),

        // Tests, from the core outwards.
        .testTarget(
            name: "RecurrenceTests",
            dependencies: [
                "Recurrence", "RecurrenceCases", "RecurrenceWords", "SystemZones", "TestSupport",
            ],
            resources: [.copy("Cases")]
        ),
        .testTarget(
            name: "RecurrenceWordsTests",
            dependencies: ["Recurrence", "RecurrenceWords", "SystemZones", "TestSupport"]
        ),
        .target(name: "TestSupport", dependencies: ["Recurrence"], path: "Tests/TestSupport"),
        .target(
            name: "DatabaseTestSupport",
            dependencies: ["Recurrence", "Storage", "Tasks", "TestSupport"],
            path: "Tests/DatabaseTestSupport"
        ),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "TestSupport"]),
        .testTarget(
            name: "TasksTests",
            dependencies: ["Recurrence", "SystemZones", "Tasks", "TestSupport"]
        ),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "DatabaseTestSupport", "DirectoryDocument", "JSON", "Recurrence", "Storage",
                "SystemZones", "Tasks",
                "TestSupport",
            ],
            resources: [.copy("Schemas")]
        ),
        .testTarget(
            name: "SchedulingTests",
            dependencies: [
                "DatabaseTestSupport", "DirectoryDocument", "Recurrence", "Scheduling", "Storage",
                "SystemZones", "Tasks",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "DeliveryTests",
            dependencies: [
                "DatabaseTestSupport", "Delivery", "DirectoryDocument", "JSON", "Recurrence",
                "Storage", "SystemZones", "Tasks", "TestSupport", "Wording",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "ServerTestSupport",
            dependencies: [
                "DatabaseTestSupport",
                "DirectoryDocument",
                "HTTPServing",
                "JSON",
                "Recurrence",
                "Storage",
                "SystemZones",
                "Tasks",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            path: "Tests/ServerTestSupport"
        ),
        .testTarget(
            name: "HTTPServingTests",
            dependencies: [
                "HTTPServing",
                "JSON",
                "Recurrence",
                "ServerTestSupport",
                "Tasks",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "LionDeskTests",
            dependencies: [
                "DatabaseTestSupport",
                "HTTPServing",
                "JSON",
                "LionDesk",
                "Recurrence",
                "ServerTestSupport",
                "SystemZones",
                "Tasks",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ]
        ),
        .testTarget(
            name: "HighLevelTests",
            dependencies: [
                "DatabaseTestSupport",
                "HTTPServing",
                "HighLevel",
                "JSON",
                "Recurrence",
                "ServerTestSupport",
                "Storage",
                "SystemZones",
                "Tasks",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ]
        ),
        .testTarget(
            name: "APITests",
            dependencies: [
                "API",
                "DatabaseTestSupport",
                "HTTPServing",
                "JSON",
                "Recurrence",
                "ServerTestSupport",
                "Storage",
                "SystemZones",
                "Tasks",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ]
        ),
        .testTarget(
            name: "OpenIDTests",
            dependencies: [
                "JSON",
                "OpenID",
                "Recurrence",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]
        ),
        .testTarget(
            name: "PagesTests",
            dependencies: [
                "API",
                "DatabaseTestSupport",
                "HTTPServing",
                "JSON",
                "Pages",
                "Recurrence",
                "ServerTestSupport",
                "Storage",
                "SystemZones",
                "Tasks",
                "TestSupport",
                "Wording",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "AuthorizationTests",
            dependencies: [
                "API",
                "DatabaseTestSupport",
                "HTTPServing",
                "HighLevel",
                "JSON",
                "LionDesk",
                "Recurrence",
                "ServerTestSupport",
                "Tasks",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ]
        ),
        // A server with its clients and misfortunes, beside a model; the testbed runs it at length.
        .target(
            name: "Simulation",
            dependencies: [
                "DirectoryDocument",
                "HTTPServing",
                "HighLevel",
                "JSON",
                "LionDesk",
                "Recurrence",
                "Scheduling",
                "ServerTestSupport",
                "Storage",
                "SystemZones",
                "Tasks",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Simulation"
        ),
        .testTarget(name: "SimulationTests", dependencies: ["Simulation"]),
        .testTarget(
            name: "FaultTests",
            dependencies: [
                "API",
                "DatabaseTestSupport",
                "HTTPServing",
                "HighLevel",
                "JSON",
                "LionDesk",
                "Recurrence",
                "ServerTestSupport",
                "Storage",
                "SystemZones",
                "Tasks",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ]
        ),
        .testTarget(name: "SystemTests", dependencies: ["perennial", "perennial-testbed"]),
        .testTarget(name: "TidyTests"),
    ]
)

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]
for target in package.targets where target.type != .system {
    target.swiftSettings = settings
}

// Only the server needs other packages, so without it none is fetched.
for target in package.targets {
    target.dependencies = target.dependencies.map { dependency in
        guard case .productItem(let name, let package?, _, _) = dependency else {
            return dependency
        }
        return .product(name: name, package: package, condition: .when(traits: ["Server"]))
    }
}
