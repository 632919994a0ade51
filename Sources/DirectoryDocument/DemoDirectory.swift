/// The directory of the demo: a small real estate office.
package enum DemoDirectory {
    /// The location's name.
    package static let location = "ve9EPM428h8vShlRW1KT"

    /// The user whom the demo's own token is issued to.
    package static let userID: Int64 = 1

    /// The document that makes the directory.
    ///
    /// Tokens are issued separately.
    ///
    /// All users are in one team whose members share their work, so user 1 may assign tasks to all
    /// and see every contact. The zone of user 1 is UTC, so a time with the offset `Z` and a time
    /// without an offset mean the same. User 10 has a zone of its own; the others have the
    /// office's.
    package static let document = """
        {
          "locations": [
            {"id": "ve9EPM428h8vShlRW1KT", "name": "Acme Realty", "timeZone": "America/Los_Angeles"}
          ],
          "users": [
            {"id": 1, "publicID": "hxHGVRb1YJUscrCB8eXK", "location": "ve9EPM428h8vShlRW1KT",
             "name": "Ana Lopez", "email": "ana@acme.example", "phone": "+15550100",
             "timeZone": "UTC"},
            {"id": 2, "publicID": "Qm4tZ8wLr1VbN6yXc3Ka", "location": "ve9EPM428h8vShlRW1KT",
             "name": "Ben Carter", "email": "ben@acme.example", "phone": "+15550101"},
            {"id": 5, "publicID": "d7GfJ2sHp9TnW5uEk0Ro", "location": "ve9EPM428h8vShlRW1KT",
             "name": "Chloe Nguyen", "email": "chloe@acme.example", "phone": "+15550102"},
            {"id": 8, "publicID": "Yb3vA6xMq8ZcD1iLf4Uw", "location": "ve9EPM428h8vShlRW1KT",
             "name": "David Okafor", "email": "david@acme.example", "phone": "+15550103"},
            {"id": 10, "publicID": "k5PzT9hRe2JgS7oBn6Vy", "location": "ve9EPM428h8vShlRW1KT",
             "name": "Elena Rossi", "email": "elena@acme.example", "phone": "+15550104",
             "timeZone": "America/New_York"},
            {"id": 16, "publicID": "W1cX4mKd8QaF3lYt0Ghs", "location": "ve9EPM428h8vShlRW1KT",
             "name": "Frank Miller", "email": "frank@acme.example", "phone": "+15550105"}
          ],
          "teams": [
            {"id": 1, "location": "ve9EPM428h8vShlRW1KT", "name": "Buyers and sellers",
             "sharing": true, "members": [1, 2, 5, 8, 10, 16]}
          ],
          "contacts": [
            {"id": 2, "publicID": "sx6wyHhbFdRXh302LLNR", "location": "ve9EPM428h8vShlRW1KT",
             "firstName": "Stacy", "lastName": "Buyer", "email": "stacy@example.com",
             "phone": "+15550120", "owner": 1, "assigned": 2},
            {"id": 3, "publicID": "Nf2jU7bOv5EqI9rCz8Mt", "location": "ve9EPM428h8vShlRW1KT",
             "firstName": "Greg", "lastName": "Seller", "email": "greg@example.com",
             "phone": "+15550121", "owner": 2, "sharedWith": [1]},
            {"id": 10, "publicID": "a0LxH6pSg4WdP1nKy3Jv", "location": "ve9EPM428h8vShlRW1KT",
             "firstName": "Hannah", "lastName": "Weiss", "email": "hannah@example.com",
             "phone": "+15550122", "business": "Weiss Bakery", "owner": 5, "assigned": 10}
          ],
          "categories": [
            {"id": 6, "location": "ve9EPM428h8vShlRW1KT", "name": "Open house", "user": 1}
          ]
        }
        """
}
