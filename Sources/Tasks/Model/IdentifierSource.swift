/// New numbers, from a block that the store has set aside.
package struct IdentifierSource {
    private var numbers: Range<Int64>
    private let refill: (Int) throws -> Range<Int64>

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - numbers: What is left of the current block.
    ///   - refill: Sets aside at least as many further numbers as it is asked for.
    package init(_ numbers: Range<Int64>, refill: @escaping (Int) throws -> Range<Int64>) {
        self.numbers = numbers
        self.refill = refill
    }

    /// What is left.
    package var remaining: Range<Int64> { numbers }

    /// Takes a number that no other record has.
    package mutating func next<Subject>() throws -> Identifier<Subject> {
        if numbers.isEmpty { numbers = try refill(1) }
        defer { numbers.removeFirst() }
        return Identifier(numbers.lowerBound)
    }
}
