import Wording

/// Small drawings, in the colour of the text around them.
enum Icon: String, Sendable {
    case today = """
        M8 3v3m8-3v3M4 9h16M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 \
        1 1-1Zm4 10 2 2 4-4
        """
    case calendar = """
        M8 3v3m8-3v3M4 9h16M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 \
        1 1-1Zm3 8h.01M12 13h.01M16 13h.01M8 17h.01M12 17h.01
        """
    case board = """
        M5 4h3a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1Zm8 0h6a1 1 0 \
        0 1 1 1v7a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1Zm0 13h6v3h-6z
        """
    case again = "M4 11a8 8 0 0 1 14-4.5L20 8m0-5v5h-5M20 13a8 8 0 0 1-14 4.5L4 16m0 5v-5h5"
    case search = "m20 20-4.5-4.5M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13Z"
    case team = """
        M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9c0-3.3 2.7-6 6-6s6 2.7 6 6M16 \
        4.3a3.5 3.5 0 0 1 0 6.4M18 14.5c1.9.9 3 3 3 5.5
        """
    case settings = """
        M4 7h9m4 0h3M4 17h3m4 0h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-6 10a2.5 2.5 \
        0 1 0 0-5 2.5 2.5 0 0 0 0 5Z
        """
    case admin = "M12 3 5 6v5c0 4.5 3 8.3 7 10 4-1.7 7-5.5 7-10V6l-7-3Zm-3 9 2.2 2.2L15.5 10"
    case more = "M5 12h.01M12 12h.01M19 12h.01"
    case plus = "M12 5v14M5 12h14"
    case check = "m5 12.5 4.5 4.5L19 7.5"
    case left = "m14 6-6 6 6 6"
    case right = "m10 6 6 6-6 6"
    case pause = "M9 6v12m6-12v12"
    case play = "M8 5.5v13l10-6.5-10-6.5Z"
    case person = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8c0-3.5 3-6 7-6s7 2.5 7 6"
    case note = "M6 4h9l4 4v12H6zM14 4v5h5M9 13h6m-6 3h4"
    case flag = "M6 21V4m0 1h11l-2.5 4L17 13H6"
    case help = """
        M9 9a3 3 0 1 1 4.5 2.6c-.9.5-1.5 1.1-1.5 2.4m0 3h.01M12 21a9 9 0 1 1 0-18 9 9 0 0 1 \
        0 18Z
        """
    case close = "m6 6 12 12M18 6 6 18"

    /// The drawing, which says nothing to who does not see it.
    var markup: HTML {
        """
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">\
        <path d="\(rawValue)"/></svg>
        """
    }
}
