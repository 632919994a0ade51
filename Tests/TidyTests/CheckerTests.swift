import Testing

/// The checks of ``ArchitectureTests`` find what they look for, and nothing else.
struct CheckerTests {
    @Test(arguments: [
        ("import Foundation", "Foundation"),
        ("  public import Glibc", "Glibc"),
        ("package import Tasks  ", "Tasks"),
        ("internal import NIOCore;", "NIOCore"),
        ("@testable import Storage", "Storage"),
        ("@preconcurrency private import Dispatch", "Dispatch"),
        ("import struct Foundation.Date", "Foundation"),
        ("public import protocol ServiceLifecycle.Service", "ServiceLifecycle"),
        ("import Foundation.NSURL", "Foundation"),
    ])
    func `an import is understood in every form`(line: String, module: String) {
        #expect(Layers.importedModule(in: line[...]) == module)
    }

    @Test(arguments: ["let importance = 1", "func `import`()", "important(import: x)", ""])
    func `what only looks like an import is none`(line: String) {
        #expect(Layers.importedModule(in: line[...]) == nil)
    }

    @Test(arguments: [
        ("Sources/Recurrence/A.swift", "Foundation"),
        ("Sources/Recurrence/Rules/A.swift", "Synchronization"),
        ("Sources/Tasks/A.swift", "Storage"),
        ("Sources/LionDesk/A.swift", "Storage"),
        ("Sources/Storage/A.swift", "LionDesk"),
        ("Sources/Unheard/A.swift", "Recurrence"),
        ("Tests/TasksTests/A.swift", "Storage"),
    ])
    func `an import that leads up or aside is found`(path: String, module: String) {
        let file = SourceFile(path: path, source: "// Why.\nimport \(module)\n")
        let target = path.split(separator: "/")[1]
        let message = "\(target) may not import \(module)"
        #expect(Layers.findings(in: file) == [Finding(path: path, line: 2, message: message)])
    }

    @Test(arguments: [
        ("Sources/Tasks/A.swift", "public import Recurrence"),
        ("Sources/Commands/A.swift", "import Storage"),
        ("Tests/TasksTests/A.swift", "@testable import Tasks\nimport Testing"),
        ("Sources/Recurrence/A.swift", "// import Foundation\nlet text = \"import Foundation\""),
    ])
    func `an import that leads down is none of our business`(path: String, source: String) {
        #expect(Layers.findings(in: SourceFile(path: path, source: source)) == [])
    }

    @Test(arguments: [
        "let now = Date()", "try! load()", "fatalError()", "final class A: @unchecked Sendable {}",
        "nonisolated(unsafe) var a = 1", "Task { await run() }", "Task(priority: .high) { run() }",
        "Task.detached { run() }", "DispatchQueue.main.async {}", "print(1)", "Swift.print(1)",
        "let clock = ContinuousClock()", "SuspendingClock().now", "ContinuousClock.now",
        "try await Task.sleep(for: .seconds(1))", "clock_gettime(CLOCK_REALTIME, &time)",
        "let now: Date = Date.now", "// FIXME: later", "/* TODO */", "/// TODO",
    ])
    func `a banned word is found`(line: String) {
        let file = SourceFile(path: "Sources/Tasks/A.swift", source: "\n" + line)
        #expect(BannedWord.findings(in: file).map(\.line) == [2])
    }

    @Test(arguments: [
        "let day = CivilDate()", "pprint(1)", "struct RecurringTask {", "withTaskGroup(of: A.self)",
        "clock.now", "// parse(print(rule)) is the rule", "let text = \"try! Date()\"",
        "let text = \"\"\"\n  \"fatalError()\" TODO\n  \"\"\"", "let text = #\"\"try!\"\"#",
        "let text = \"a \\\" try!\"", "func `Date() is refused`() {}", "let todoCount = 0",
        "Task.isCancelled", "/* fatalError() */",
    ])
    func `a word that contains a banned word passes`(source: String) {
        let file = SourceFile(path: "Sources/Tasks/A.swift", source: source)
        #expect(BannedWord.findings(in: file) == [])
    }

    @Test(arguments: [
        "let a = \"text\"; try! load()", "let a = \"\\(b)\"; try! load()",
        "let a = \"\\(\"b\")\"; try! load()", "/* a */ try! load()",
        "\"\"\"\n\"\n\"\"\"; try! load()", "let a = #\"\\\"#; try! load()",
        "func `a`() { try! load() }", "let a = \"b\n try! load()",
    ])
    func `what follows a literal or a comment is code again`(source: String) {
        let file = SourceFile(path: "Sources/Tasks/A.swift", source: source)
        #expect(BannedWord.findings(in: file).count == 1)
    }

    @Test func `the composition root may print and read the clock`() {
        let source = "print(ContinuousClock.now)"
        let file = SourceFile(path: "Sources/Commands/A.swift", source: source)
        #expect(BannedWord.findings(in: file) == [])
    }

    @Test func `the 61st line of a function is one too many`() {
        for declaration in [
            "func run() {", "package init(a: Int) {", "@Test func a(\n) {",
            "@Test(arguments: [1, (2)]) @MainActor func a() {",
        ] {
            let lines = declaration.split(separator: "\n").count
            let inside = String(repeating: "        a()\n", count: 59 - lines)
            let longest =
                "enum A {\n    \(declaration.split(separator: "\n").joined(separator: "\n    "))\n\(inside)    }\n}\n"
            let file = SourceFile(path: "Sources/Tasks/A.swift", source: longest)
            #expect(FunctionLimit.findings(in: file) == [])
            let longer = longest.replacing(
                "        a()\n",
                with: "        a()\n        a()\n",
                maxReplacements: 1
            )
            let found = FunctionLimit.findings(in: SourceFile(path: file.path, source: longer))
            #expect(found.map(\.line) == [2], "\(declaration)")
        }
    }

    @Test func `a type of a folder above is found, and one below is not`() {
        let order = FolderOrder(target: "Tasks", folders: ["Model", "Commands"])
        let low = SourceFile(
            path: "Sources/Tasks/Model/A.swift",
            source: "struct A {\n    var b: B\n}"
        )
        let high = SourceFile(
            path: "Sources/Tasks/Commands/B.swift",
            source: "package struct B { var a: A }"
        )
        let lost = SourceFile(path: "Sources/Tasks/C.swift", source: "struct C {}")
        let findings = order.findings(in: [low, high, lost])
        #expect(findings.map(\.path) == [low.path, lost.path])
        #expect(findings.first?.line == 2)
    }

    @Test func `a name that two types have is found`() {
        let first = SourceFile(path: "Sources/Tasks/A.swift", source: "package enum A {}")
        let other = SourceFile(
            path: "Sources/Storage/A.swift",
            source: "final class A {\n    struct B {}\n}"
        )
        let own = SourceFile(
            path: "Sources/Storage/B.swift",
            source: "private struct A {}\nstruct B {}"
        )
        #expect(TypeNames.findings(in: [first, other, own]).map(\.path) == [other.path])
    }

    @Test func `the sixteenth file of a folder is one too many`() {
        let paths = (1...16).map { "Sources/Tasks/Model/A\($0).swift" }
        #expect(FolderLimit.findings(in: Array(paths.dropLast()) + ["Sources/A.swift"]).isEmpty)
        #expect(FolderLimit.findings(in: paths).map(\.path) == ["Sources/Tasks/Model"])
    }

    @Test func `the 401st line is one too many`() {
        let longest = String(repeating: "\n", count: 400)
        let path = "Sources/Tasks/A.swift"
        #expect(LineLimit.finding(in: SourceFile(path: path, source: longest)) == nil)
        #expect(LineLimit.finding(in: SourceFile(path: path, source: longest + "\n"))?.line == 401)
        #expect(LineLimit.finding(in: SourceFile(path: path, source: longest + "a"))?.line == 401)
    }
}
