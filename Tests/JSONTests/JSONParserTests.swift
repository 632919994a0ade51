import JSON
import Testing

@Suite struct JSONParserTests {
    @Test(
        arguments: [
            ("null", .null),
            ("true", .bool(true)),
            (" \t\r\nfalse \t\r\n", .bool(false)),
            ("0", .integer(0)),
            ("-0", .integer(0)),
            ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("1.0", .number(1)),
            ("-0.5e-1", .number(-0.05)),
            ("1E+2", .number(100)),
            ("1e308", .number(1e308)),
            ("1e-400", .number(0)),
            (#""""#, .string("")),
            (#""a\"\\\/\b\f\n\r\t""#, .string("a\"\\/\u{8}\u{C}\n\r\t")),
            (#""\u20ac\u0000\uD83D\ude00""#, .string("€\0😀")),
            ("\"€😀\u{2028}\u{7F}\"", .string("€😀\u{2028}\u{7F}")),
            ("[]", .array([])),
            ("[ 1 , [ ] , \"x\" ]", .array([.integer(1), .array([]), .string("x")])),
            ("{}", .object([:])),
            ("{ \"b\" : 1 , \"a\" : { } }", .object(["b": .integer(1), "a": .object([:])])),
            (#"{"a":1,"b":2,"a":3}"#, .object(["a": .integer(3), "b": .integer(2)])),
            (#"{"":null}"#, .object(["": .null])),
            ("\u{FEFF}1", .integer(1)),
        ] as [(String, JSONValue)]
    )
    func `a JSON text is read`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
    }

    @Test(
        arguments: [
            ("", .unexpectedEnd, 0),
            ("  ", .unexpectedEnd, 2),
            ("tru", .unexpectedEnd, 3),
            ("trux", .unexpectedByte, 0),
            ("nulL", .unexpectedByte, 0),
            ("NaN", .unexpectedByte, 0),
            ("Infinity", .unexpectedByte, 0),
            ("'a'", .unexpectedByte, 0),
            ("+1", .unexpectedByte, 0),
            (".5", .unexpectedByte, 0),
            ("-", .invalidNumber, 1),
            ("-a", .invalidNumber, 1),
            ("1.", .invalidNumber, 2),
            ("1.e2", .invalidNumber, 2),
            ("1e", .invalidNumber, 2),
            ("1e+", .invalidNumber, 3),
            ("01", .trailingText, 1),
            ("0x10", .trailingText, 1),
            ("1 2", .trailingText, 2),
            ("{} {}", .trailingText, 3),
            ("1\u{0}", .trailingText, 1),
            ("1e999", .numberOutOfRange, 0),
            ("[-1e999]", .numberOutOfRange, 1),
            ("[", .unexpectedEnd, 1),
            ("[1", .unexpectedEnd, 2),
            ("[1,", .unexpectedEnd, 3),
            ("[1,]", .unexpectedByte, 3),
            ("[1 2]", .unexpectedByte, 3),
            ("[1}", .unexpectedByte, 2),
            ("[//\n1]", .unexpectedByte, 1),
            ("{", .unexpectedEnd, 1),
            ("{a:1}", .unexpectedByte, 1),
            (#"{"a"}"#, .unexpectedByte, 4),
            (#"{"a":}"#, .unexpectedByte, 5),
            (#"{"a":1,}"#, .unexpectedByte, 7),
            (#"{"a":1"#, .unexpectedEnd, 6),
            (#"{"a":1]"#, .unexpectedByte, 6),
            ("{1:1}", .unexpectedByte, 1),
            (#""a"#, .unexpectedEnd, 2),
            (#""a\"#, .unexpectedEnd, 3),
            (#""a\""#, .unexpectedEnd, 4),
            (#""\x""#, .invalidEscape, 1),
            (#""\u12g4""#, .invalidEscape, 1),
            (#""\u12"#, .unexpectedEnd, 5),
            ("\"a\nb\"", .unescapedControlCharacter, 2),
            ("\"a\u{1}\"", .unescapedControlCharacter, 2),
            (#""\ud800""#, .loneSurrogate, 1),
            (#""\ud800x""#, .loneSurrogate, 1),
            (#""\ud800\n....""#, .loneSurrogate, 7),
            (#""\ud800\u0041""#, .loneSurrogate, 1),
            (#""\udc00""#, .loneSurrogate, 1),
        ] as [(String, JSONSyntaxError.Reason, Int)]
    )
    func `what is no JSON text is refused where it goes wrong`(
        text: String,
        reason: JSONSyntaxError.Reason,
        offset: Int
    ) throws {
        let error = try #require(throws: JSONSyntaxError.self) {
            try JSONValue(parsing: Array(text.utf8))
        }
        #expect(error.reason == reason)
        #expect(error.offset == offset)
        #expect(error.description.contains("JSON"))
    }

    @Test(arguments: [
        [0x80], [0xC3], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    ])
    func `a string that is not UTF-8 is refused`(bytes: [UInt8]) throws {
        for text in [[0x22] + bytes + [0x22], Array("\"\\n".utf8) + bytes + [0x22]] {
            let error = try #require(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
            #expect(error.reason == .invalidUTF8)
            #expect(error.offset == 0)
        }
    }

    @Test func `arrays and objects nest as deep as the limit`() throws {
        let value = try JSONValue(parsing: Array("[[1]]".utf8), depthLimit: 2)
        #expect(value == .array([.array([.integer(1)])]))
        for text in ["[[[]]]", #"{"a":{"b":{}}}"#] {
            let error = try #require(throws: JSONSyntaxError.self) {
                try JSONValue(parsing: Array(text.utf8), depthLimit: 2)
            }
            #expect(error.reason == .tooDeep)
        }
        #expect(throws: JSONSyntaxError.self) {
            try JSONValue(parsing: Array(repeating: UInt8(ascii: "["), count: 10_240))
        }
        let siblings = "[" + Array(repeating: "[]", count: 100).joined(separator: ",") + "]"
        #expect(throws: Never.self) { try JSONValue(parsing: Array(siblings.utf8), depthLimit: 2) }
    }

    @Test func `a limit that the stack could not bear stops the process`() async {
        await #expect(processExitsWith: .failure) {
            _ = try? JSONValue(parsing: [0x5B, 0x5D], depthLimit: 257)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `an object of ten thousand names is read and searched`() throws {
        let members = (0..<10_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        let value = try JSONValue(parsing: Array("{\(members),\"k7\":-7}".utf8))
        var object = try #require(value.object)
        #expect(object.members.count == 10_000)
        #expect(object["k7"] == .integer(-7))
        #expect(object["k9999"] == .integer(9999))
        #expect(object["k10000"] == nil)
        #expect(object.removeValue(for: "k0") == .integer(0))
        #expect(object["k0"] == nil)
        #expect(object["k9999"] == .integer(9999))
        object["k9999"] = nil
        #expect(object.members.count == 9998)
    }
}
