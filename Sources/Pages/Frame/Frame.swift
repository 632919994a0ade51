import HTTPTypes
import Hummingbird
import Tasks
import Wording

/// What stands around every view.
struct Frame: Sendable {
    let assets: AssetLibrary

    /// A page for somebody who is signed in.
    func page(_ view: View, for visit: Visit, of location: String) -> HTML {
        let say = visit.say
        return document(
            title: "\(view.title) · \(location)",
            language: say.language,
            """
            <body hx-target="#view" hx-select="#view" hx-swap="outerHTML" \
            hx-select-oob="#toasts" data-live="/live?after=\(visit.cursor.percentEncoded)">
            <a class="skip" href="#view">\(say(.skipToContent))</a>
            <div class="frame">
            <header class="side">
            <p class="brand"><span class="leaf" aria-hidden="true"></span>\(location)</p>
            \(navigation(view, for: visit))
            <div class="foot">
            <button type="button" class="plain keys scripted" data-keys>\(say(.keys)) \
            <kbd>?</kbd></button>
            <form method="post" action="/sign-out">\(visit.formFields)\
            <button class="plain">\(say(.signOut))</button></form>
            </div>
            </header>
            <div class="body">
            \(addLine(for: visit))
            <p class="connection" role="status" id="connection" \
            data-lost="\(say(.connectionLost))" data-changed="\(say(.othersChanged))" \
            data-show="\(say(.showChanges))"></p>
            <main id="view" tabindex="-1">
            \(view.content)
            </main>
            </div>
            </div>
            \(toasts(for: visit))
            <dialog id="sheet" class="sheet"></dialog>
            \(KeyHelp(say: say).dialog)
            </body>
            """
        )
    }

    /// A page for somebody who is not.
    func publicPage(title: String, _ say: ReaderLocale, _ content: HTML) -> HTML {
        document(
            title: "\(title) · Perennial",
            language: say.language,
            """
            <body class="public">
            <main id="view" tabindex="-1">
            <p class="brand"><span class="leaf" aria-hidden="true"></span>Perennial</p>
            \(content)
            </main>
            </body>
            """
        )
    }

    /// A page without scripts, for somebody who followed a link of a reminder.
    func linkPage(title: String, of location: String, _ say: ReaderLocale, _ content: HTML) -> HTML
    {
        document(
            title: "\(title) · \(location)",
            language: say.language,
            head: "",
            """
            <body class="public link">
            <main id="view">
            <p class="brand"><span class="leaf" aria-hidden="true"></span>\(location)</p>
            \(content)
            </main>
            </body>
            """
        )
    }

    private func document(title: String, language: ReaderLanguage, _ body: HTML) -> HTML {
        document(
            title: title,
            language: language,
            head: """
                <meta name="htmx-config" content='\(Self.htmxSettings)'>
                <script src="\(assets.scriptPath)" defer></script>

                """,
            body
        )
    }

    private func document(
        title: String,
        language: ReaderLanguage,
        head: HTML,
        _ body: HTML
    ) -> HTML {
        """
        <!doctype html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title)</title>
        <link rel="stylesheet" href="\(assets.stylePath)">
        <link rel="icon" href="\(assets.icon)" type="image/svg+xml">
        \(head)</head>
        \(body)
        </html>

        """
    }

    /// Nothing that the security policy forbids, and no history kept in the browser's storage.
    private static let htmxSettings: HTML = """
        {"allowEval":false,"includeIndicatorStyles":false,"historyCacheSize":0,\
        "selfRequestsOnly":true,"scrollIntoViewOnBoost":false,\
        "attributesToSettle":["class"],"defaultSettleDelay":0}
        """

    private func navigation(_ view: View, for visit: Visit) -> HTML {
        let places = Place.allCases.filter { place in
            switch place {
            case .team: visit.principal.role >= .manager
            case .admin: visit.principal.role >= .admin
            default: true
            }
        }
        let links = places.map { place -> HTML in
            """
            <li\(#" class="beyond""#, if: place.isBeyond)>\(link(to: place, from: view, visit.say))</li>
            """
        }
        // Where there is little room, the rest opens from a button.
        let rest = places.filter(\.isBeyond)
        let isThere = rest.contains { $0 == view.place }
        let further = rest.map { place -> HTML in
            "<li>\(link(to: place, from: view, visit.say))</li>"
        }
        return """
            <nav aria-label="\(visit.say(.main))"><ul>\(links)\
            <li class="rest"><details class="menu"><summary\(#" class="current""#, if: isThere)>\
            \(Icon.more.markup)<span>\(visit.say(.more))</span></summary>\
            <ul>\(further)</ul></details></li></ul></nav>
            """
    }

    private func link(to place: Place, from view: View, _ say: ReaderLocale) -> HTML {
        """
        <a href="\(place.path)"\(#" aria-current="page""#, if: place == view.place)>\
        \(place.icon.markup)<span>\(say(place.phrase))</span></a>
        """
    }

    private func addLine(for visit: Visit) -> HTML {
        let say = visit.say
        return """
            <form class="add" method="post" action="/add" hx-post="/add" id="add" \
            aria-label="\(say(.addTask))">
            \(visit.formFields)
            <div class="line">
            \(Icon.plus.markup)
            <input name="text" id="add-text" aria-label="\(say(.addTask))" \
            placeholder="\(say(.addTask))" autocomplete="off" maxlength="500" \
            aria-describedby="add-understood" hx-post="/add/understood" \
            hx-trigger="input changed delay:150ms" hx-target="#add-understood" \
            hx-select="unset" hx-select-oob="unset" hx-swap="innerHTML" hx-sync="this:replace">
            <a class="plain" href="/add">\(say(.fullForm))</a>
            <button>\(say(.add))</button>
            </div>
            <div class="understood" id="add-understood" role="status"></div>
            </form>
            """
    }

    private func toasts(for visit: Visit) -> HTML {
        guard let notice = visit.notice else {
            return #"<div id="toasts" class="toasts" role="status"></div>"#
        }
        var undo: HTML = ""
        if !notice.changeNumbers.isEmpty {
            let numbers = notice.changeNumbers.map(String.init).joined(separator: "-")
            let path = "/undo/\(numbers)"
            undo = """
                <form method="post" action="\(path)" hx-post="\(path)">\(visit.formFields)\
                <button>\(visit.say(.undo))</button></form>
                """
        }
        return """
            <div id="toasts" class="toasts" role="status">\
            <div class="toast\(" failure", if: notice.isFailure)"><p>\(notice.text)</p>\(undo)\
            </div></div>
            """
    }
}

extension Visit {
    /// What every form carries: the session's token, and where it stands.
    var formFields: HTML {
        formFields(back: request.method == .get && !query.has("back") ? ownPath : returnPath)
    }

    /// What a form carries that leads to another place.
    func formFields(back: String) -> HTML {
        """
        <input type="hidden" name="csrf" value="\(formToken)">\
        <input type="hidden" name="back" value="\(back)">
        """
    }
}
