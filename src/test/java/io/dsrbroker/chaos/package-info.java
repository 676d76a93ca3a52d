/** What holds however much goes wrong: replicas are killed and frozen, upstreams fail, the database crashes. */
@NullMarked
package io.dsrbroker.chaos;

import org.jspecify.annotations.NullMarked;
