package io.dsrbroker.console;

import io.dsrbroker.api.SignedIn;
import io.dsrbroker.job.Caller;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.jwt.Jwt;

/** Who signed in, with what their access token allows, until it ends; no token is kept. */
final class ConsoleUser extends DefaultOidcUser implements SignedIn {

    private static final long serialVersionUID = 1L;

    private final String person;
    private final @Nullable String client;
    private final Instant expires;

    ConsoleUser(Caller caller, Jwt access, OidcIdToken identity, Collection<GrantedAuthority> authorities) {
        super(authorities, withoutToken(identity));
        this.person = caller.sub();
        this.client = caller.client();
        this.expires = Objects.requireNonNull(access.getExpiresAt());
    }

    /** Whoever reads sessions in the database must not be able to use a token of them. */
    private static OidcIdToken withoutToken(OidcIdToken identity) {
        return new OidcIdToken(
                "-", identity.getIssuedAt(), identity.getExpiresAt(), Map.of("sub", identity.getSubject()));
    }

    @Override
    public Caller caller() {
        return new Caller(person, client);
    }

    boolean expiredAt(Instant now) {
        return !now.isBefore(expires);
    }

    /** Whether the access token has this scope. */
    boolean may(String scope) {
        return getAuthorities().stream().anyMatch(held -> ("SCOPE_" + scope).equals(held.getAuthority()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConsoleUser user
                && super.equals(other)
                && caller().equals(user.caller())
                && expires.equals(user.expires);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), person, client, expires);
    }
}
