package io.dsrbroker.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Addresses at which no upstream can lie: this machine, its networks, their metadata services, and what is reserved. */
final class PrivateAddresses {

    /** IANA's special-purpose registry, multicast, and the address of Azure's host agent. */
    private static final List<Block> IPV4 = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All that is public, but for {@link #RESERVED}. */
    private static final Block GLOBAL = Block.of("2000::/3");

    /** Teredo and other protocols, documentation, 6to4. */
    private static final List<Block> RESERVED = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** RFC 6052: the last four bytes are the IPv4 address that is really reached. */
    private static final Block TRANSLATED = Block.of("64:ff9b::/96");

    /** Networks that organizations give out themselves: RFC 1918, RFC 6598, RFC 4193. */
    private static final List<Block> INTERNAL =
            blocks("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    /** Metadata services that lie inside of them. */
    private static final List<Block> METADATA = blocks("100.100.100.200/32", "fd00:ec2::254/128", "fd20:ce::254/128");

    private PrivateAddresses() {}

    private record Block(InetAddress network, int bits) {

        static Block of(String text) {
            String[] parts = text.split("/", 2);
            return new Block(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
        }

        boolean contains(byte[] address) {
            byte[] prefix = network.getAddress();
            int whole = bits / 8;
            int mask = (0xFF << (8 - bits % 8)) & 0xFF;
            return address.length == prefix.length
                    && Arrays.equals(address, 0, whole, prefix, 0, whole)
                    && (mask == 0 || (address[whole] & mask) == (prefix[whole] & mask));
        }
    }

    private static List<Block> blocks(String... texts) {
        return Stream.of(texts).map(Block::of).toList();
    }

    /** Whether this is one of them; an IPv4 address inside an IPv6 one counts as itself. */
    static boolean include(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return includeIpv4(bytes);
        }
        if (TRANSLATED.contains(bytes)) {
            return includeIpv4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return !GLOBAL.contains(bytes) || RESERVED.stream().anyMatch(block -> block.contains(bytes));
    }

    /** Whether this is one that services inside an organization have. */
    static boolean includeInternal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return INTERNAL.stream().anyMatch(block -> block.contains(bytes))
                && METADATA.stream().noneMatch(block -> block.contains(bytes));
    }

    private static boolean includeIpv4(byte[] bytes) {
        return IPV4.stream().anyMatch(block -> block.contains(bytes));
    }
}
