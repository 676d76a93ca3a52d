package io.dsrbroker.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says {@code Connection: close} with every answer from SIGTERM on. The server closes kept connections once it stops, and
 * whoever calls on one at that moment would not know whether they were heard; a proxy would make a 502 of it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Leave extends OncePerRequestFilter implements SmartLifecycle {

    private final ApplicationContext context;
    private final Duration time;
    private volatile boolean running;
    private volatile boolean leaving;
    private volatile long since;

    Leave(ApplicationContext context, ShutdownProperties properties) {
        this.context = context;
        this.time = properties.closeConnections();
    }

    /** Before anything is stopped. The actuator's context tells of its end here as well. */
    @EventListener
    void begin(ContextClosedEvent event) {
        if (context.equals(event.getApplicationContext())) {
            since = System.nanoTime();
            leaving = true;
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (leaving) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        chain.doFilter(request, response);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (!leaving) {
            return;
        }
        try {
            Thread.sleep(time.minusNanos(System.nanoTime() - since));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the lanes, which take their time too, and before the server. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 2;
    }
}
