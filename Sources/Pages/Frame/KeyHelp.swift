import Wording

/// The overlay that lists the keys.
struct KeyHelp {
    let say: ReaderLocale

    /// A row for each key.
    var rows: [HTML] {
        Self.keys.map { key -> HTML in
            let names = key.names.map { name -> HTML in "<kbd>\(name)</kbd>" }
            return "<div><dt>\(names.joined(by: " "))</dt><dd>\(say(key.phrase))</dd></div>"
        }
    }

    var dialog: HTML {
        """
        <dialog id="keys" class="sheet" aria-labelledby="keys-title">
        <form method="dialog"><h2 id="keys-title">\(say(.keys))</h2>
        <dl class="keylist">\(rows)</dl>
        <button>\(say(.close))</button></form>
        </dialog>
        """
    }

    private static let keys: [(names: [String], phrase: Phrase)] = [
        (["j", "k"], Phrase("Next, previous task", "Tarea siguiente, anterior")),
        (["x"], Phrase("Select", "Seleccionar")),
        (["c"], .complete),
        (["s"], .skip),
        (["p"], .postpone),
        (["e"], .edit),
        (["u"], .undo),
        (["n"], .addTask),
        (["/"], .search),
        (["g", "t"], .today),
        (["g", "c"], .calendar),
        (["g", "b"], .board),
        (["g", "s"], .series),
        (["[", "]"], Phrase("Earlier, later in the calendar", "Antes, después en el calendario")),
        (
            ["←", "→", "↑", "↓"],
            Phrase("From day to day in the calendar", "De día en día en el calendario")
        ),
        (["Enter"], Phrase("Open that day or task", "Abrir ese día o esa tarea")),
        (["?"], .keys),
    ]
}
