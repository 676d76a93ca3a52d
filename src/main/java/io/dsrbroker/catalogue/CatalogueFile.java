package io.dsrbroker.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A catalogue file as written: everything optional that the schema leaves optional. */
record CatalogueFile(
        UpstreamEntry upstream,
        List<TypeEntry> types,
        @Nullable List<OutOfScope> outOfScope) {

    record UpstreamEntry(
            String name,
            String baseUrl,
            String lane,
            @Nullable Boolean bearer,
            @Nullable List<String> contentOrigins,
            List<AbsenceEntry> absence,
            @Nullable List<String> retiredCodes) {

        Upstream toUpstream() {
            return new Upstream(
                    name,
                    baseUrl,
                    new UriTemplate(lane, Set.of()),
                    bearer == null || bearer,
                    orEmpty(contentOrigins),
                    absence.stream()
                            .map(entry -> new Absence(entry.status(), orEmpty(entry.codes())))
                            .toList(),
                    orEmpty(retiredCodes));
        }
    }

    record AbsenceEntry(int status, @Nullable List<String> codes) {}

    record CallEntry(
            @Nullable List<Integer> rows,
            String url,
            @Nullable List<String> segmented,
            @Nullable Map<String, String> bind,
            @Nullable String continuation,
            Call.@Nullable SecretHeader secretHeader,
            @Nullable Boolean absentIsEmpty) {

        Call toCall(String method, String baseUrl) {
            List<Integer> all = new ArrayList<>(orEmpty(rows));
            if (secretHeader != null) {
                all.add(secretHeader.row());
            }
            return new Call(
                    method,
                    List.copyOf(all),
                    url,
                    new UriTemplate(url.substring(baseUrl.length()), new HashSet<>(orEmpty(segmented))),
                    bind == null ? Map.of() : Map.copyOf(bind),
                    continuation == null ? "continuationToken" : continuation,
                    secretHeader,
                    absentIsEmpty != null && absentIsEmpty);
        }
    }

    record OwnerEntry(
            @Nullable Boolean subject,
            @Nullable List<String> objectId,
            @Nullable List<String> userName,
            @Nullable String sameAs,
            @Nullable List<String> by,
            @Nullable Boolean within,
            @Nullable Boolean container) {

        OwnerRule toRule() {
            if (Boolean.TRUE.equals(subject)) {
                return new OwnerRule.BySubject();
            }
            if (Boolean.TRUE.equals(container)) {
                return new OwnerRule.ByContainer();
            }
            if (sameAs != null) {
                return new OwnerRule.SameAs(sameAs, orEmpty(by), Boolean.TRUE.equals(within));
            }
            return new OwnerRule.ByDocument(orEmpty(objectId), orEmpty(userName));
        }
    }

    record CaptureEntry(
            List<String> pointers,
            @Nullable String segmentAfter,
            @Nullable String otherwise) {}

    record TypeEntry(
            String name,
            @Nullable String parent,
            @Nullable List<String> targets,
            @Nullable Boolean container,
            @Nullable String itemsOf,
            @Nullable String variable,
            @Nullable List<String> key,
            @Nullable String path,
            @Nullable Map<String, CaptureEntry> captures,
            @Nullable List<String> origins,
            @Nullable CallEntry list,
            @Nullable CallEntry get,
            @Nullable CallEntry attach,
            @Nullable CallEntry content,
            @Nullable List<String> contentUri,
            @JsonProperty("delete") @Nullable CallEntry delete,
            @Nullable List<String> deleteAfter,
            @Nullable List<String> covers,
            @Nullable String manual,
            ResourceType.@Nullable NotOffered notOffered,
            @Nullable OwnerEntry owner,
            @Nullable Completeness completeness,
            @Nullable List<String> redact,
            @Nullable List<String> withoutQuery) {

        ResourceType toType(UpstreamEntry upstream) {
            String base = upstream.baseUrl();
            Map<String, Capture> taken = new java.util.LinkedHashMap<>();
            if (captures != null) {
                captures.forEach((variable, entry) ->
                        taken.put(variable, new Capture(entry.pointers(), entry.segmentAfter(), entry.otherwise())));
            }
            return new ResourceType(
                    name,
                    upstream.name(),
                    parent,
                    orEmpty(targets),
                    container != null && container,
                    itemsOf,
                    variable,
                    orEmpty(key),
                    path == null ? null : new UriTemplate(path, Set.of()),
                    Map.copyOf(taken),
                    orEmpty(origins),
                    list == null ? null : list.toCall("GET", base),
                    get == null ? null : get.toCall("GET", base),
                    attach == null ? null : attach.toCall("GET", base),
                    content == null ? null : content.toCall("GET", base),
                    orEmpty(contentUri),
                    delete == null ? null : delete.toCall("DELETE", base),
                    orEmpty(deleteAfter),
                    orEmpty(covers),
                    manual,
                    notOffered,
                    owner == null ? new OwnerRule.Unknown() : owner.toRule(),
                    completeness,
                    orEmpty(redact),
                    orEmpty(withoutQuery));
        }
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
