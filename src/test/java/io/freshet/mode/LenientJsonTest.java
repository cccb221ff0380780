package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"{'id':2021}", "{'id':'2021'}"})
    void shouldReadAnIdThatIsANumberOrAText(String object) {
        assertThat(LenientJson.text(json(object), "id")).contains("2021");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'name':null}", "{'name':{}}", "{'name':[]}", "{'name':true}"})
    void shouldTakeAFieldForAbsentThatIsMissingOrNullOrOfAnotherType(String object) {
        assertThat(LenientJson.text(json(object), "name")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-09-02T07:38:43.722Z",
                "2024-09-02T07:38:43.722+00:00",
                "2024-09-02T07:38:43.722+0000",
                "2024-09-02T07:38:43.722+00",
                "2024-09-02T09:38:43.722+02:00",
                "2024-09-02T02:08:43.722-0530",
            })
    void shouldReadATimeWithAnyOffset(String time) {
        assertThat(LenientJson.time(json("{'at':'" + time + "'}"), "at"))
                .contains(Instant.parse("2024-09-02T07:38:43.722Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-09-02T07:38:43Z, 2024-09-02T07:38:43Z",
        "2024-09-02T07:38:43.1Z, 2024-09-02T07:38:43.100Z",
        "2024-09-02T07:38:43.722184Z, 2024-09-02T07:38:43.722184Z",
    })
    void shouldReadATimeOfAnyPrecision(String time, Instant instant) {
        assertThat(LenientJson.time(json("{'at':'" + time + "'}"), "at")).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'at':null}",
                "{'at':1725262723}",
                "{'at':'yesterday'}",
                "{'at':'2024-09-02T07:38'}",
                "{'at':'0001-01-01T00:00:00Z'}",
                "{'at':'9999-12-31T23:59:59Z'}",
                "{'at':'+999999999-12-31T23:59:59Z'}",
                "{'at':'-999999999-01-01T00:00:00Z'}",
            })
    void shouldTakeATimeForAbsentThatIsNone(String object) {
        assertThat(LenientJson.time(json(object), "at")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'token':null}",
                "{'token':''}",
                "{'token':'../secrets'}",
                "{'token':'a/b'}",
                "{'token':'a b'}",
                "{'token':'a%2Fb'}",
                "{'token':'ä'}",
                "{'token':['a']}",
            })
    void shouldTakeNothingForATokenThatMustNotStandInAUrl(String object) {
        assertThat(LenientJson.token(json(object))).isEmpty();
    }

    @Test
    void shouldTakeNoTokenLongerThan64Characters() {
        assertThat(LenientJson.token(json("{'token':'" + "a".repeat(64) + "'}")))
                .isPresent();
        assertThat(LenientJson.token(json("{'token':'" + "a".repeat(65) + "'}")))
                .isEmpty();
    }

    @Test
    void shouldLeaveOutRowsWithoutAUsableToken() {
        var page =
                json("{'_embedded':{'reports':[{'token':'a1'},{'token':'../b'},{'name':'c'},7,null,{'token':'d4'}]}}");

        var tokens = LenientJson.rows(page, "reports").orElseThrow().stream()
                .map(row -> row.path("token").asText())
                .toList();

        assertThat(tokens).isEqualTo(List.of("a1", "d4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'_embedded':null}",
                "{'_embedded':{}}",
                "{'_embedded':{'reports':null}}",
                "{'_embedded':{'reports':[]}}",
            })
    void shouldReadNoRowsWhereAListingHasNone(String page) {
        assertThat(LenientJson.rows(json(page), "reports")).contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'_embedded':[]}",
                "{'_embedded':'x'}",
                "{'_embedded':{'reports':{}}}",
                "{'_embedded':{'spaces':[{'token':'a1'}]}}",
            })
    void shouldTellAnEmptyListingFromAMalformedOne(String page) {
        assertThat(LenientJson.rows(json(page), "reports")).isEmpty();
    }

    @Test
    void shouldReadHowManyPagesThereAre() {
        assertThat(LenientJson.totalPages(json("{'pagination':{'total_pages':3}}")))
                .contains(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'pagination':{}}",
                "{'pagination':null}",
                "{'pagination':{'total_pages':null}}",
                "{'pagination':{'total_pages':'many'}}",
                "{'pagination':{'total_pages':-1}}",
            })
    void shouldNotKnowHowManyPagesThereAreWhereModeDoesNotSay(String page) {
        assertThat(LenientJson.totalPages(json(page))).isEmpty();
    }

    @Test
    void shouldReadADatasetOfAListing() {
        var dataset = Dataset.of(json("{'token':'d1','id':'7','name':null,'collection_name':'Sales'}"));

        assertThat(dataset.token()).isEqualTo("d1");
        assertThat(dataset.name()).isEqualTo("d1");
        assertThat(dataset.archived()).isFalse();
        assertThat(dataset.expectedRuntime()).isEmpty();
    }

    @Test
    void shouldReadADatasetOfItsOwn() {
        var dataset = Dataset.of(json("{'token':'d1','name':'Orders','archived':true,'expected_runtime':1.5}"));

        assertThat(dataset.name()).isEqualTo("Orders");
        assertThat(dataset.archived()).isTrue();
        assertThat(dataset.expectedRuntime()).contains(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "-1", "'long'", "1e300"})
    void shouldKnowNoRuntimeThatMakesNoSense(String seconds) {
        assertThat(Dataset.of(json("{'token':'d1','expected_runtime':" + seconds + "}"))
                        .expectedRuntime())
                .isEmpty();
    }

    @Test
    void shouldReadTheProjectionThatReportsOfADatasetAre() {
        var report = Report.of(json("{'token':'r1','name':'Daily sales','creator':{},'_links':{}}"));

        assertThat(report).isEqualTo(new Report("r1", "Daily sales", false));
    }

    private static JsonNode json(String text) {
        return LenientJson.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
