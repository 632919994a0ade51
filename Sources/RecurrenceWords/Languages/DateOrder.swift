/// Which number of `3/4/2027` is the month.
public enum DateOrder: Hashable, Sendable {
    /// 4 March, as in the United States.
    case monthFirst
    /// 3 April, as almost everywhere else.
    case dayFirst

    /// The order of a locale, such as `en-US` or `de_AT`.
    ///
    /// Returns nothing for a locale whose people write dates otherwise or in several ways, such as
    /// `en-CA`, and for English without a region.
    public init?(locale: String) {
        let parts = locale.split { $0 == "-" || $0 == "_" }
        let region = parts.dropFirst().first { $0.utf8.count == 2 }?.uppercased()
        let language = parts.first?.lowercased()
        switch (language, region) {
        case ("en"?, "US"?), ("en"?, "PH"?), ("en"?, "PR"?), ("es"?, "PA"?), ("es"?, "PR"?):
            self = .monthFirst
        case (nil, _), ("en"?, nil), (_, "CA"?), (_, "ZA"?): return nil
        default: self = .dayFirst
        }
    }
}
