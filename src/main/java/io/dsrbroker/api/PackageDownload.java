package io.dsrbroker.api;

import io.dsrbroker.export.Packages.Availability.Ready;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Streams a package, or the one range of it that was asked for; several ranges at once get all of it.
 *
 * <p>Spring's own support for ranges knows no {@code If-Range}.
 */
record PackageDownload(Ready ready, Witness witness) {

    private static final int BUFFER = 1 << 16;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Hears which bytes are about to be sent; where it fails, none are. */
    @FunctionalInterface
    interface Witness {

        /** Both included. */
        void sending(long first, long last);
    }

    /** From the first to the last byte, both included. */
    private record Part(long first, long last) {

        long length() {
            return last - first + 1;
        }
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.LAST_MODIFIED, lastModified());
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        if (new ServletWebRequest(request, response).checkNotModified(eTag())) {
            return;
        }
        Part part = part(request);
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            describe(part, response);
            return;
        }
        try (InputStream zip = ready.zip().from(part == null ? 0 : part.first())) {
            witness.sending(part == null ? 0 : part.first(), part == null ? ready.bytes() - 1 : part.last());
            describe(part, response);
            send(zip, part == null ? ready.bytes() : part.length(), response.getOutputStream());
        }
    }

    private void describe(@Nullable Part part, HttpServletResponse response) {
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(ready.fileName())
                        .build()
                        .toString());
        if (part == null) {
            response.setContentLengthLong(ready.bytes());
            return;
        }
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        response.setContentLengthLong(part.length());
        response.setHeader(
                HttpHeaders.CONTENT_RANGE, "bytes " + part.first() + "-" + part.last() + "/" + ready.bytes());
    }

    private static void send(InputStream zip, long length, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int read = zip.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("The stored package is shorter than it was");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private @Nullable Part part(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.RANGE);
        if (header == null
                || !header.toLowerCase(Locale.ROOT).startsWith("bytes=")
                || !HttpMethod.GET.matches(request.getMethod())
                || !isCurrent(request.getHeader(HttpHeaders.IF_RANGE))) {
            return null;
        }
        long length = ready.bytes();
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(header.toLowerCase(Locale.ROOT));
            if (ranges.size() > 1) {
                return null;
            }
            HttpRange range = ranges.getFirst();
            Part part = new Part(range.getRangeStart(length), Math.min(range.getRangeEnd(length), length - 1));
            if (part.first() < length && part.first() <= part.last()) {
                return part;
            }
        } catch (IllegalArgumentException e) {
            // No range at all, as below.
        }
        throw new RangeNotSatisfiable(length);
    }

    private boolean isCurrent(@Nullable String ifRange) {
        return ifRange == null || ifRange.equals(eTag()) || ifRange.equals(lastModified());
    }

    private String eTag() {
        return "\"" + ready.sha256() + "\"";
    }

    private String lastModified() {
        return HTTP_DATE.format(ready.createdAt());
    }
}
