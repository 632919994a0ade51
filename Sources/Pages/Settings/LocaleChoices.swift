import Wording

/// The languages and regions, and the zones, that people choose from.
enum LocaleChoices {
    /// Language tags with their names, each in its own language.
    static let locales: [(value: String, text: String)] = [
        ("en-US", "English (United States)"), ("en-GB", "English (United Kingdom)"),
        ("en-AU", "English (Australia)"), ("en-CA", "English (Canada)"),
        ("en-IN", "English (India)"), ("en-IE", "English (Ireland)"),
        ("en-NZ", "English (New Zealand)"), ("en-ZA", "English (South Africa)"),
        ("es-ES", "Español (España)"), ("es-MX", "Español (México)"),
        ("es-US", "Español (Estados Unidos)"), ("es-AR", "Español (Argentina)"),
        ("es-CL", "Español (Chile)"), ("es-CO", "Español (Colombia)"),
        ("es-CR", "Español (Costa Rica)"), ("es-DO", "Español (República Dominicana)"),
        ("es-EC", "Español (Ecuador)"), ("es-GT", "Español (Guatemala)"),
        ("es-PA", "Español (Panamá)"), ("es-PE", "Español (Perú)"),
        ("es-PR", "Español (Puerto Rico)"), ("es-UY", "Español (Uruguay)"),
        ("es-VE", "Español (Venezuela)"),
    ]

    /// The zones as a list that a field searches; what is shown beside a name is the place.
    static func zoneList(_ names: [String], id: String) -> HTML {
        let options = names.map { name -> HTML in
            let place = name.split(separator: "/").last ?? ""
            return #"<option value="\#(name)">\#(place.replacing("_", with: " "))</option>"#
        }
        return #"<datalist id="\#(id)">\#(options)</datalist>"#
    }
}
