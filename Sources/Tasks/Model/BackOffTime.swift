/// How long it is until what failed is tried again.
package enum BackOffTime {
    package static let shortest = Duration.seconds(1)
    package static let longest = Duration.seconds(300)
}
