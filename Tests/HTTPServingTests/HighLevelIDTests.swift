import HTTPServing
import Tasks
import TestSupport
import Testing

@Suite struct HighLevelIDTests {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    )

    private static let numbers: [Int64] = [1, 2, 3, 61, 62, 1000, 1 << 32, (1 << 53) - 1]

    // Clients store these names, so they must never change.
    @Test(arguments: [
        (1, "CDoz6z8KP1IXulJWvQP5"), (2, "RTLbflLwyVUDJvY7z56Y"), (1001, "IQmehP9gcxqFK6el2umB"),
        ((1 << 53) - 1, "QMMkWp37pRhT6h3RfYrU"),
    ])
    func `a number has the name that it always had`(number: Int64, text: String) {
        #expect(HighLevelID(number).text == text)
    }

    @Test(arguments: numbers)
    func `a name is 20 letters and digits and reads back`(number: Int64) {
        let text = HighLevelID(number).text
        #expect(text.count == 20 && text.allSatisfy(Self.alphabet.contains), "\(text)")
        #expect(PublicID.isWellFormed(text))
        #expect(HighLevelID(parsing: text)?.number == number)
        #expect(Identifier<TaskInstance>(highLevel: text)?.rawValue == number)
        #expect(Identifier<TaskInstance>(number).highLevel == text)
    }

    @Test(arguments: 1...20)
    func `every random number's name reads back`(seed: Int) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let number = Int64.random(in: 1...Identifier<Any>.largest, using: &random)
            #expect(HighLevelID(parsing: HighLevelID(number).text)?.number == number)
        }
    }

    @Test func `neighbours have names that look nothing alike`() {
        let texts = (1...1000).map { Array(HighLevelID($0).text) }
        #expect(Set(texts).count == 1000)
        for (left, right) in zip(texts, texts.dropFirst()) {
            let alike = zip(left, right).filter { $0 == $1 }.count
            #expect(alike <= 6, "\(String(left)) \(String(right))")
        }
    }

    @Test(arguments: [1, 77, (1 << 53) - 1] as [Int64])
    func `a name with one other character is refused`(number: Int64) {
        let text = Array(HighLevelID(number).text)
        for position in text.indices {
            for character in Self.alphabet where character != text[position] {
                var mistyped = text
                mistyped[position] = character
                #expect(HighLevelID(parsing: String(mistyped)) == nil, "\(String(mistyped))")
            }
        }
    }

    @Test(arguments: 1...50)
    func `a name with two characters exchanged is refused`(number: Int64) {
        let text = Array(HighLevelID(number).text)
        for left in text.indices {
            for right in text.indices.dropFirst(left + 1) where text[left] != text[right] {
                var mistyped = text
                mistyped.swapAt(left, right)
                #expect(HighLevelID(parsing: String(mistyped)) == nil, "\(String(mistyped))")
            }
        }
    }

    @Test(arguments: [
        "", "1", "sx6wyHhbFdRXh302Lunr", "00000000000000000000", "99999999999999999999",
        "AAAAAAAAAAAAAAAAAAAA", "6a102435124ecfb348bd5511", "äxöwyHhbFdRXh302Lu",
        "sx6wyHhbFdRXh302Lun-", "sx6wyHhbFdRXh302Lunr ", "\u{0}x6wyHhbFdRXh302Lunr",
    ])
    func `another text is no name`(text: String) {
        #expect(HighLevelID(parsing: text) == nil)
    }

    @Test func `a name with a character more or less is refused`() {
        let text = HighLevelID(5).text
        #expect(HighLevelID(parsing: text + "A") == nil)
        #expect(HighLevelID(parsing: String(text.dropLast())) == nil)
        #expect(HighLevelID(parsing: "A" + text) == nil)
    }
}
