import Wording

/// What stands around every view, and the words that many views have.
extension Phrase {
    static let calendar = Phrase("Calendar", "Calendario")
    static let board = Phrase("Board", "Tablero")
    static let series = Phrase("Series", "Series")
    static let search = Phrase("Search", "Buscar")
    static let settings = Phrase("Settings", "Ajustes")
    static let team = Phrase("Team", "Equipo")
    static let admin = Phrase("Admin", "Administración")
    static let main = Phrase("Main", "Principal")
    static let skipToContent = Phrase("Skip to content", "Ir al contenido")
    static let signOut = Phrase("Sign out", "Cerrar sesión")
    static let keys = Phrase("Keyboard shortcuts", "Atajos de teclado")
    static let close = Phrase("Close", "Cerrar")
    static let cancel = Phrase("Cancel", "Cancelar")
    static let save = Phrase("Save", "Guardar")
    static let undo = Phrase("Undo", "Deshacer")
    static let undone = Phrase("Undone.", "Deshecho.")
    static let more = Phrase("More", "Más")
    static let back = Phrase("Back", "Volver")
    static let all = Phrase("All", "Todos")
    static let me = Phrase("Me", "Yo")
    static let nobody = Phrase("Nobody", "Nadie")
    static let none = Phrase("None", "Ninguno")
    static let now = Phrase("now", "ahora")
    static let updates = Phrase("Updates", "Novedades")

    static let connectionLost = Phrase(
        "Connection lost. What you do waits and is sent once.",
        "Sin conexión. Lo que haga espera y se envía una sola vez."
    )
    static let othersChanged = Phrase(
        "Something changed meanwhile.",
        "Algo cambió mientras tanto."
    )
    static let showChanges = Phrase("Show it", "Mostrarlo")

    // MARK: Failures

    static let notFoundTitle = Phrase("Nothing is here", "Aquí no hay nada")
    static let notFound = Phrase(
        "There is no such page, or you may not see it.",
        "No existe esa página, o no puede verla."
    )
    static let refusedTitle = Phrase("That did not work", "No ha funcionado")
    static let unavailable = Phrase(
        "The server cannot answer at the moment. Try again in a little while.",
        "El servidor no puede responder ahora. Inténtelo dentro de un momento."
    )
    static let staleForm = Phrase(
        "The form was open for too long, or came from elsewhere. Nothing was changed.",
        "El formulario llevaba abierto demasiado tiempo o venía de otro sitio. No se cambió nada."
    )
    static let forbidden = Phrase(
        "Your role does not allow that.",
        "Su función no lo permite."
    )

    static let tooMany = Phrase(
        "That was too much at once. Try again in a little while.",
        "Demasiadas peticiones a la vez. Inténtelo dentro de un momento."
    )
}

/// What is said to who signs in.
extension Phrase {
    static let signIn = Phrase("Sign in", "Iniciar sesión")
    static let signInWithLink = Phrase(
        "You opened a link that signs you in, once.",
        "Ha abierto un enlace que inicia su sesión una sola vez."
    )
    static let signInByMail = Phrase(
        "A link that signs you in comes to the address that your colleagues know of you.",
        "El enlace para iniciar la sesión llega al correo que su oficina tiene de usted."
    )
    static let sendLink = Phrase("Send me a link", "Enviarme un enlace")
    static let signInSent = Phrase(
        "If that address is known here, a link is on its way to it. It holds for 15 minutes.",
        "Si aquí se conoce esa dirección, le llegará un enlace. Dura 15 minutos."
    )
    static func signInBy(_ provider: String) -> Phrase {
        Phrase("Sign in with \(provider)", "Iniciar sesión con \(provider)")
    }
    static let signInRefused = Phrase(
        "That did not sign you in. Perhaps the address that you have there is not known here.",
        "No se ha podido iniciar la sesión. Quizá aquí no se conoce el correo que usa allí."
    )
    static let signInAsWho = Phrase(
        "Whoever was signed in before in this browser is signed out.",
        "Quien tuviera la sesión abierta en este navegador la perderá."
    )
    static let signInExplained = Phrase(
        "This page opens with a link that holds once. Ask your administrator for one.",
        "Esta página se abre con un enlace de un solo uso. Pídaselo a su administrador."
    )
    static let signInByCommand = Phrase(
        "Whoever runs the server makes one with",
        "Quien administra el servidor lo crea con"
    )
    static let signInLinkUsed = Phrase(
        "That link is not in force any more: it holds for 15 minutes, and once.",
        "Ese enlace ya no es válido: dura 15 minutos y sirve una sola vez."
    )
    static let signedOut = Phrase("You are signed out.", "Ha cerrado la sesión.")
}
