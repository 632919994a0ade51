import JSON
import LionDesk
import Testing

@Suite struct FeathersErrorTests {
    private static let written: [(FeathersError, String)] = [
        (
            .notFound(id: "999"),
            #"""
            {"name":"NotFound","message":"No record found for id '999'","code":404,\#
            "className":"not-found","errors":{}}
            """#
        ),
        (
            .invalidQueryParameter("$foo", data: ["$foo": .string("x")]),
            #"""
            {"name":"BadRequest","message":"Invalid query parameter $foo","code":400,\#
            "className":"bad-request","data":{"$foo":"x"},"errors":{}}
            """#
        ),
        (
            .multipleEntries(.patch),
            #"""
            {"name":"MethodNotAllowed","message":"Can not patch multiple entries","code":405,\#
            "className":"method-not-allowed","errors":{}}
            """#
        ),
        (
            .validationFailed(["description": .string("is required")]),
            #"""
            {"name":"BadRequest","message":"Validation failed","code":400,\#
            "className":"bad-request","data":{},"errors":{"description":"is required"}}
            """#
        ),
        (
            .pageNotFound(url: "/api/v1/x"),
            #"""
            {"name":"NotFound","message":"Page not found","code":404,\#
            "className":"not-found","data":{"url":"/api/v1/x"},"errors":{}}
            """#
        ),
        (
            .invalidQueryValue(.string("x"), of: "id", because: "is not an integer"),
            #"""
            {"name":"BadRequest","message":"Invalid query parameter id","code":400,\#
            "className":"bad-request","data":{"id":"x"},"errors":{"id":"is not an integer"}}
            """#
        ),
    ]

    @Test(arguments: written)
    func `an error is written as Feathers 4 writes it`(
        error: FeathersError,
        body: String
    ) {
        var json = JSONWriter()
        error.write(to: &json)
        #expect(String(decoding: json.bytes, as: UTF8.self) == body)
    }

    @Test(
        arguments: [
            (.noAuthentication, 401, "Unauthorized request: no authentication given"),
            (.unknownToken, 401, "Invalid token: access token is invalid"),
            (.expiredToken, 401, "Invalid token: access token has expired"),
            (.insufficientScope, 403, "Insufficient scope: authorized scope is insufficient"),
            (.notOwner, 403, "Only the owner of the task may change or remove it"),
            (.multipleEntries(.create), 405, "Can not create multiple entries"),
            (.multipleEntries(.remove), 405, "Can not remove multiple entries"),
            (
                .replaceMultiple, 400,
                "You can not replace multiple instances. Did you mean 'patch'?"
            ),
            (.methodNotAllowed("TRACE"), 405, "Method `TRACE` is not supported by this endpoint."),
            (.tooManyParameters, 400, "Too many parameters: 1000 are the limit"),
            (.bodyIsNoObject, 400, "The request body must be an object"),
            (.bodyTooLarge(limit: 100), 400, "The request body is larger than 100 bytes"),
            (.tooManyRequests(retryAfterSeconds: 9), 429, "Too many requests"),
            (.generalError, 500, "Internal server error"),
            (.unavailable, 503, "The service is unavailable for the moment"),
        ] as [(FeathersError, Int, String)]
    )
    func `an error has the text that clients know`(
        error: FeathersError,
        status: Int,
        message: String
    ) {
        #expect(error.kind.status == status)
        #expect(error.message == message)
    }

    @Test(arguments: FeathersError.Kind.allCases)
    func `the class is the name in small letters`(kind: FeathersError.Kind) {
        let letters = kind.className.split(separator: "-").joined()
        #expect(letters == kind.rawValue.lowercased())
        #expect((400...599).contains(kind.status))
    }

    @Test func `a malformed body is refused with the place`() throws {
        let error = try #require(throws: JSONSyntaxError.self) {
            try JSONValue(parsing: Array("{x".utf8))
        }
        let message = FeathersError.malformedBody(error).message
        #expect(message == "Unexpected token in JSON at position 1")
    }
}
