package io.dsrbroker.console;

import io.dsrbroker.job.EvidenceFiles.EvidenceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.web.multipart.MultipartFile;

/** Takes a file that somebody shows as evidence, if it is what it may be: told by its content, not by its name. */
final class EvidenceUpload {

    /** Bytes. */
    static final int LONGEST = 5 * 1024 * 1024;

    private static final Map<String, List<byte[]>> BEGINNINGS = Map.of(
            "image/png", List.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}),
            "image/jpeg", List.of(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}),
            "application/pdf", List.of("%PDF-".getBytes(StandardCharsets.US_ASCII)));
    private static final Map<String, String> EXTENSIONS =
            Map.of("image/png", ".png", "image/jpeg", ".jpg", "application/pdf", ".pdf");

    private EvidenceUpload() {}

    static EvidenceFile of(MultipartFile upload) throws IOException {
        byte[] content = upload.getBytes();
        if (content.length == 0) {
            throw new FormProblem("evidence", "Choose a file that shows that it was done.");
        }
        if (content.length > LONGEST) {
            throw new FormProblem("evidence", "The file must not exceed 5 MB.");
        }
        return BEGINNINGS.entrySet().stream()
                .filter(type -> type.getValue().stream().anyMatch(beginning -> begins(content, beginning)))
                .map(type -> new EvidenceFile(type.getKey(), content))
                .findFirst()
                .orElseThrow(() -> new FormProblem("evidence", "The file must be a PNG or JPEG picture, or a PDF."));
    }

    private static boolean begins(byte[] content, byte[] beginning) {
        return content.length >= beginning.length
                && Arrays.equals(content, 0, beginning.length, beginning, 0, beginning.length);
    }

    static String extension(String mediaType) {
        return EXTENSIONS.getOrDefault(mediaType, "");
    }
}
