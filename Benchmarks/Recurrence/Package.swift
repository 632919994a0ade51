// swift-tools-version: 6.3
import PackageDescription

// Builds only the libraries, to measure it and to compare it with its plain second implementation,
// without the server's dependencies. The sources and the tests are links to the project's own.
let package = Package(
    name: "recurrence",
    targets: [
        .target(name: "Recurrence"),
        .target(name: "SystemZones", dependencies: ["Recurrence"]),
        .target(name: "RecurrenceWords", dependencies: ["Recurrence"]),
        .target(name: "JSON"),
        .target(
            name: "RecurrenceCases",
            dependencies: ["JSON", "Recurrence", "RecurrenceWords"]
        ),
        .executableTarget(name: "recurrence-bench", dependencies: ["Recurrence", "SystemZones"]),
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
for target in package.targets {
    target.swiftSettings = settings
}
