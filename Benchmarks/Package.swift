// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that nothing of it is compiled with the server.
let package = Package(
    name: "benchmarks",
    dependencies: [
        // Named, since the folder of a clone may be called anything.
        .package(name: "perennial", path: "..", traits: []),
        // Its default trait is jemalloc, for counts of allocations.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "RecurrenceBenchmarks",
            dependencies: [
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "Recurrence", package: "perennial"),
                .product(name: "SystemZones", package: "perennial"),
            ],
            path: "RecurrenceBenchmarks",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        )
    ]
)
