import Foundation
import Recurrence
import RecurrenceCases
import SystemZones
import Testing

/// The files of cases, answered with the same function that the command line uses.
struct CaseFileTests {
    private static let zones = SystemZones()

    @Test(
        arguments: [
            ("extracted", 785), ("rfc5545", 37), ("random", 5978), ("readings", 104),
            ("transitions", 2571), ("policies", 1068), ("skips", 13), ("refused", 113),
        ]
    )
    func `every case of a file has its answer`(file: String, caseCount: Int) throws {
        let path = try #require(
            Bundle.module.path(forResource: file, ofType: "tsv", inDirectory: "Cases")
        )
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = text.split(separator: "\n")
        #expect(lines.count == caseCount)
        let runner = CaseRunner(zones: CaseFileTests.zones)
        var failures: [String] = []
        for line in lines {
            let recurrenceCase = try #require(CaseLine(line))
            let answer = runner.answer(line: recurrenceCase.question)
            if !recurrenceCase.accepts(answer) {
                failures.append("\(line.prefix(300))\n    \(answer.prefix(300))")
            }
        }
        #expect(failures.isEmpty, "\(failures.count) differ: \(failures.prefix(5))")
    }
}

/// One line of a case file.
private struct CaseLine {
    private let fields: [String]

    init?(_ line: Substring) {
        fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 6 else { return nil }
    }

    /// The request for the answer, as a line of JSON.
    var question: String {
        var members = ["\"id\":\"\(fields[0])\"", "\"dtstart\":\"\(fields[1])\""]
        if fields[2] != "-" { members.append("\"tzid\":\"\(fields[2])\"") }
        members += ruleMembers
        for word in fields[4].split(separator: " ") where word != "-" {
            let parts = word.split(separator: "=").map(String.init)
            members.append("\"\(parts[0])\":\(CaseLine.json(parts[1], key: parts[0]))")
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private var ruleMembers: [String] {
        var lists = ["rrule": [String](), "exrule": [], "rdate": [], "exdate": []]
        for rule in fields[3].split(separator: "|", omittingEmptySubsequences: false)
        where rule != "-" {
            if rule.hasPrefix("EXRULE:") {
                lists["exrule", default: []].append(String(rule.dropFirst(7)))
            } else if rule.hasPrefix("RDATE:") {
                lists["rdate"] = rule.dropFirst(6).split(separator: ",").map(String.init)
            } else if rule.hasPrefix("EXDATE:") {
                lists["exdate"] = rule.dropFirst(7).split(separator: ",").map(String.init)
            } else {
                lists["rrule", default: []].append(String(rule))
            }
        }
        return lists.filter { !$0.value.isEmpty }.map { name, values in
            "\"\(name)\":[" + values.map { "\"\($0)\"" }.joined(separator: ",") + "]"
        }
    }

    private static func json(_ value: String, key: String) -> String {
        switch key {
        case "inc", "n", "index", "limit": return value
        case "slice":
            let numbers = value.split(separator: ":", omittingEmptySubsequences: false)
            return "[" + numbers.map { $0.isEmpty ? "null" : String($0) }.joined(separator: ",")
                + "]"
        default: return "\"\(value)\""
        }
    }

    func accepts(_ answer: String) -> Bool {
        let name = "{\"id\":\"\(fields[0])\","
        guard answer.hasPrefix(name) else { return false }
        let rest = answer.dropFirst(name.count)
        switch fields[5] {
        case "refused": return rest.hasPrefix("\"error\":{\"part\":\"")
        case "true", "false": return rest == "\"value\":\(fields[5])}"
        default:
            if Int(fields[5]) != nil, fields[5].utf8.count < 8 {
                return rest == "\"value\":\(fields[5])}"
            }
            let list = occurrences.map { "\"\($0)\"" }.joined(separator: ",")
            return rest == "\"occurrences\":[\(list)]}"
        }
    }

    /// The expected occurrences, each in full.
    private var occurrences: [Substring] {
        var (date, time, offset): (Substring, Substring, Substring) = ("", "", "")
        return fields[5].split(separator: " ").map { text in
            var rest = text
            if let first = rest.first, first.isNumber {
                date = rest.prefix(8)
                rest = rest.dropFirst(8)
            }
            if rest.first == "T" {
                time = rest.prefix(7)
                rest = rest.dropFirst(7)
            }
            if !rest.isEmpty { offset = rest }
            return date + time + offset
        }
    }
}
