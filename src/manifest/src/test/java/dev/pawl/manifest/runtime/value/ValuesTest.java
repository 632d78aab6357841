package dev.pawl.manifest.runtime.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-0.0, 0",
        "1.5, 1.5",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "123456789012345680000, 123456789012345680000",
        "1e21, 1e+21",
        "1.25e25, 1.25e+25",
        "0.000001, 0.000001",
        "1e-7, 1e-7",
        "-2.5e-9, -2.5e-9",
        "9007199254740993, 9007199254740992",
        "NaN, NaN",
        "Infinity, Infinity"
    })
    void numbersAreWrittenAsJavaScriptWritesThem(String number, String text) {
        assertThat(NumberText.of(Double.parseDouble(number))).isEqualTo(text);
    }

    @Property
    void everyWrittenNumberIsReadBack(@ForAll double number) {
        assertThat(NumberText.parse(NumberText.of(number))).isEqualTo(number == 0 ? 0.0 : number);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"'' | 0", "' 12 ' | 12", "0x1F | 31", "1e3 | 1000", "12px | NaN", ".5 | 0.5", "1d | NaN", "- | NaN"
            },
            delimiter = '|')
    void textIsReadAsJavaScriptReadsIt(String text, double number) {
        assertThat(NumberText.parse(text)).isEqualTo(Double.valueOf(number));
    }

    @Test
    void looseEqualityConvertsAndUndefinedEqualsOnlyNull() {
        assertThat(Values.looselyEqual(Absent.UNDEFINED, Absent.NULL)).isTrue();
        assertThat(Values.looselyEqual(Absent.NULL, 0d)).isFalse();
        assertThat(Values.looselyEqual(Absent.UNDEFINED, "")).isFalse();
        assertThat(Values.looselyEqual("5", 5d)).isTrue();
        assertThat(Values.looselyEqual(0d, false)).isTrue();
        assertThat(Values.looselyEqual("", 0d)).isTrue();
        assertThat(Values.looselyEqual("a", Double.NaN)).isFalse();
        assertThat(Values.looselyEqual(Double.NaN, Double.NaN)).isFalse();
        assertThat(Values.looselyEqual(List.of(1d, 2d), "1,2")).isTrue();
        assertThat(Values.looselyEqual(List.of(), List.of("x"))).isFalse();
    }

    @Test
    void truthIsAsInJavaScript() {
        assertThat(List.of(0d, "", false, Absent.NULL, Absent.UNDEFINED, Double.NaN))
                .noneMatch(Values::truthy);
        assertThat(List.of(1d, "0", true, List.of(), Map.of())).allMatch(Values::truthy);
    }

    @Test
    void additionJoinsTextAndOrderComparesTextByItsCharacters() {
        assertThat(Values.add("a", 1d)).isEqualTo("a1");
        assertThat(Values.add(1d, Absent.NULL)).isEqualTo(1d);
        assertThat((Double) Values.add(1d, Absent.UNDEFINED)).isNaN();
        assertThat(Values.add(true, 1d)).isEqualTo(2d);
        assertThat(Values.compare("10", "9")).isEqualTo(Values.Comparison.LESS);
        assertThat(Values.compare("10", 9d)).isEqualTo(Values.Comparison.GREATER);
        assertThat(Values.compare(Absent.UNDEFINED, 1d)).isEqualTo(Values.Comparison.UNORDERED);
    }

    @Test
    void membershipDoesNotConvert() {
        assertThat(Values.contains(List.of("5"), 5d)).isFalse();
        assertThat(Values.contains(List.of(Double.NaN), Double.NaN)).isTrue();
        assertThat(Values.contains("version 5", 5d)).isTrue();
    }

    @Test
    void undefinedLeavesObjectsAndWholeNumbersHaveNoFraction() {
        Map<String, Object> map = new java.util.LinkedHashMap<>();
        map.put("b", 1d);
        map.put("gone", Absent.UNDEFINED);
        map.put("a", Absent.NULL);
        map.put("list", List.of(Absent.UNDEFINED, 0.5d, Double.NaN));

        assertThat(JsonValues.toJson(map)).hasToString("{\"b\":1,\"a\":null,\"list\":[null,0.5,null]}");
    }
}
