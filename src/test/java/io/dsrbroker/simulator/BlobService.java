package io.dsrbroker.simulator;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Blob storage: needs a signature that has not expired, refuses every bearer, and knows ranges and entity tags. */
final class BlobService {

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    private final Estate estate;
    private final SimulatorSettings settings;
    private final ContentLinks links;

    BlobService(Estate estate, SimulatorSettings settings, ContentLinks links) {
        this.estate = estate;
        this.settings = settings;
        this.links = links;
    }

    List<Route> routes() {
        var path = "/{projectId}/ExperimentRun/{container}/**";
        return List.of(
                Route.anonymous(-1, "GET", path, this::content), Route.anonymous(-1, "HEAD", path, this::content));
    }

    private Reply content(Call call) {
        if (call.header("Authorization") != null) {
            return Errors.storage(400, "InvalidAuthenticationInfo", "Authentication information is not in order.");
        }
        var path = "/" + call.variable("projectId") + "/ExperimentRun/" + call.variable("container") + "/"
                + String.join("/", call.tail());
        if (!isSigned(call, path)) {
            return Errors.storage(403, "AuthenticationFailed", "Server failed to authenticate the request.");
        }
        var artifact = artifact(call);
        if (artifact == null) {
            return Errors.storage(404, "BlobNotFound", "The specified blob does not exist.");
        }
        return answer(call, artifact.content());
    }

    private boolean isSigned(Call call, String path) {
        var expiry = call.parameter("se");
        try {
            return settings.clock.instant().isBefore(Instant.parse(expiry))
                    && links.isSignature(call.parameter("sig"), path, expiry);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private @Nullable Artifact artifact(Call call) {
        var project = estate.storesById(call.variable("projectId"), settings.clock.instant());
        var held = project == null ? null : project.runsByContainer().get(call.variable("container"));
        return held == null ? null : held.artifacts().get(String.join("/", call.tail()));
    }

    private static Reply answer(Call call, Content content) {
        var tag = "\"" + content.etag() + "\"";
        if (tag.equals(call.header("If-None-Match"))) {
            return Reply.empty(304).with("ETag", tag);
        }
        var wanted = call.header("If-Match");
        if (wanted != null && !wanted.equals("*") && !wanted.equals(tag)) {
            return Errors.storage(412, "ConditionNotMet", "The condition specified was not met.");
        }
        var condition = call.header("If-Range");
        var range = call.header("Range");
        if (range == null || (condition != null && !condition.equals(tag))) {
            return bytes(200, tag, content, 0, content.length());
        }
        return range(range, tag, content);
    }

    private static Reply range(String range, String tag, Content content) {
        var matcher = RANGE.matcher(range);
        if (!matcher.matches() || range.equals("bytes=-")) {
            return bytes(200, tag, content, 0, content.length());
        }
        long first;
        long last = content.length() - 1;
        if (matcher.group(1).isEmpty()) {
            first = Math.max(0, content.length() - Long.parseLong(matcher.group(2)));
        } else {
            first = Long.parseLong(matcher.group(1));
            last = matcher.group(2).isEmpty() ? last : Math.min(last, Long.parseLong(matcher.group(2)));
        }
        if (first > last) {
            return Errors.storage(416, "InvalidRange", "The range specified is invalid.")
                    .with("Content-Range", "bytes */" + content.length());
        }
        return bytes(206, tag, content, first, last + 1)
                .with("Content-Range", "bytes " + first + "-" + last + "/" + content.length());
    }

    private static Reply bytes(int status, String tag, Content content, long first, long end) {
        return new Reply(status, Map.of(), end - first, out -> content.write(out, first, end))
                .with("Content-Type", "application/octet-stream")
                .with("ETag", tag)
                .with("Accept-Ranges", "bytes")
                .with("Last-Modified", "Mon, 07 May 2018 14:30:25 GMT")
                .with("x-ms-blob-type", "BlockBlob");
    }
}
