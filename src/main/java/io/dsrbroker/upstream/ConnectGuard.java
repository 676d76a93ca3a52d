package io.dsrbroker.upstream;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Looks at the very address that a connection is about to be made to: a name may have another one by then. */
@ChannelHandler.Sharable
final class ConnectGuard extends ChannelOutboundHandlerAdapter {

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise)
            throws Exception {
        if (remote instanceof InetSocketAddress inet
                && !inet.isUnresolved()
                && !PrivateAddresses.include(inet.getAddress())) {
            super.connect(context, remote, local, promise);
        } else {
            promise.tryFailure(new AddressRefused());
        }
    }

    /** The connection was not made. */
    static final class AddressRefused extends java.io.IOException {

        private static final long serialVersionUID = 1L;

        AddressRefused() {
            super("the host's address is not allowed");
        }
    }
}
