// swift-tools-version: 6.3
import PackageDescription

// A separate package, so that the server's build does not compile it.
let package = Package(
    name: "benchmarks",
    dependencies: [
        // The name is given because the folder of a clone may have any name.
        .package(name: "perennial", path: "..", traits: []),
        // Its default trait, jemalloc, only counts allocations.
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
