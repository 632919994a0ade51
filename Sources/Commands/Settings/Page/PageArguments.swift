import ArgumentParser
import Foundation
import Pages

/// How the page is reached.
struct PageArguments: ParsableArguments {
    @Option(
        name: .customLong("public-url"),
        help: ArgumentHelp(
            """
            The address under which browsers reach the page, such as https://tasks.example.com, \
            for the links of mails, which have none without it. With https, the page's cookies are \
            sent by TLS alone; forms are taken from there and from nowhere else. \
            PERENNIAL_PUBLIC_URL; for sign-in links http://127.0.0.1:8080 by default.
            """,
            valueName: "url"
        )
    )
    var publicURL: String?

    @Option(
        help: ArgumentHelp(
            """
            A folder whose files the page uses in place of those built in, each read anew at every \
            request: for those who work on them. PERENNIAL_PAGE_FOLDER.
            """,
            valueName: "folder"
        )
    )
    var pageFolder: String?

    @Option(
        help: ArgumentHelp(
            """
            How many requests of the page a user may make in ten seconds, 0 for any number; they do \
            not count among those of the APIs. PERENNIAL_PAGE_RATE_LIMIT; 300 by default.
            """,
            valueName: "count"
        )
    )
    var pageRateLimit: Int?

    @OptionGroup var openID: OpenIDArguments

    /// What the page is told.
    func terms() throws -> PageTerms {
        let folder = try Setting("page-folder").value(pageFolder, default: "")
        let url = try PublicURL.given(publicURL)
        var terms = PageTerms(
            publicURL: url,
            openID: try openID.terms(publicURL: url),
            visitLimit: try Setting("page-rate-limit").value(
                pageRateLimit,
                default: 300,
                in: 0...1_000_000_000
            )
        )
        if !folder.isEmpty {
            terms.readFile = { name in
                let vendored = name == "htmx.js" ? "vendor/htmx-2.0.10.min.js" : name
                let data = FileManager.default.contents(atPath: "\(folder)/\(vendored)")
                return data.map { Array($0) }
            }
        }
        return terms
    }
}

/// The address under which browsers reach the page.
enum PublicURL {
    /// The address without a slash at its end, or where a server is found that was told none.
    ///
    /// - Throws: `ValidationError` where it is none.
    static func value(_ given: String?) throws -> String {
        try self.given(given) ?? "http://127.0.0.1:8080"
    }

    /// The address without a slash at its end; nothing where nobody said one.
    ///
    /// - Throws: `ValidationError` where it is none.
    static func given(_ given: String?) throws -> String? {
        let setting = Setting("public-url")
        let url = try setting.value(given, default: "")
        if url.isEmpty { return nil }
        let isWellFormed =
            url.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            && ["http://", "https://"].contains { url.hasPrefix($0) && url.count > $0.count }
        guard isWellFormed else {
            throw ValidationError(
                """
                \(given == nil ? setting.variable : setting.option) is '\(url)', which is no address \
                such as https://tasks.example.com.
                """
            )
        }
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }
}
