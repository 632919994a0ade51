import HTTPTypes
import JSON
import ServerTestSupport
import Tasks
import TestSupport
import Testing

@testable import Pages

/// Contacts that are taken over from a table.
struct ContactImportTests {
    private static let table = """
        First name,Last name,E-mail,Phone,Company,Owner,Shoe size
        Nora,Vale,nora@example.com,+1 555 0101,"Vale, Inc.",Ana Lopez,38
        Stacy,Buyer,,,,Ben Carter,
        ,,,,,,
        Otto,,otto@example.com,,,Nobody Known,
        Nora,Again,NORA@example.com,,,,
        "<script>alert(1)</script>",,evil@example.com,,,,
        """

    private func upload(
        _ text: String,
        _ form: [(String, String)] = []
    ) async throws -> (TestBrowser, Answer) {
        let site = try await TestSite()
        var adam = try await site.browser(of: 4)
        _ = try await adam.page("/admin/contacts/import")
        let answer = try await adam.upload("/admin/contacts/import", file: Array(text.utf8), form)
        return (adam, answer)
    }

    private func numbers(in page: String) -> [String] {
        page.matches(of: /<strong class="big">(\d+)<\/strong>/).map { String($0.output.1) }
    }

    @Test func `what a file would do is told line by line, and nothing is done`() async throws {
        var (adam, answer) = try await upload(Self.table)
        #expect(answer.status == 200)
        // New: Nora, the script; changed: Stacy's owner; refused: Otto's owner, Nora again.
        #expect(numbers(in: answer.text) == ["2", "1", "0", "2"])
        #expect(answer.text.contains("<td>5</td><th scope=\"row\">Otto</th>"))
        #expect(answer.text.contains("No one colleague is called “Nobody Known”."))
        #expect(answer.text.contains("It is the same contact as in line 2."))
        #expect(answer.text.contains("Columns left out: Shoe size"))
        #expect(answer.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!answer.text.contains("<script>alert"))
        #expect(try await !adam.page("/admin/contacts").contains("Nora Vale"))
    }

    @Test func `a file is taken over as it was shown, and once more changes nothing`() async throws
    {
        let (browser, preview) = try await upload(Self.table)
        var adam = browser
        #expect(preview.text.contains("Import 3 contacts"))
        let done = try await adam.upload(
            "/admin/contacts/import",
            file: [],
            [("go", "1"), ("table", Self.table)]
        )
        #expect(numbers(in: done.text) == ["2", "1", "0", "2"])
        let list = try await adam.page("/admin/contacts")
        #expect(list.contains("Nora Vale"))
        #expect(list.contains("Vale, Inc. · nora@example.com · +1 555 0101"))
        let again = try await adam.upload("/admin/contacts/import", file: Array(Self.table.utf8))
        #expect(numbers(in: again.text) == ["0", "0", "3", "2"])
        #expect(!again.text.contains("Import 0"))
    }

    @Test(arguments: [
        ("", "There is no line to import"), ("Email\n", "There is no line to import"),
        ("Shoe,Hat\n1,2", "names none of these columns"),
        ("Email\n" + String(repeating: "a@b.c\n", count: 5001), "more than 5000 lines"),
        ("Email\n" + String(repeating: "x", count: 1 << 20), "larger than 1 MB"),
    ])
    func `a file that cannot be taken over is told of at its field`(
        text: String,
        told: String
    ) async throws {
        let (_, answer) = try await upload(text)
        #expect(answer.text.contains("import-file-fault"))
        #expect(answer.text.contains(told))
    }

    @Test func `what is larger than any file is refused`() async throws {
        let (_, answer) = try await upload(String(repeating: "x", count: 1_300_000))
        #expect(answer.status == 413)
    }

    @Test func `a file without the form's token is refused`() async throws {
        let site = try await TestSite()
        var adam = try await site.browser(of: 4)
        _ = try await adam.page("/admin/contacts/import")
        adam.formToken = String(repeating: "0", count: 64)
        let answer = try await adam.upload("/admin/contacts/import", file: Array("Email\na@b".utf8))
        #expect(answer.status == 403)
    }

    @Test func `what the API refuses is told of its line`() async throws {
        let long = String(repeating: "n", count: 201)
        let (_, answer) = try await upload(
            "Nombre;Correo\n\(long);a@example.com\nEva;b@example.com"
        )
        #expect(numbers(in: answer.text) == ["1", "0", "0", "1"])
        #expect(answer.text.contains("is longer than 200 characters"))
    }

    // MARK: Tables

    @Test(arguments: [
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]), ("a;b\r\n1,5;2\r\n", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n\n1\t2", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}a,b\n\"x\"\"y\",\"1\n2\"\n", [["a", "b"], ["x\"y", "1\n2"]]),
        ("\"a;b\",c\n1,2", [["a;b", "c"], ["1", "2"]]), ("", []), ("\"", []), (",,\n", []),
        (" a , b \n", [["a", "b"]]), ("a\"b,c", [["a\"b", "c"]]),
    ])
    func `a table is read as spreadsheets write it`(text: String, cells: [[String]]) {
        #expect(CSVTable(parsing: text).rows.map(\.cells) == cells)
    }

    @Test func `a row knows its line`() {
        let table = CSVTable(parsing: "a\n\"x\ny\"\n\nz\n")
        #expect(table.rows.map(\.line) == [1, 2, 5])
    }

    // MARK: Forms with files

    @Test func `a form with a file is read`() {
        let body =
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\n"
            + "content-disposition: form-data; name=\"b\"; filename=\"f\"\r\n\r\n\r\n--x--\r\n"
        let form = MultipartForm(parsing: Array(body.utf8), boundary: "x")
        #expect(form.values.map(\.name) == ["a", "b"])
        #expect(form.values.map(\.value) == ["1", ""])
    }

    @Test func `what spreadsheets write in Windows' own characters is read, too`() {
        let head = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
        let body = Array(head.utf8) + [0x80, 0xE9] + Array("\r\n--x--".utf8)
        #expect(MultipartForm(parsing: body, boundary: "x").values.first?.value == "€é")
    }

    @Test(arguments: [
        "", "--x", "--x\r\n", "--x\r\n\r\n", "--x\r\nname=\"a\"\r\n\r\n1\r\n--x--", "x--x--",
        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
    ])
    func `a body that breaks off has no fields`(text: String) {
        #expect(MultipartForm(parsing: Array(text.utf8), boundary: "x").values.isEmpty)
    }
}
