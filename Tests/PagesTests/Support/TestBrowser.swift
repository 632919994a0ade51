import HTTPTypes
import ServerTestSupport
import Testing

/// A browser without scripts: it keeps cookies, and sends the forms that it was shown.
struct TestBrowser: Sendable {
    let site: TestSite
    var cookies: [String: String] = [:]
    /// The token of the forms on the last page.
    var formToken = ""
    var headers: HTTPFields = [.accept: "text/html"]

    init(site: TestSite) { self.site = site }

    /// Opens a page.
    @discardableResult
    mutating func get(_ path: String) async throws -> Answer {
        let answer = try await site.send(.get, path, fields)
        take(answer)
        return answer
    }

    /// Opens a page that has to be there.
    mutating func page(_ path: String) async throws -> String {
        let answer = try await get(path)
        #expect(answer.status == 200, "\(path): \(answer.text)")
        return answer.text
    }

    /// Opens a link that signs in, and presses the button there.
    @discardableResult
    mutating func open(link: String) async throws -> Answer {
        try await get("/sign-in?link=\(Self.encoded(link))")
        return try await submit("/sign-in", ["link": link])
    }

    /// Sends a form of the last page, and follows where it leads.
    @discardableResult
    mutating func post(
        _ path: String,
        _ form: KeyValuePairs<String, String>
    ) async throws -> Answer {
        try await post(path, form.map { ($0.key, $0.value) })
    }

    /// Sends a form of the last page, and follows where it leads.
    @discardableResult
    mutating func post(_ path: String, _ form: [(String, String)]) async throws -> Answer {
        let answer = try await submit(path, form)
        guard answer.status == 303, let next = answer.headers[.location] else { return answer }
        return try await get(next)
    }

    /// Sends a form of the last page.
    mutating func submit(
        _ path: String,
        _ form: KeyValuePairs<String, String>,
        token: String? = nil,
        origin: String? = nil,
        sentFrom place: String? = nil
    ) async throws -> Answer {
        let fields = form.map { ($0.key, $0.value) }
        return try await submit(path, fields, token: token, origin: origin, sentFrom: place)
    }

    /// Sends a form of the last page.
    mutating func submit(
        _ path: String,
        _ form: [(String, String)],
        token: String? = nil,
        origin: String? = nil,
        sentFrom place: String? = nil
    ) async throws -> Answer {
        var fields = fields
        fields[.contentType] = "application/x-www-form-urlencoded"
        if let origin, let name = HTTPField.Name("Origin") { fields[name] = origin }
        if let place, let name = HTTPField.Name("Sec-Fetch-Site") { fields[name] = place }
        let pairs = form.map { "\($0.0)=\(Self.encoded($0.1))" }
        let body = (["csrf=\(token ?? formToken)"] + pairs).joined(separator: "&")
        let answer = try await site.send(.post, path, fields, Array(body.utf8))
        take(answer)
        return answer
    }

    /// Sends a form of the last page with a file, as browsers send one.
    mutating func upload(
        _ path: String,
        file: [UInt8],
        _ form: [(String, String)] = []
    ) async throws -> Answer {
        var fields = fields
        fields[.contentType] = "multipart/form-data; boundary=----mark"
        var body: [UInt8] = []
        for (name, value) in [("csrf", formToken)] + form {
            body += Array("------mark\r\nContent-Disposition: form-data; name=\"\(name)\"".utf8)
            body += Array("\r\n\r\n\(value)\r\n".utf8)
        }
        let head = "form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv"
        body += Array("------mark\r\nContent-Disposition: \(head)\r\n\r\n".utf8) + file
        body += Array("\r\n------mark--\r\n".utf8)
        let answer = try await site.send(.post, path, fields, body)
        take(answer)
        return answer
    }

    private var fields: HTTPFields {
        var fields = headers
        let pairs = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        if !pairs.isEmpty { fields[.cookie] = pairs.joined(separator: "; ") }
        return fields
    }

    private mutating func take(_ answer: Answer) {
        for field in answer.headers[values: .setCookie] {
            let pair = field.prefix { $0 != ";" }.split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            let isGone = field.contains("Max-Age=0")
            cookies[String(pair[0])] = isGone ? nil : String(pair[1])
        }
        if let mark = answer.text.firstRange(of: #"name="csrf" value=""#) {
            formToken = String(answer.text[mark.upperBound...].prefix { $0 != "\"" })
        }
    }

    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            if byte < 128, character.isLetter || character.isNumber { return String(character) }
            return "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 0xF)])"
        }.joined()
    }
}
