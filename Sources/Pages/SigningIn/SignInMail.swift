package import Tasks
import Wording

/// A mail with a link that signs somebody in.
package struct SignInMail: Hashable, Sendable {
    package let userID: Identifier<User>
    /// The address of the user, as the directory has it.
    package let address: String
    package let name: String
    package let subject: String
    package let plain: String
    package let html: String

    init(to holder: AddressHolder, link: String, in language: ReaderLanguage) {
        let say = ReaderLocale(tag: holder.locale ?? language.rawValue)
        userID = holder.userID
        address = holder.address
        name = holder.name
        subject = say(.mailSubject(holder.locationName))
        let hello = say(.mailHello(holder.name))
        let explained = say(.mailExplained(holder.locationName))
        let warning = say(.mailWarning)
        plain = "\(hello)\n\n\(explained)\n\n\(link)\n\n\(warning)\n"
        let markup: HTML = """
            <!doctype html><html lang="\(say.language.rawValue)"><body>
            <p>\(hello)</p><p>\(explained)</p>
            <p><a href="\(link)">\(say(.signIn))</a></p>
            <p>\(link)</p><p>\(warning)</p></body></html>

            """
        html = markup.text
    }
}

/// What mails say by which people sign in.
extension Phrase {
    fileprivate static func mailSubject(_ location: String) -> Phrase {
        Phrase("Sign in to \(location)", "Iniciar sesión en \(location)")
    }
    fileprivate static func mailHello(_ name: String) -> Phrase {
        Phrase("Hello \(name),", "Hola, \(name):")
    }
    fileprivate static func mailExplained(_ location: String) -> Phrase {
        Phrase(
            "This link signs you in to \(location). It holds for 15 minutes, and once:",
            "Este enlace inicia su sesión en \(location). Dura 15 minutos y sirve una sola vez:"
        )
    }
    fileprivate static let mailWarning = Phrase(
        "If you did not ask for it, you need not do anything.",
        "Si no lo ha pedido, no tiene que hacer nada."
    )
}
