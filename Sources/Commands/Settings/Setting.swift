import ArgumentParser
import Foundation

/// A setting.
///
/// Its value comes from an option, else from the environment, else from a default.
struct Setting {
    /// The option, such as `--page-size`.
    let option: String
    /// The environment variable, such as `PERENNIAL_PAGE_SIZE`.
    let variable: String

    /// Creates a setting from the name that option and variable share, such as `page-size`.
    init(_ name: String) {
        option = "--\(name)"
        variable = "PERENNIAL_" + name.uppercased().replacing("-", with: "_")
    }

    /// Returns the value of the setting.
    ///
    /// - Throws: `ValidationError` where the variable's text is not a valid value.
    func value<Value: ExpressibleByArgument>(
        _ given: Value?,
        default standard: Value
    ) throws -> Value {
        // Swift's truth values do not say in which words they are read.
        let words = Value.self == Bool.self ? ["true", "false"] : Value.allValueStrings
        return try value(given, default: standard, only: words.joined(separator: ", "))
    }

    /// Returns the value of the setting, or says what it can be.
    private func value<Value: ExpressibleByArgument>(
        _ given: Value?,
        default standard: Value,
        only choices: String
    ) throws -> Value {
        if let given { return given }
        guard let text = textInEnvironment else { return standard }
        guard let value = Value(argument: text) else {
            throw ValidationError(
                "\(variable) cannot be '\(text)'" + (choices.isEmpty ? "." : ", only \(choices).")
            )
        }
        return value
    }

    /// Returns a number within bounds.
    ///
    /// - Throws: `ValidationError` where the value is not a number, or out of bounds.
    func value(
        _ given: Int?,
        default standard: Int,
        in bounds: ClosedRange<Int>
    ) throws -> Int {
        let number = try value(
            given,
            default: standard,
            only: "a number between \(bounds.lowerBound) and \(bounds.upperBound)"
        )
        guard bounds.contains(number) else {
            throw ValidationError(
                """
                \(given == nil ? variable : option) is \(number), which is not between \
                \(bounds.lowerBound) and \(bounds.upperBound).
                """
            )
        }
        return number
    }

    /// Returns one of several numbers.
    ///
    /// - Throws: `ValidationError` where the value is not one of them.
    func choice<Choice: RawRepresentable<Int> & CaseIterable>(
        _ given: Int?,
        default standard: Choice
    ) throws -> Choice {
        let numbers = Choice.allCases.map { "\($0.rawValue)" }.joined(separator: ", ")
        let number = try value(given, default: standard.rawValue, only: numbers)
        guard let choice = Choice(rawValue: number) else {
            throw ValidationError(
                "\(given == nil ? variable : option) cannot be \(number), only \(numbers)."
            )
        }
        return choice
    }

    /// The variable's text; nil where it is not set or empty.
    private var textInEnvironment: String? {
        guard let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty else {
            return nil
        }
        return text
    }
}
