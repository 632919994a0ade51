/// The days that are named by how near they are.
extension Phrase {
    package static let today = Phrase("Today", "Hoy")
    package static let tomorrow = Phrase("Tomorrow", "Mañana")
    package static let yesterday = Phrase("Yesterday", "Ayer")
    package static let allDay = Phrase("All day", "Todo el día")
}
