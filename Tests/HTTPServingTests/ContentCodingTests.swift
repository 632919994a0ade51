import HTTPServing
import HTTPTypes
import Hummingbird
import ServerTestSupport
import Testing

/// Bodies that come compressed.
@Suite struct ContentCodingTests {
    private static let text = Array(#"{"description":"Grüße"}"#.utf8)

    /// `{"now": true}` as zlib compresses it.
    private static let deflated: [UInt8] = [
        0x78, 0x9C, 0xAB, 0x56, 0xCA, 0xCB, 0x2F, 0x57, 0xB2, 0x52, 0x28, 0x29, 0x2A, 0x4D, 0xAD,
        0x05, 0, 0x1F, 0x3B, 4, 0xAB,
    ]

    private func bytes(
        of body: [UInt8],
        _ coding: String?,
        upTo limit: Int = 1000
    ) async throws -> [UInt8] {
        var headers: HTTPFields = [.contentLength: String(body.count)]
        headers[.contentEncoding] = coding
        return try await Request(.post, "/", headers, body).bytes(upTo: limit)
    }

    @Test(arguments: ["gzip", "GZIP", "x-gzip"])
    func `gzip is undone`(coding: String) async throws {
        #expect(try await bytes(of: Gzip.stored(Self.text), coding) == Self.text)
    }

    @Test func `what was compressed is undone`() async throws {
        let blanks = try await bytes(of: Gzip.blanks, "gzip", upTo: 200_000)
        #expect(blanks == [UInt8](repeating: 0x20, count: 200_000))
        let object = try await bytes(of: Self.deflated, "deflate")
        #expect(object == Array(#"{"now": true}"#.utf8))
    }

    @Test func `a text may be compressed in several members`() async throws {
        let members = Gzip.stored(Self.text) + Gzip.stored([]) + Gzip.stored(Self.text)
        #expect(try await bytes(of: members, "gzip") == Self.text + Self.text)
    }

    @Test(arguments: [nil, "", "identity"])
    func `a body that is not compressed stays as it is`(coding: String?) async throws {
        #expect(try await bytes(of: Self.text, coding) == Self.text)
    }

    @Test(arguments: ["gzip", "deflate", "identity"])
    func `no body is no body in any coding`(coding: String) async throws {
        #expect(try await bytes(of: [], coding) == [])
    }

    @Test(arguments: ["br", "zstd", "compress", "gzip, gzip", "deflate, gzip", "gzip;q=1", "utf-8"])
    func `another coding is refused before the body is read`(coding: String) async throws {
        await #expect(throws: UnsupportedContentCoding(name: coding)) {
            try await bytes(of: Array(repeating: 0, count: 5000), coding)
        }
    }

    @Test(
        arguments: [
            ("no gzip", text, "gzip"), ("zlib's format", deflated, "gzip"),
            ("gzip's format", Gzip.stored(text), "deflate"),
            ("cut off", Array(Gzip.stored(text).dropLast(3)), "gzip"),
            (
                "a wrong sum", Gzip.stored(text).dropLast(5) + [1] + Gzip.stored(text).suffix(4),
                "gzip"
            ),
            ("cut off in its second member", Gzip.stored(text) + [0x1F, 0x8B], "gzip"),
            ("more after its end", deflated + [0], "deflate"),
            ("a head alone", [0x1F], "gzip"),
        ] as [(String, [UInt8], String)]
    )
    func `what is not compressed so is refused`(
        name: String,
        body: [UInt8],
        coding: String
    ) async throws {
        await #expect(throws: MalformedContentCoding.self) { try await bytes(of: body, coding) }
    }

    @Test func `a body has no more bytes than the limit, before and after`() async throws {
        let text = [UInt8](repeating: 0x20, count: 950)
        #expect(try await bytes(of: Gzip.stored(text), "gzip", upTo: 973) == text)
        #expect(try await bytes(of: Gzip.blanks, "gzip", upTo: 200_000).count == 200_000)
        for limit in [972, 950] {
            await #expect(throws: BodyTooLarge(limit: limit)) {
                try await bytes(of: Gzip.stored(text), "gzip", upTo: limit)
            }
        }
        for limit in [230, 1000, 199_999] {
            await #expect(throws: BodyTooLarge(limit: limit)) {
                try await bytes(of: Gzip.blanks, "gzip", upTo: limit)
            }
        }
    }

    @Test func `members above the limit are not decompressed`() async throws {
        // Would be 80 MB, and is refused after the first megabyte.
        let bomb = Array(repeatElement(Gzip.blanks, count: 400).joined())
        await #expect(throws: BodyTooLarge(limit: 1_000_000)) {
            try await bytes(of: bomb, "gzip", upTo: 1_000_000)
        }
    }
}
