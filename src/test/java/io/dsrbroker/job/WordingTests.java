package io.dsrbroker.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordingTests {

    private static final Subject ADA =
            new Subject("A1".repeat(32), "0f8fad5b-d9cb-469f-a165-70867728950e", "ada.lovelace+dsr@example.com");

    @Test
    void identifiersAreTakenOutWhereverTheyStandAndHoweverTheyAreWritten() {
        assertThat(Wording.clean(
                        ADA,
                        "ADA.Lovelace+DSR@example.com wrote (0F8FAD5B-d9cb-469f-a165-70867728950e), author="
                                + "a1".repeat(32) + "; again ada.lovelace+dsr@example.com"))
                .isEqualTo("[e-mail address] wrote ([object id]), author=[author id]; again [e-mail address]");
    }

    @Test
    void otherWordsStayAsTheyAre() {
        String words = "See ticket 4711 of adaXlovelace+dsr@example.com, $1 \\ [seen]";
        assertThat(Wording.clean(ADA, words)).isEqualTo(words);
        assertThat(Wording.clean(new Subject(null, null, "a@example.com"), words))
                .isEqualTo(words);
    }
}
