package io.dsrbroker.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of an upstream.
 *
 * @param method GET or DELETE
 * @param rows the numbers of the source documents' rows that it stands for, the export's first; empty for a call that
 *     they lack
 * @param url the whole template as documented, host included
 * @param path the template after the upstream's base URL
 * @param bind template variables that take their value from a variable of another name
 * @param continuation the query parameter under which a bare continuation token is sent back
 * @param secretHeader a header that carries a secret of the request
 * @param absentIsEmpty whether proven absence of a list means that it has no items
 */
public record Call(
        String method,
        List<Integer> rows,
        String url,
        UriTemplate path,
        Map<String, String> bind,
        String continuation,
        @Nullable SecretHeader secretHeader,
        boolean absentIsEmpty) {

    /**
     * A header whose value is one of the request's secrets.
     *
     * @param name the header
     * @param secret the secret's name in the request
     * @param row the source row that the call stands for when the header is sent
     */
    public record SecretHeader(String name, String secret, int row) {}

    /** The row that evidence names: the one with the header, where it is sent. */
    public @Nullable Integer row(boolean withSecret) {
        if (withSecret && secretHeader != null) {
            return secretHeader.row();
        }
        return rows.isEmpty() ? null : rows.getFirst();
    }

    /** The variables that a task must supply. */
    public Set<String> variables() {
        return path.variables().stream()
                .map(name -> bind.getOrDefault(name, name))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }
}
