package io.dsrbroker.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PageTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{'value':[1,2],'nextLink':'https://h/n'}|2|https://h/n|-",
                "{'Value':[1,2],'NextLink':'https://h/n'}|2|https://h/n|-",
                "{'value':[1],'@odata.nextLink':'https://h/n'}|1|https://h/n|-",
                "{'value':[1],'odata.nextLink':'https://h/n'}|1|https://h/n|-",
                "{'value':[1],'_links':{'next':'https://h/n'}}|1|https://h/n|-",
                "{'value':[1],'_links':{'next':{'href':'https://h/n'}}}|1|https://h/n|-",
                "{'value':[],'nextLink':'https://h/n'}|0|https://h/n|-",
                "{'value':[1],'continuationToken':'t+/='}|1|-|t+/=",
                "{'value':[1],'$skipToken':'t'}|1|-|t",
                "{'value':[1],'continuationToken':'t','nextLink':'https://h/n'}|1|https://h/n|-",
                "{'value':[1],'nextLink':null,'continuationToken':null}|1|-|-",
                "{'value':[1],'nextLink':''}|1|-|-",
                "{'value':null}|0|-|-",
                "[1,2,3]|3|-|-",
                "{'name':'a'}|1|-|-",
            })
    void everyDialectIsRead(String body, int items, @Nullable String link, @Nullable String token) {
        Page page = Page.of(new JsonMapper().readTree(body.replace('\'', '"'))).orElseThrow();
        assertThat(page.items()).hasSize(items);
        Continuation next =
                link != null ? new Continuation.Link(link) : token != null ? new Continuation.Token(token) : null;
        assertThat(page.next()).isEqualTo(next);
    }

    @Test
    void answerThatIsNoListIsNoPage() {
        assertThat(Page.of(new JsonMapper().readTree("\"text\""))).isEqualTo(Optional.empty());
        assertThat(Page.of(new JsonMapper().readTree("{\"value\":7}"))).isEqualTo(Optional.empty());
    }
}
