package io.dsrbroker.simulator;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The address on which servers listen, and the host by which their links call them. */
record Listen(InetAddress address, String host) {

    /** On the loopback interface: nobody else can come. */
    static Listen loopback() {
        return new Listen(address(127, 0, 0, 1), "127.0.0.1");
    }

    /** On every interface, where a network of containers knows the host by this name. */
    static Listen everywhere(String host) {
        return new Listen(address(0, 0, 0, 0), host);
    }

    String origin(int port) {
        return "http://" + host + ":" + port;
    }

    private static InetAddress address(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
