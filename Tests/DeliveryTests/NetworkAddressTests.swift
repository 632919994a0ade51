import Delivery
import Glibc
import Tasks
import Testing

/// Which addresses events are sent to.
struct NetworkAddressTests {
    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.255", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::10.0.0.1",
        "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:a00:1::",
        "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
    ])
    func `an address that is not of the public internet is refused`(text: String) throws {
        #expect(try !address(text).isPublic)
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
        "169.253.0.1", "172.15.0.1", "172.32.0.1", "192.167.0.1", "198.17.0.1", "198.20.0.1",
        "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888",
    ])
    func `an address of the public internet is taken`(text: String) throws {
        #expect(try address(text).isPublic)
    }

    @Test(arguments: [
        "https://127.0.0.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/",
        "https://127.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://localhost/",
        "https://169.254.169.254/latest/meta-data", "https://[fd00:ec2::254]/", "http://1.1.1.1/",
        "https://user@1.1.1.1/", "https://user:word@1.1.1.1/", "ftp://1.1.1.1/",
        "file:///etc/passwd",
        "https://", "1.1.1.1", "https://1.1.1.1/ä", "https://1.1.1.1/\n",
    ])
    func `a URL is refused, however its host is spelt`(url: String) async {
        let office = DeliveryOffice(rules: ReceiverAddress(allowsPrivate: false), key: nil)
        await #expect(throws: WebhookRefusal.self) { try await office.check(url: url) }
    }

    @Test func `a URL of the public internet is taken`() async throws {
        let office = DeliveryOffice(rules: ReceiverAddress(allowsPrivate: false), key: nil)
        try await office.check(url: "https://1.1.1.1/hooks?of=us")
    }

    @Test func `private addresses are taken where that is allowed`() async throws {
        let office = DeliveryOffice(rules: ReceiverAddress(allowsPrivate: true), key: nil)
        try await office.check(url: "http://127.0.0.1:9/")
        await #expect(throws: WebhookRefusal.self) { try await office.check(url: "ftp://a/") }
    }

    private func address(_ text: String) throws -> NetworkAddress {
        var bytes = [UInt8](repeating: 0, count: 16)
        let family = text.contains(":") ? AF_INET6 : AF_INET
        try #require(unsafe inet_pton(family, text, &bytes) == 1)
        return try #require(NetworkAddress(bytes: Array(bytes.prefix(family == AF_INET ? 4 : 16))))
    }
}
