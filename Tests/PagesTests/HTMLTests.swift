import Testing
import Wording

struct HTMLTests {
    @Test(arguments: [
        ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"), (#"" onclick="x"#, "&quot; onclick=&quot;x"),
        ("it's", "it&#39;s"), ("\u{0}", "\u{FFFD}"), ("Zoë 🦊 \u{202E}", "Zoë 🦊 \u{202E}"),
    ])
    func `what is put into markup is escaped`(text: String, escaped: String) {
        let markup: HTML = #"<a title="\#(text)">\#(text)</a>"#
        #expect(markup.text == #"<a title="\#(escaped)">\#(escaped)</a>"#)
    }

    @Test func `markup in markup stands as it is`() {
        let inner: HTML = "<b>\("<")</b>"
        let outer: HTML = "<p>\(inner)\([inner, inner])\(" hidden", if: false)</p>"
        #expect(outer.text == "<p><b>&lt;</b><b>&lt;</b><b>&lt;</b></p>")
    }
}
