import Recurrence
import Tasks
import Wording

/// The letter in HTML: one column that fits a phone, styled inline for readers that know nothing else,
/// and dark where the reader is.
extension NoticeLetter {
    var html: HTML {
        let content: HTML =
            isDigest ? digest : HTML(notice.tasks.map { letter(about: $0) })
        return """
            <!doctype html>
            <html lang="\(say.language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>\(words.subject)</title>
            <style>\(Self.style)</style>
            </head>
            <body class="ground" style="margin:0;padding:0;background:#f6f6f3;\(Self.font)">
            <div style="display:none;max-height:0;overflow:hidden">\(preview)</div>
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" \
            class="ground" style="background:#f6f6f3"><tr><td align="center" \
            style="padding:20px 12px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" \
            style="max-width:520px">
            <tr><td class="muted" style="padding:0 4px 10px;font-size:14px;font-weight:600;\
            color:#59605a">\(notice.locationName)</td></tr>
            <tr><td class="card" style="background:#ffffff;border:1px solid #dedfd8;\
            border-radius:12px;padding:22px 20px;color:#1c211d">
            \(content)
            </td></tr>
            <tr><td class="muted" style="padding:14px 4px 0;font-size:13px;line-height:1.5;\
            color:#59605a">\(footer)</td></tr>
            </table>
            </td></tr></table>
            </body>
            </html>

            """
    }

    /// What the list of mails shows behind the subject.
    private var preview: String {
        if isDigest { return notice.tasks.map(\.title).prefix(3).joined(separator: ", ") }
        return notice.tasks.first.map { task in
            [words.fullWhen(task), words.contact(of: task) ?? "", words.body(of: task)]
                .filter { !$0.isEmpty }.joined(separator: " · ")
        } ?? ""
    }

    private var footer: HTML {
        guard let refusalLink else { return "\(words.reason)" }
        return """
            \(words.reason) \(say(.linksAreYours))<br>\
            <a class="muted" href="\(refusalLink)" style="color:#59605a">\(say(.noMoreMails))</a>
            """
    }

    // MARK: A task

    private func letter(about task: NoticeTask) -> HTML {
        let isLate = words.isLate(task)
        let lead: HTML =
            isLate
            ? """
            <span class="late" style="background:#fbeae8;color:#a8231c;\(Self.chip)">\
            \(say(words.lead(of: task)))</span>
            """
            : """
            <span class="calm" style="background:#e2f0e9;color:#1b6a4d;\(Self.chip)">\
            \(say(words.lead(of: task)))</span>
            """
        let giver = task.assignedBy.map { name -> HTML in
            """
            <span class="muted" style="color:#59605a;font-size:14px">&nbsp; \
            \(say(.assigned(by: name)))</span>
            """
        }
        let body = words.body(of: task)
        let told: HTML =
            body.isEmpty
            ? ""
            : """
            <div style="margin:14px 0 0;font-size:16px;line-height:1.5;white-space:pre-line;\
            overflow-wrap:anywhere">\(body)</div>
            """
        return """
            <div style="margin:0 0 12px">\(lead)\(giver)</div>
            <h1 style="margin:0 0 6px;font-size:22px;line-height:1.3;font-weight:650;\
            overflow-wrap:anywhere">\(words.title(of: task))</h1>
            <div class="muted" style="font-size:16px;line-height:1.4;color:#59605a">\
            \(words.fullWhen(task))</div>
            \(contact(of: task))\(told)\(actions(for: task))
            """
    }

    private func contact(of task: NoticeTask) -> HTML {
        let number = task.contactPhone.map { written -> HTML in
            guard let number = PhoneNumber(written) else { return "\(written)" }
            return """
                <a class="link" href="tel:\(number.text)" style="color:#1b6a4d">\(written)</a>
                """
        }
        let parts = [task.contactName.map { "\($0)" as HTML }, number]
            .compactMap { $0 }.filter { !$0.isEmpty }
        if parts.isEmpty { return "" }
        return """
            <div style="margin:10px 0 0;font-size:16px;line-height:1.4">\
            \(parts.joined(by: " · "))</div>
            """
    }

    private func actions(for task: NoticeTask) -> HTML {
        guard let links else { return "" }
        var buttons: HTML = ""
        for (deed, phrase) in words.deeds(for: task) {
            guard let link = links.link(deed, task, in: notice) else { continue }
            let isMain = deed == .complete
            buttons +=
                isMain
                ? """
                <a class="main" href="\(link)" style="background:#1b6a4d;color:#ffffff;\
                border:1px solid #1b6a4d;\(Self.button)">\(say(phrase))</a>
                """
                : """
                <a class="other" href="\(link)" style="background:#ffffff;color:#1c211d;\
                border:1px solid #c9ccc4;\(Self.button)">\(say(phrase))</a>
                """
        }
        return """
            <div style="margin:20px 0 0">\(buttons)\
            <div style="padding:8px 0 0;text-align:center;font-size:15px">\
            <a class="link" href="\(links.page(of: task))" style="color:#1b6a4d">\
            \(say(.openTask))</a></div></div>
            """
    }

    // MARK: A digest

    private var digest: HTML {
        var content: HTML = """
            <h1 style="margin:0 0 4px;font-size:22px;line-height:1.3;font-weight:650">\
            \(say.dayOfYear(notice.localNow.date).capitalizedFirst)</h1>
            <div class="muted" style="font-size:16px;color:#59605a">\(words.counts)</div>
            """
        for (heading, tasks) in groups {
            let isLate = heading == .lateTasks
            content += """

                <h2 class="\("late-text", if: isLate)" style="margin:22px 0 2px;font-size:15px;\
                font-weight:650\(";color:#a8231c", if: isLate)">\(say(heading))</h2>
                \(HTML(tasks.map { row(about: $0) }))
                """
        }
        if notice.furtherTasks > 0 {
            content += """
                <div class="muted" style="padding:12px 0 0;font-size:15px;color:#59605a">\
                \(say(.furtherTasks(notice.furtherTasks)))</div>
                """
        }
        return content
    }

    private func row(about task: NoticeTask) -> HTML {
        let title: HTML =
            links.map { links in
                """
                <a class="text" href="\(links.page(of: task))" style="color:#1c211d;\
                text-decoration:none">\(words.title(of: task))</a>
                """
            } ?? "\(words.title(of: task))"
        let done = links?.link(.complete, task, in: notice).map { link -> HTML in
            """
            <td width="1" valign="middle" style="padding:10px 0 10px 10px">\
            <a class="other" href="\(link)" style="background:#ffffff;color:#1c211d;\
            border:1px solid #c9ccc4;border-radius:8px;padding:8px 12px;font-size:14px;\
            font-weight:600;text-decoration:none;white-space:nowrap;display:inline-block">\
            \(say(.done))</a></td>
            """
        }
        let facts = [shortWhen(task), task.contactName ?? ""].filter { !$0.isEmpty }
        return """
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" \
            class="line" style="border-bottom:1px solid #dedfd8"><tr>\
            <td valign="middle" style="padding:10px 0;overflow-wrap:anywhere">\
            <div style="font-size:16px;line-height:1.35;font-weight:600">\(title)</div>\
            <div class="muted" style="font-size:14px;line-height:1.4;color:#59605a">\
            \(facts.joined(separator: " · "))</div></td>\(done)</tr></table>

            """
    }

    // MARK: Style

    private static var font: HTML {
        "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"
    }
    private static var chip: HTML {
        "border-radius:999px;padding:3px 10px;font-size:13px;font-weight:600;white-space:nowrap"
    }
    private static var button: HTML {
        """
        display:block;border-radius:8px;padding:12px 14px;margin:0 0 8px;font-size:16px;\
        font-weight:600;text-align:center;text-decoration:none
        """
    }

    /// What differs in the dark, in the colours of the page.
    private static var style: HTML {
        """
        @media (prefers-color-scheme: dark) {
        .ground { background: #121513 !important; }
        .card { background: #1a1e1b !important; border-color: #30362f !important; \
        color: #e7eae6 !important; }
        .text { color: #e7eae6 !important; }
        .muted { color: #a5ada4 !important; }
        .link { color: #7bd1a7 !important; }
        .line { border-color: #30362f !important; }
        .main { background: #7bd1a7 !important; border-color: #7bd1a7 !important; \
        color: #0c1f16 !important; }
        .other { background: #222723 !important; border-color: #3d453c !important; \
        color: #e7eae6 !important; }
        .calm { background: #1c3a2d !important; color: #7bd1a7 !important; }
        .late { background: #3d1f1c !important; color: #ff9f95 !important; }
        .late-text { color: #ff9f95 !important; }
        }
        """
    }
}
