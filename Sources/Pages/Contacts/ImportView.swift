import JSON
import Wording

/// How contacts are taken over from a table: the file, what it would do, and what it did.
struct ImportView: OfficePage {
    let visit: Visit
    var area: OfficeArea { .contacts }

    private var path: String { area.path + "/import" }
    /// How many rows of each kind are shown.
    private static let shownLimit = 100

    /// Tells what a file would do, or takes it over.
    func act() async throws -> Outcome {
        // As it is, since a blank may be a column without a name.
        let hasFile = visit.form.said("file") != nil
        let text = visit.form[hasFile ? "file" : "table"] ?? ""
        var plan = ContactImport(visit: visit)
        try await plan.plan(text)
        if let fault = plan.fault { return .view(form(fault)) }
        guard visit.form.has("go") else { return .view(preview(plan, text)) }
        try await plan.carryOut()
        return .view(done(plan))
    }

    /// The form of a file.
    func form(_ fault: Phrase? = nil) -> View {
        var faults = FieldFaults()
        if let fault { faults.note("file", say(fault)) }
        let fields = FormFields(say: say, name: "import", faults: faults)
        let file = fields.field("file", .file, hint: "\(say(.fileHint(ContactImport.rowLimit)))") {
            attributes in
            #"<input type="file"\#(attributes) accept=".csv,.tsv,.txt,text/csv">"#
        }
        let table = fields.field("table", .orPaste, isWhole: true) { attributes in
            #"<textarea\#(attributes) rows="6" spellcheck="false"></textarea>"#
        }
        let columns = ContactColumns.Column.allCases.map { column -> HTML in
            #"<li class="chip">\#(say(column.phrase))</li>"#
        }
        return area.page(
            visit,
            title: say(.importContacts),
            card(
                nil,
                """
                <p>\(say(.importExplained))</p><ul class="chips">\(columns)</ul>
                <form class="edit" method="post" action="\(path)" enctype="multipart/form-data">\
                \(visit.formFields(back: path))<div class="fields">\(file)\(table)</div>
                <p class="row end"><button class="main">\(say(.showWhatChanges))</button></p></form>
                """
            )
        )
    }

    // MARK: What it would do

    private func preview(_ plan: ContactImport, _ text: String) -> View {
        let work = plan.created.count + plan.changed.count
        let go: HTML =
            work == 0
            ? .none
            : """
            <form method="post" action="\(path)" enctype="multipart/form-data">\
            \(visit.formFields(back: path))<textarea name="table" hidden>\n\(text)</textarea>\
            <input type="hidden" name="go" value="1">\
            <button class="main">\(say(.takeOver(work)))</button></form>
            """
        return area.page(
            visit,
            title: say(.importContacts),
            """
            \(card(.whatWouldChange, """
                \(counts(plan))\(leftOut(plan))<div class="row">\(go)\
                <a class="button" href="\(path)">\(say(.otherFile))</a></div>
                """))
            \(tables(plan))
            """
        )
    }

    private func done(_ plan: ContactImport) -> View {
        area.page(
            visit,
            title: say(.importContacts),
            """
            \(card(.importDone, """
                <div role="status">\(counts(plan))</div>
                <p class="row"><a class="button main" href="\(area.path)">\(say(.contacts))</a>\
                <a class="button" href="\(path)">\(say(.otherFile))</a></p>
                """))
            \(tables(plan, refusedAlone: true))
            """
        )
    }

    private func counts(_ plan: ContactImport) -> HTML {
        let counts: [(Int, Phrase, StaticString)] = [
            (plan.created.count, .fateCreated, "when"), (plan.changed.count, .fateChanged, "warm"),
            (plan.sameCount, .fateSame, ""), (plan.refused.count, .fateRefused, "late"),
        ]
        let items = counts.map { count, phrase, kind -> HTML in
            """
            <li><strong class="big">\(count)</strong> \
            <span class="chip \(kind.description)">\(say(phrase))</span></li>
            """
        }
        return #"<ul class="numbers">\#(items)</ul>"#
    }

    private func leftOut(_ plan: ContactImport) -> HTML {
        if plan.unknownColumns.isEmpty { return .none }
        let names = plan.unknownColumns.prefix(20).map { String($0.prefix(60)) }
        return """
            <p class="muted">\(say(.columnsLeftOut)) \(names.joined(separator: ", "))</p>
            """
    }

    /// The rows, of each kind as many as one looks at: those first that need somebody.
    private func tables(_ plan: ContactImport, refusedAlone: Bool = false) -> HTML {
        var parts = [table(.fateRefused, plan.refused)]
        if !refusedAlone {
            parts += [table(.fateChanged, plan.changed), table(.fateCreated, plan.created)]
        }
        return HTML(parts)
    }

    private func table(_ phrase: Phrase, _ lines: [ContactImport.Line]) -> HTML {
        if lines.isEmpty { return .none }
        let rows = lines.prefix(Self.shownLimit).map { line -> HTML in
            """
            <tr><td>\(line.number)</td><th scope="row">\(line.name)</th>\
            <td>\(details(of: line))</td></tr>
            """
        }
        let more = lines.count - rows.count
        let rest: HTML =
            more > 0 ? #"<p class="muted">\#(say(.andMore(more)))</p>"# : .none
        let title = say(phrase).capitalizedFirst
        return """
            <section class="card"><h2>\(title) <span class="count">\(lines.count)</span></h2>
            <div class="scroll plain" tabindex="0" role="region" aria-label="\(title)">\
            <table class="ledger"><thead><tr><th scope="col">\(say(.lineOfFile))</th>\
            <th scope="col">\(say(.contact))</th><th scope="col">\(say(.details))</th></tr></thead>\
            <tbody>\(rows)</tbody></table></div>\(rest)</section>
            """
    }

    private func details(of line: ContactImport.Line) -> HTML {
        if case .refused(let reason) = line.fate {
            return #"<span class="late">\#(reason)</span>"#
        }
        let parts = line.members.members.map { member -> HTML in
            let value = member.value.string ?? ""
            if member.name == "ownerId" { return "<span>\(say(.owner)): \(line.owner)</span>" }
            let former = line.former[member.name] ?? ""
            if former.isEmpty { return "<span>\(value)</span>" }
            return "<span><del>\(former)</del> → \(value)</span>"
        }
        return #"<span class="meta">\#(parts.joined(by: " "))</span>"#
    }
}
