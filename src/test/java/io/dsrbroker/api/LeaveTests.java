package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LeaveTests {

    private static final Duration TIME = Duration.ofMillis(300);

    private final StaticApplicationContext context = new StaticApplicationContext();
    private final Leave leave = new Leave(context, new ShutdownProperties(TIME));

    private @Nullable String connection() throws ServletException, IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        leave.doFilter(new MockHttpServletRequest("GET", "/api/v1/requests"), response, new MockFilterChain());
        return response.getHeader("Connection");
    }

    @Test
    void answersCloseTheirConnectionFromTheBrokersEndOn() throws Exception {
        leave.start();
        assertThat(connection()).isNull();
        leave.begin(new ContextClosedEvent(new StaticApplicationContext()));
        assertThat(connection()).isNull();
        leave.begin(new ContextClosedEvent(context));
        assertThat(connection()).isEqualTo("close");
    }

    @Test
    void serverIsThereForTheTimeThatWasSetCountedFromTheBeginning() {
        leave.start();
        long before = System.nanoTime();
        leave.begin(new ContextClosedEvent(context));
        leave.stop();
        assertThat(leave.isRunning()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(TIME);
        // The time is over, and is not counted from here.
        long again = System.nanoTime();
        leave.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - again)).isLessThan(TIME);
    }

    @Test
    void timeIsShortEnoughForTheGraceOfAPod() {
        assertThatThrownBy(() -> new ShutdownProperties(Duration.ofMillis(-1)))
                .hasMessageContaining("between 0 and 10s");
        assertThatThrownBy(() -> new ShutdownProperties(Duration.ofSeconds(11)))
                .hasMessageContaining("between 0 and 10s");
    }
}
