/// A folder of zone files, and how old its data are.
package struct ZoneData: Hashable, Sendable {
    package var directory: String
    /// The IANA's name of the release, such as `2026f`.
    ///
    /// None if the folder does not tell it.
    package var release: String?
    /// The latest day that is known to lie before the release, in UTC.
    package var newestDate: Timestamp?

    package init(directory: String, release: String? = nil, newestDate: Timestamp? = nil) {
        self.directory = directory
        self.release = release
        self.newestDate = newestDate
    }

    /// Tells whether the release came after another one.
    ///
    /// - Returns: False where one of the two releases is not known.
    package func isNewer(than other: ZoneData) -> Bool {
        guard let release, let otherRelease = other.release else { return false }
        // Four digits of a year, and letters from a on; after z comes za.
        return otherRelease < release
    }
}

/// A newer folder of zone files, and in which zones it differs.
package struct NewerZoneData: Hashable, Sendable {
    package var data: ZoneData
    /// The names of the zones, ascending.
    package var differing: [String]

    package init(data: ZoneData, differing: [String]) {
        self.data = data
        self.differing = differing
    }
}

extension Zone {
    /// Tells whether the clocks of two zones show the same throughout a time.
    ///
    /// - Complexity: Linear in the transitions within that time.
    package func showsTheSame(as other: Zone, in range: Range<Timestamp>) -> Bool {
        var second = range.lowerBound.seconds
        while second < range.upperBound.seconds {
            let mine = table.segment(atUTC: second)
            let others = other.table.segment(atUTC: second)
            guard mine.offset == others.offset else { return false }
            second = min(mine.utc.upperBound, others.utc.upperBound)
        }
        return true
    }
}
