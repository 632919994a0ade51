/// Public IDs: the names of 20 characters `[A-Za-z0-9]` that locations, users and contacts have in
/// public.
package enum PublicID {
    /// How many characters a name has.
    package static let length = 20

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8
    )

    /// Tells whether a text could be such a name.
    package static func isWellFormed(_ text: String) -> Bool {
        text.utf8.count == length && text.utf8.allSatisfy(alphabet.contains)
    }

    /// Makes a name of random bytes.
    ///
    /// The closure returns as many bytes as it is asked for.
    ///
    /// Each of the 62 to the power of 20 names is equally likely.
    package static func random(from randomBytes: (Int) -> [UInt8]) -> String {
        var characters: [UInt8] = []
        while characters.count < length {
            // 248 is the largest multiple of 62 in a byte, so each character is equally likely.
            let fair = randomBytes(length).filter { $0 < 248 }
            characters += fair.map { alphabet[Int($0) % alphabet.count] }
        }
        return String(decoding: characters.prefix(length), as: UTF8.self)
    }
}
