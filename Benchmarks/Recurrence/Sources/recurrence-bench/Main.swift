import Glibc

@main
enum Main {
    static func main() throws {
        var bench = Bench()
        while let line = readLine() {
            print(try bench.answer(line))
            fflush(nil)
        }
    }
}
