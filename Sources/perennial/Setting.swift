import ArgumentParser
import Foundation

/// A setting that comes from a flag, else from the environment, else has its default.
enum Setting {
    /// Returns the value of a setting.
    ///
    /// - Throws: `ValidationError` where the variable holds what the setting cannot be.
    static func value<Value: ExpressibleByArgument>(
        _ flag: Value?,
        variable: String,
        default standard: Value
    ) throws -> Value {
        if let flag { return flag }
        guard let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty else {
            return standard
        }
        guard let value = Value(argument: text) else {
            throw ValidationError("\(variable) cannot be '\(text)'.")
        }
        return value
    }

    /// Returns a number within its bounds.
    ///
    /// - Throws: `ValidationError` where it is outside of them.
    static func value(
        _ flag: Int?,
        variable: String,
        default standard: Int,
        in bounds: ClosedRange<Int>
    ) throws -> Int {
        let number = try value(flag, variable: variable, default: standard)
        guard bounds.contains(number) else {
            throw ValidationError(
                """
                The flag or \(variable) is \(number), which is not between \(bounds.lowerBound) and \
                \(bounds.upperBound).
                """
            )
        }
        return number
    }
}
