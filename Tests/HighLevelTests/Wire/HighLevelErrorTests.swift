import HighLevel
import JSON
import Testing

@Suite struct HighLevelErrorTests {
    @Test(
        arguments: [
            (
                .taskNotFound("x"),
                #"{"statusCode":400,"message":"Task with id x not found","error":"Bad Request"}"#
            ),
            (
                .insufficientScope,
                #"{"statusCode":401,"message":"The token is not authorized for this scope.","#
                    + #""error":"Unauthorized"}"#
            ),
            (
                .foreignLocation,
                #"{"statusCode":403,"message":"The token does not have access to this location.","#
                    + #""error":"Forbidden"}"#
            ),
            (
                .noRoute("PATCH", "/contacts/a/tasks"),
                #"{"statusCode":404,"message":"Cannot PATCH /contacts/a/tasks","#
                    + #""error":"Not Found"}"#
            ),
            (
                .bodyTooLarge,
                #"{"statusCode":413,"message":"request entity too large","#
                    + #""error":"Payload Too Large"}"#
            ),
            (
                HighLevelError(violations: ["a must be a string", "property b should not exist"]),
                #"{"statusCode":422,"message":["a must be a string","#
                    + #""property b should not exist"],"#
                    + #""error":"Unprocessable Entity"}"#
            ),
            (
                .tooManyRequests(retryAfterSeconds: 7),
                #"{"statusCode":429,"message":"Too Many Requests"}"#
            ),
            (.internalError, #"{"statusCode":500,"message":"Internal Server Error"}"#),
            (.unavailable, #"{"statusCode":503,"message":"Service Unavailable"}"#),
        ] as [(HighLevelError, String)]
    )
    func `an error is written as NestJS does`(error: HighLevelError, text: String) {
        #expect(self.text(of: error, HighLevelOptions()) == text)
    }

    @Test func `violations can be answered with the published status`() {
        let error = HighLevelError(violations: ["a must be a string"])
        #expect(
            text(of: error, HighLevelOptions(validationStatus: .badRequest))
                == #"{"statusCode":400,"message":["a must be a string"],"error":"Bad Request"}"#
        )
    }

    private func text(of error: HighLevelError, _ options: HighLevelOptions) -> String {
        var json = JSONWriter()
        json.beginObject()
        error.write(to: &json, options)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
