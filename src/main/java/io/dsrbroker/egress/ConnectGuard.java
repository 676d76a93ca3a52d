package io.dsrbroker.egress;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Predicate;

/** Looks at the very address that a connection is about to be made to: a name may have another one by then. */
@ChannelHandler.Sharable
public final class ConnectGuard extends ChannelOutboundHandlerAdapter {

    private final Predicate<InetAddress> refuses;

    private ConnectGuard(Predicate<InetAddress> refuses) {
        this.refuses = refuses;
    }

    /** Lets connections go to the public internet only. */
    public static ConnectGuard publicOnly() {
        return new ConnectGuard(PrivateAddresses::include);
    }

    /** Lets them go into the operator's own networks too; never to this machine, its link or a metadata service. */
    public static ConnectGuard publicOrInternal() {
        return new ConnectGuard(
                address -> PrivateAddresses.include(address) && !PrivateAddresses.includeInternal(address));
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise)
            throws Exception {
        if (remote instanceof InetSocketAddress inet && !inet.isUnresolved() && !refuses.test(inet.getAddress())) {
            super.connect(context, remote, local, promise);
        } else {
            promise.tryFailure(new AddressRefused());
        }
    }

    /** The connection was not made. */
    public static final class AddressRefused extends java.io.IOException {

        private static final long serialVersionUID = 1L;

        AddressRefused() {
            super("the host's address is not allowed");
        }
    }
}
