package io.dsrbroker.upstream;

import java.util.List;

/** URLs that would lead out of {@code http://127.0.0.1:{port}}, or let two readers see two hosts. */
final class HostileUrls {

    private HostileUrls() {}

    static List<String> all() {
        return List.of(
                "https://evil.example/x",
                "http://evil.example/x",
                "http://127.0.0.1:1/x",
                "http://127.0.0.1/x",
                "https://{authority}/x",
                "HTTPS://{authority}/x",
                "http://{authority}@evil.example/x",
                "http://user@{authority}/x",
                "http://user:secret@{authority}/x",
                "http://@{authority}/x",
                "http://127.0.0.1.evil.example:{port}/x",
                "http://127.0.0.1.:{port}/x",
                "http://evil127.0.0.1:{port}/x",
                "http://localhost:{port}/x",
                "//evil.example/x",
                "///evil.example/x",
                "////evil.example/x",
                "\\\\evil.example\\x",
                "/\\evil.example/x",
                "http:\\\\evil.example\\x",
                "http://{authority}\\@evil.example/x",
                "http://evil.example\\@{authority}/x",
                "http:evil.example",
                "http:/evil.example",
                "http:///evil.example",
                "http://169.254.169.254/metadata/instance",
                "http://[::ffff:169.254.169.254]/metadata/instance",
                "http://[fe80::1%25eth0]:{port}/x",
                "http://2130706433:{port}/x",
                "http://0177.0.0.1:{port}/x",
                "http://0x7f.0.0.1:{port}/x",
                "http://127.1:{port}/x",
                "http://xn--127-0-0-1:{port}/x",
                "http://evil.example#@{authority}/x",
                "http://{authority}#@evil.example/x",
                "http://{authority}/x#evil",
                "http://evil.example?@{authority}/x",
                "http://evil_host:{port}/x",
                "http://%31%32%37.0.0.1:{port}/x",
                "data:application/json,{}",
                "file:///etc/passwd",
                "ftp://{authority}/x",
                "gopher://{authority}/x",
                "jar:http://{authority}/x!/y",
                "javascript:alert(1)");
    }
}
