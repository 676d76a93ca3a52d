/** The Helm chart is rendered and checked here, and its alerts are evaluated, without a cluster, a Prometheus or a network. */
@NullMarked
package io.dsrbroker.helm;

import org.jspecify.annotations.NullMarked;
