import CPostgreSQL

/// Where a PostgreSQL database is and how it is reached, as libpq reads it.
///
/// It holds a password if the text has one, and does not show it.
package struct PostgreSQLURL: Hashable, Sendable {
    /// The whole text, for libpq alone.
    let text: String

    /// The hosts with their ports, and the database; without a user and a password.
    package let description: String

    /// Reads a URL, such as `postgres://user@host:5432/name?sslmode=verify-full`.
    ///
    /// All of libpq's parameters can be given; several hosts are separated by commas.
    ///
    /// - Returns: None where libpq cannot read it. What libpq says about it is left out, since it
    ///   may quote the password.
    package init?(_ text: String) {
        guard Self.isURL(text), let options = Self.options(of: text) else { return nil }
        self.text = text
        let hosts = Self.list(options["host"] ?? options["hostaddr"])
        let ports = Self.list(options["port"])
        let places = hosts.enumerated().map { index, host in
            let port = ports.count == 1 ? ports.first : index < ports.count ? ports[index] : nil
            guard let port, !port.isEmpty else { return host }
            return "\(host):\(port)"
        }
        description = "postgres://\(places.joined(separator: ","))/\(options["dbname"] ?? "")"
    }

    /// The URL with one more parameter.
    ///
    /// - Parameters:
    ///   - name: The parameter, as libpq knows it.
    ///   - value: Its value, which is not encoded yet.
    /// - Returns: The URL; none if libpq does not know the parameter.
    package func adding(_ name: String, _ value: String) -> PostgreSQLURL? {
        let encoded = value.utf8.map { byte in
            let isPlain = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
            let hexadecimal = String(byte, radix: 16)
            return isPlain
                ? String(Unicode.Scalar(byte)) : byte < 16 ? "%0\(hexadecimal)" : "%\(hexadecimal)"
        }
        return PostgreSQLURL(
            text + (text.contains("?") ? "&" : "?") + name + "=" + encoded.joined()
        )
    }

    /// Whether a text names a PostgreSQL database and not a file.
    package static func isURL(_ text: String) -> Bool {
        ["postgres://", "postgresql://"].contains(where: text.hasPrefix)
    }

    private static func list(_ text: String?) -> [String] {
        (text ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    /// The options that a URL sets, by their names.
    private static func options(of text: String) -> [String: String]? {
        guard let options = unsafe PQconninfoParse(text, nil) else { return nil }
        defer { unsafe PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = unsafe options
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe values[String(cString: keyword)] = String(cString: value)
            }
            unsafe option += 1
        }
        return values
    }
}

extension PostgreSQLURL: CustomStringConvertible {}
