import Recurrence
package import Tasks

extension SQLDirectoryStore {
    package func holders(
        ofAddress address: String,
        upTo limit: Int
    ) async throws -> [AddressHolder] {
        let arguments: SQLArguments = [
            "address": .text(address.lowercased()), "limit": .integer(limit),
        ]
        return try await database.read { [unreadableRows = database.unreadableRows] connection in
            try connection.readableRows(
                Self.holdersOfAddress,
                arguments,
                telling: unreadableRows
            ) { row in
                do throws(UnreadableValue) {
                    return AddressHolder(
                        userID: try row.identifier(0),
                        name: try row.text(1, lengths: .names),
                        address: try row.text(2, lengths: .names),
                        locale: try row.optionalText(3, lengths: .locales),
                        locationName: try row.text(4, lengths: .names)
                    )
                } catch {
                    throw UnreadableRow(error, of: "member", key: address)
                }
            }.values
        }
    }

    private static var holdersOfAddress: SQLStatement {
        SQLStatement(
            """
            SELECT member.userID, member.name, member.email, member.locale, location.name
            FROM member
            JOIN location ON location.shard = member.shard
                AND location.locationID = member.locationID
            WHERE LOWER(member.email) = :address AND member.deletedAt IS NULL
                AND location.deletedAt IS NULL
            ORDER BY member.userID LIMIT :limit
            """
        )
    }
}
