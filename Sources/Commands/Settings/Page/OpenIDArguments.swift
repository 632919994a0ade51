import ArgumentParser
import Foundation
import OpenID

/// The provider of OpenID Connect by which people may sign in to the page.
struct OpenIDArguments: ParsableArguments {
    @Option(
        name: .customLong("oidc-issuer"),
        help: ArgumentHelp(
            """
            A provider of OpenID Connect by which people sign in to the page whose verified address the \
            directory knows, such as https://accounts.example.com; needs --public-url, to which \
            /sign-in/openid is added as the redirect address. PERENNIAL_OIDC_ISSUER.
            """,
            valueName: "url"
        )
    )
    var issuer: String?

    @Option(
        name: .customLong("oidc-client-id"),
        help: ArgumentHelp(
            "What the provider knows this server by. PERENNIAL_OIDC_CLIENT_ID.",
            valueName: "name"
        )
    )
    var clientID: String?

    @Option(
        name: .customLong("oidc-secret-file"),
        help: ArgumentHelp(
            """
            The file with the secret that the provider gave; none for a public client. \
            PERENNIAL_OIDC_SECRET_FILE.
            """,
            valueName: "path"
        )
    )
    var secretFile: String?

    /// What the provider knows this server by; none where there is no provider.
    ///
    /// - Throws: `ValidationError` where the settings are not complete, or the file cannot be read.
    func terms(publicURL: String?) throws -> OpenIDTerms? {
        let issuer = try Setting("oidc-issuer").value(issuer, default: "")
        let clientID = try Setting("oidc-client-id").value(clientID, default: "")
        if issuer.isEmpty { return nil }
        if clientID.isEmpty { throw ValidationError("--oidc-issuer needs --oidc-client-id.") }
        if publicURL == nil { throw ValidationError("--oidc-issuer needs --public-url.") }
        let secret = try secret()
        do {
            return try OpenIDTerms(issuer: issuer, clientID: clientID, clientSecret: secret)
        } catch {
            throw ValidationError("--oidc-issuer cannot be '\(issuer)', only https://….")
        }
    }

    private func secret() throws -> String? {
        let path = try Setting("oidc-secret-file").value(secretFile, default: "")
        if path.isEmpty { return nil }
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(data: data, encoding: .utf8)
        else { throw ValidationError("The provider's secret file \(path) cannot be read.") }
        // An editor may add the end of a line.
        return text.trimmingCharacters(in: .newlines)
    }
}
