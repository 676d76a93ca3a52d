package io.dsrbroker.bench;

import static io.netty.channel.ChannelFutureListener.CLOSE_ON_FAILURE;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The least that an upstream can be, in a process of its own: a list of computes in pages, one document of about 2 KB for
 * each, and a delay. Prints its port; ends with its standard input.
 *
 * <p>It takes what it gets for GET requests without a body, one after the other on a connection.
 */
final class Stub {

    /** Computes on a page of the list. */
    static final int ON_A_PAGE = 500;

    private static final Pattern LIST = Pattern.compile("/computes\\?(?:.*skiptoken=(\\d+))?");
    private static final Pattern CONTROL = Pattern.compile("/control/(\\d+)/(\\d+)");
    private static final Pattern NAME = Pattern.compile("/computes/([^?]+)");
    private static final String PADDING = "It says what a compute is for, as somebody wrote it down. ".repeat(26);

    private volatile long delayMillis;
    private volatile int computes;
    private volatile int port;

    private Stub() {}

    public static void main(String[] args) throws Exception {
        Stub stub = new Stub();
        stub.port = ((InetSocketAddress) stub.serve().localAddress()).getPort();
        System.out.println(stub.port);
        while (System.in.read() >= 0) {
            // Until whoever started it has gone.
        }
        System.exit(0);
    }

    private Channel serve() throws InterruptedException {
        return new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Answers());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private final class Answers extends ChannelInboundHandlerAdapter {

        private final StringBuilder received = new StringBuilder();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            received.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
            int end = received.indexOf("\r\n\r\n");
            while (end >= 0) {
                answer(context, received.substring(0, received.indexOf("\r\n")));
                received.delete(0, end + 4);
                end = received.indexOf("\r\n\r\n");
            }
        }

        private void answer(ChannelHandlerContext context, String line) {
            ByteBuf response = Unpooled.copiedBuffer(response(line), StandardCharsets.ISO_8859_1);
            long wait = delayMillis;
            if (wait == 0) {
                write(context, response);
            } else {
                context.executor()
                        .schedule(() -> write(context, response), wait, TimeUnit.MILLISECONDS)
                        .addListener(Stub::tellFailure);
            }
        }
    }

    private static void write(ChannelHandlerContext context, ByteBuf response) {
        context.writeAndFlush(response).addListener(CLOSE_ON_FAILURE);
    }

    private static void tellFailure(Future<?> answer) {
        if (!answer.isSuccess()) {
            System.err.println("An answer was not given: " + answer.cause());
        }
    }

    private String response(String line) {
        Matcher name = NAME.matcher(line);
        if (name.find()) {
            return ok(document(name.group(1)));
        }
        Matcher list = LIST.matcher(line);
        if (list.find()) {
            return ok(page(list.group(1) == null ? 0 : Integer.parseInt(list.group(1)), line));
        }
        Matcher control = CONTROL.matcher(line);
        if (control.find()) {
            delayMillis = Long.parseLong(control.group(1));
            computes = Integer.parseInt(control.group(2));
            return ok("{}");
        }
        // Whatever else is asked for keeps its job from ending.
        return "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 86400\r\nContent-Length: 0\r\n\r\n";
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String page(int from, String line) {
        int until = Math.min(from + ON_A_PAGE, computes);
        StringBuilder page = new StringBuilder("{\"value\":[");
        for (int compute = from; compute < until; compute++) {
            page.append(compute == from ? "" : ",")
                    .append("{\"name\":\"c")
                    .append(compute)
                    .append("\"}");
        }
        page.append(']');
        if (until < computes) {
            String path = line.substring(line.indexOf('/'), line.indexOf('?'));
            page.append(",\"nextLink\":\"http://127.0.0.1:")
                    .append(port)
                    .append(path)
                    .append("?api-version=2018-03-01-preview&$skiptoken=")
                    .append(until)
                    .append('"');
        }
        return page.append('}').toString();
    }

    private static String document(String name) {
        return """
                {"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/computes/%1$s",\
                "name":"%1$s","type":"Microsoft.MachineLearningServices/workspaces/computes","location":"westeurope",\
                "properties":{"computeType":"AKS","provisioningState":"Succeeded","createdOn":"2018-03-01T10:00:00Z",\
                "properties":{"agentCount":3,"agentVmSize":"Standard_D3_v2","clusterFqdn":"%1$s.westeurope.example"},\
                "description":"%2$s"}}""".formatted(name, PADDING);
    }
}
