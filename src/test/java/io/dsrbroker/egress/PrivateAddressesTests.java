package io.dsrbroker.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateAddressesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:0:10.0.0.1",
                "fc00::1",
                "fdff:ffff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2002:7f00:1::",
                "2002:808:808::",
                "3fff::1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b::a00:1",
                "64:ff9b:1::808:808",
                "100::1",
                "4000::1",
            })
    @DisplayName("T7: an address of a machine's own networks, or a reserved one, is refused")
    void privateOrReservedAddressIsOneOfThem(String literal) {
        assertThat(PrivateAddresses.include(InetAddress.ofLiteral(literal))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.15",
                "168.63.129.17",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "20.37.158.0",
                "::ffff:20.37.158.0",
                "64:ff9b::20.37.158.0",
                "2603:1030::1",
                "2a01:111::1",
                "2001:4860:4860::8888",
            })
    @DisplayName("T7: a public address is allowed, up to the edge of the reserved ones")
    void publicAddressIsNoneOfThem(String literal) {
        assertThat(PrivateAddresses.include(InetAddress.ofLiteral(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "100.64.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fdff::1"})
    void internalNetworksAreAnOrganizationsOwn(String literal) {
        assertThat(PrivateAddresses.includeInternal(InetAddress.ofLiteral(literal)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "169.254.169.254",
                "168.63.129.16",
                "100.100.100.200",
                "172.32.0.1",
                "224.0.0.1",
                "8.8.8.8",
                "::1",
                "::",
                "fe80::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "64:ff9b::a00:1",
                "ff02::1"
            })
    void machineItsLinkAndMetadataServicesAreNoInternalNetwork(String literal) {
        assertThat(PrivateAddresses.includeInternal(InetAddress.ofLiteral(literal)))
                .isFalse();
    }
}
