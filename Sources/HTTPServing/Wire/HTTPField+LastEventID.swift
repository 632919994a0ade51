package import HTTPTypes

extension HTTPField.Name {
    /// Names the last server-sent event that a client has.
    package static var lastEventID: Self {
        // The name has no character that a field's name may not have.
        Self("Last-Event-ID") ?? .authorization
    }
}
