/// A certificate for 127.0.0.1 that nobody vouches for but itself.
enum LoopbackCertificate {
    /// The certificate and its key, as PEM.
    static let text = """
        -----BEGIN CERTIFICATE-----
        MIIBkDCCATagAwIBAgIUXjozrzncKrNHYrbYQ3AcUgWJAzEwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEzMDE1MTkxNloYDzIxMjYxMTA2
        MTUxOTE2WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAATFj1lt+WDTIUuvd7dvIPyiaoLjwG4QViylURu4QibwE40C7iixbDRL
        VsiC+g3MsgzpxxauIdselfcSFwX0sU7lo2QwYjAdBgNVHQ4EFgQUtdO4hY1scRjc
        2MH4y8j5eHfuO5swHwYDVR0jBBgwFoAUtdO4hY1scRjc2MH4y8j5eHfuO5swDwYD
        VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
        IDli2Ooc4h6P5zfljRFKbJZpRRndPReWetKTj7x5GnUaAiEA9tAi3TNUknvk7fgP
        2IBoQk2uj50TOxtfQNN4rHbCy6Q=
        -----END CERTIFICATE-----
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg48hiS28mn33Jr4B0
        gcGBb2THs83im53m0yRwf6mqzAihRANCAATFj1lt+WDTIUuvd7dvIPyiaoLjwG4Q
        ViylURu4QibwE40C7iixbDRLVsiC+g3MsgzpxxauIdselfcSFwX0sU7l
        -----END PRIVATE KEY-----
        """
}
