import JSON
import TestSupport
import Testing

@Suite struct JSONWriterTests {
    @Test func `commas come by themselves`() {
        var json = JSONWriter()
        json.beginObject()
        json.name("a")
        json.writeNull()
        json.name("b")
        json.beginArray()
        json.write(Int64(1))
        json.write(true)
        json.beginObject()
        json.endObject()
        json.write("{")
        json.write(",")
        json.endArray()
        json.name("c\n")
        json.write(1.5)
        json.name("d")
        json.writeQuoted { $0.append(UInt8(ascii: "7")) }
        json.endObject()
        #expect(text(json) == #"{"a":null,"b":[1,true,{},"{",","],"c\n":1.5,"d":"7"}"#)
    }

    @Test(arguments: [
        ("", #""""#),
        ("plain", #""plain""#),
        ("\"\\/", #""\"\\/""#),
        ("a\u{8}\u{9}\u{A}\u{C}\u{D}z", #""a\b\t\n\f\rz""#),
        ("\0\u{1}\u{B}\u{1F}\u{7F}", "\"\\u0000\\u0001\\u000b\\u001f\u{7F}\""),
        ("€😀\u{2028}\u{2029}", "\"€😀\u{2028}\u{2029}\""),
        ("a long string, with one \" far behind", #""a long string, with one \" far behind""#),
    ])
    func `strings are escaped as JavaScript escapes them`(string: String, json: String) {
        var writer = JSONWriter()
        writer.write(string)
        #expect(text(writer) == json)
    }

    @Test func `writing a number that JSON cannot hold stops the process`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.write(Double.infinity)
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `what was written is read back`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let value = randomValue(depth: 4, using: &random)
        var json = JSONWriter()
        json.write(value)
        #expect(try JSONValue(parsing: json.bytes) == value)
    }

    private func text(_ json: JSONWriter) -> String {
        String(decoding: json.bytes, as: UTF8.self)
    }

    private func randomValue(depth: Int, using random: inout SplitMix64) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3: return .number(Double.random(in: -1...1, using: &random) * 1e9)
        case 4: return .string(randomText(using: &random))
        case 5:
            let count = Int.random(in: 0...4, using: &random)
            return .array((0..<count).map { _ in randomValue(depth: depth - 1, using: &random) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                object[randomText(using: &random)] = randomValue(depth: depth - 1, using: &random)
            }
            return .object(object)
        }
    }

    private func randomText(using random: inout SplitMix64) -> String {
        let scalars: [Unicode.Scalar] = ["a", "\"", "\\", "\n", "\0", "\u{1F}", "é", "€", "😀", " "]
        var text = ""
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            text.unicodeScalars.append(scalars.randomElement(using: &random) ?? "z")
        }
        return text
    }
}
