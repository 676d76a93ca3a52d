package io.dsrbroker.upstream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One content on its way: counts it, and ends it when it is too large or takes too long. */
final class BoundedContent {

    static final String TOO_LARGE = "the content is too large";

    private static final String TOO_LONG = "the content took too long";
    private static final String BROKE_OFF = "the content broke off";

    private final UpstreamProperties.Http limits;
    private final long announced;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicReference<@Nullable String> stopped = new AtomicReference<>();

    /** {@code announced}: the length that the upstream gave, -1 where it gave none. */
    BoundedContent(UpstreamProperties.Http limits, long announced) {
        this.limits = limits;
        this.announced = announced;
    }

    /** The same content, within its bounds. */
    Flux<DataBuffer> within(Flux<DataBuffer> content) {
        Mono<DataBuffer> deadline =
                Mono.delay(limits.contentTimeout()).flatMap(passed -> Mono.error(() -> stop(TOO_LONG)));
        return content.<DataBuffer>handle((buffer, sink) -> {
                    if (seen.addAndGet(buffer.readableByteCount())
                            > limits.maxContent().toBytes()) {
                        DataBufferUtils.release(buffer);
                        sink.error(stop(TOO_LARGE));
                    } else {
                        sink.next(buffer);
                    }
                })
                .takeUntilOther(deadline);
    }

    private RuntimeException stop(String words) {
        stopped.compareAndSet(null, words);
        return new IllegalStateException(words);
    }

    /** Whether all that was announced has come. */
    boolean complete() {
        return stopped.get() == null && (announced < 0 || announced == seen.get());
    }

    /** What it means that it is not all there. */
    Outcome broken(Exchange exchange) {
        String words = stopped.get();
        return TOO_LARGE.equals(words)
                ? new Outcome.Poison(exchange, TOO_LARGE)
                : new Outcome.Unavailable(exchange, words == null ? BROKE_OFF : words);
    }
}
