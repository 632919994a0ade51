extension ZoneTable {
    /// The first local date-time that resolves to an instant or a later one.
    func firstLocal(from utc: Int64) -> Int64 {
        let segment = segment(atUTC: utc)
        let local = utc + segment.offset
        // Among the echoes, the earlier date-times are in the gap. When an overlap is shown the
        // second time, no date-time resolves to an instant before its end.
        return segment.echo.contains(local)
            ? utc + segment.previousOffset : max(local, segment.local.lowerBound)
    }

    /// The last local date-time that resolves to an instant or an earlier one.
    func lastLocal(through utc: Int64) -> Int64 {
        let segment = segment(atUTC: utc)
        return max(utc + segment.offset, segment.local.lowerBound - 1)
    }

    /// The local date-times of a gap up to ``lastLocal(through:)`` that resolve to a later instant.
    func overshoot(of utc: Int64) -> Range<Int64> {
        let segment = segment(atUTC: utc)
        guard segment.echo.contains(utc + segment.offset) else { return 0..<0 }
        return utc + segment.previousOffset + 1..<segment.local.lowerBound
    }

    /// The next local date-times, at or after one, that share their instants with those of a gap.
    func echo(from local: Int64) -> (range: Range<Int64>, distance: Int64)? {
        var next: Segment? = segment(atLocal: local)
        while let segment = next, segment.local.lowerBound <= Int64(Int.lastSlot) {
            if !segment.echo.isEmpty, segment.echo.upperBound > local {
                return (segment.echo, segment.offset - segment.previousOffset)
            }
            next = self.segment(after: segment)
        }
        return nil
    }
}
