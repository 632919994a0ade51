import HTTPServing
import JSON
import Testing

@Suite struct QueryStringTests {
    @Test(arguments: [
        ("", "{}"),
        ("a=1&a=2", #"{"a":["1","2"]}"#),
        ("a[]=1&a[]=2", #"{"a":["1","2"]}"#),
        ("a[0]=1&a[1]=2", #"{"a":["1","2"]}"#),
        ("a[1]=2&a[0]=1", #"{"a":["1","2"]}"#),
        ("a[3]=1&a[1]=0", #"{"a":["0","1"]}"#),
        ("a[20]=x", #"{"a":["x"]}"#),
        ("a[21]=x", #"{"a":{"21":"x"}}"#),
        ("a[01]=x", #"{"a":{"01":"x"}}"#),
        ("a[-1]=x", #"{"a":{"-1":"x"}}"#),
        ("a[0]=x&a[21]=y", #"{"a":{"0":"x","21":"y"}}"#),
        ("a[$in]=x", #"{"a":{"$in":"x"}}"#),
        ("a%5B%24in%5D=x", #"{"a":{"$in":"x"}}"#),
        ("a[$in]=x&a[$in]=y", #"{"a":{"$in":["x","y"]}}"#),
        ("a[$in][]=x&a[$in][]=y", #"{"a":{"$in":["x","y"]}}"#),
        ("a=1,2", #"{"a":"1,2"}"#),
        ("a", #"{"a":""}"#),
        ("a=", #"{"a":""}"#),
        ("=x", "{}"),
        ("&&a=1&", #"{"a":"1"}"#),
        ("a[]=", #"{"a":[""]}"#),
        ("a.b=1", #"{"a.b":"1"}"#),
        ("a=1&a[b]=2", #"{"a":["1",{"b":"2"}]}"#),
        ("a=1&a[b]=2&a=3", #"{"a":{"0":"1","1":"3","b":"2"}}"#),
        ("a[b]=1&a=2", #"{"a":{"b":"1","2":true}}"#),
        ("a[]=1&a=2", #"{"a":["1","2"]}"#),
        ("a[]=1&a[b]=2", #"{"a":{"0":"1","b":"2"}}"#),
        ("a[b]=1&a[]=2", #"{"a":{"b":"1","0":"2"}}"#),
        ("$or[][x]=1&$or[][y]=2", #"{"$or":[{"x":"1","y":"2"}]}"#),
        ("$or[0][x]=1&$or[1][y]=2", #"{"$or":[{"x":"1"},{"y":"2"}]}"#),
        ("a=1;b=2", #"{"a":"1;b=2"}"#),
        ("a=b=c", #"{"a":"b=c"}"#),
        ("a[b=c]=d", #"{"a":{"b=c":"d"}}"#),
        ("a=%zz", #"{"a":"%zz"}"#),
        ("a=%4", #"{"a":"%4"}"#),
        ("a=%41%zz", #"{"a":"%41%zz"}"#),
        ("a=%FF", #"{"a":"%FF"}"#),
        ("a=%E2%82%AC", #"{"a":"€"}"#),
        ("a=b+c%2B", #"{"a":"b c+"}"#),
        ("a[b][c][d][e][f]=x", #"{"a":{"b":{"c":{"d":{"e":{"f":"x"}}}}}}"#),
        ("a[b][c][d][e][f][g][h]=x", #"{"a":{"b":{"c":{"d":{"e":{"f":{"[g][h]":"x"}}}}}}}"#),
        ("a[b=x", #"{"a[b":"x"}"#),
        ("a]b=x", #"{"a]b":"x"}"#),
        ("a[[b]=x", #"{"a[":{"b":"x"}}"#),
        ("a[b]c=x", #"{"a":{"b":"x"}}"#),
        ("[a]=x", #"{"a":"x"}"#),
        ("[]=x", #"{"0":"x"}"#),
        ("__proto__=x&a=1", #"{"a":"1"}"#),
        ("a[__proto__]=x", #"{"a":{}}"#),
        ("toString=x", #"{"toString":"x"}"#),
        ("$sort[z]=1&$sort[a]=-1", #"{"$sort":{"z":"1","a":"-1"}}"#),
    ])
    func `names nest as the clients' own libraries write them`(text: String, json: String) throws {
        var writer = JSONWriter()
        writer.write(.object(try QueryString(parsing: text).parameters))
        #expect(String(decoding: writer.bytes, as: UTF8.self) == json)
    }

    @Test func `a thousand parameters are read, and one more is refused`() throws {
        let thousand = Array(repeating: "a=1", count: 1000).joined(separator: "&")
        guard case .array(let values) = try QueryString(parsing: thousand).parameters["a"] else {
            Issue.record("the values are a list")
            return
        }
        #expect(values.count == 1000)
        #expect(throws: TooManyParameters.self) { try QueryString(parsing: thousand + "&a=1") }
    }

    @Test(arguments: ["a=1&", "&"])
    func `too many parameters are refused, whatever they are`(part: String) {
        let text = String(repeating: part, count: 5000)
        #expect(throws: TooManyParameters.self) { try QueryString(parsing: text) }
    }

    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            ("", "[", 100_000), ("", "[]", 50_000), ("a", "[b]", 30_000), ("a=", "%41", 30_000),
            ("a[", "%5B", 30_000),
        ]
    )
    func `a hostile parameter nests no deeper than the limit`(
        prefix: String,
        part: String,
        count: Int
    ) throws {
        let text = prefix + String(repeating: part, count: count)
        let parameters = try QueryString(parsing: text).parameters
        #expect(depth(of: .object(parameters)) <= 8)
    }

    @Test(.timeLimit(.minutes(10)), arguments: ["k%", "a[k%]", "a[0][b][k%]", "a[][k%]"])
    func `a thousand names are read, wherever they are`(name: String) throws {
        let names = (0..<1000).map { name.replacing("%", with: String($0)) }
        let text = names.map { $0 + "=1" }.joined(separator: "&")
        var value = JSONValue.object(try QueryString(parsing: text).parameters)
        while let inner = onlyElement(of: value) { value = inner }
        #expect(value.object?.members.count == 1000)
        #expect(value.object?["k999"] == .string("1"))
    }

    private func onlyElement(of value: JSONValue) -> JSONValue? {
        switch value {
        case .array(let items): items.count == 1 ? items[0] : nil
        case .object(let object): object.members.count == 1 ? object.members[0].value : nil
        case .null, .bool, .integer, .number, .string: nil
        }
    }

    private func depth(of value: JSONValue) -> Int {
        switch value {
        case .null, .bool, .integer, .number, .string: 0
        case .array(let items): 1 + (items.map(depth).max() ?? 0)
        case .object(let object): 1 + (object.members.map { depth(of: $0.value) }.max() ?? 0)
        }
    }
}
