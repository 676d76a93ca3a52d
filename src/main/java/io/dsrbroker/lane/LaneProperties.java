package io.dsrbroker.lane;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the engine; the limits of each upstream's lanes stand beside them, see {@link LaneLimits}.
 *
 * @param heartbeat how often a replica says that it still holds its lanes
 * @param missedHeartbeats after how many silent intervals its lanes are taken over
 * @param poll how often every replica looks for lanes with work that nobody was woken for
 * @param slice how long a lane is driven before it is offered to other replicas
 * @param drain how long a replica that stops waits for the calls in flight of a lane before it gives the lane back;
 *     less than the 8 s after which db-scheduler interrupts it
 */
@Validated
@ConfigurationProperties("dsr.lanes")
record LaneProperties(
        @DefaultValue("2s") @DurationMin(millis = 100) Duration heartbeat,
        @DefaultValue("4") @Min(4) int missedHeartbeats,
        @DefaultValue("1s") @DurationMin(millis = 10) Duration poll,
        @DefaultValue("60s") @DurationMin(seconds = 1) Duration slice,
        @DefaultValue("5s") @DurationMax(seconds = 7) Duration drain) {}
