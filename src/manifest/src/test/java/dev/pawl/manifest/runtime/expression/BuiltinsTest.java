package dev.pawl.manifest.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.RuntimeFixture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builtins through the whole way of a program: source, IR, code. */
class BuiltinsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "trim(\"  a \") | \"a\"",
                "split(\"a,b\", \",\") | [\"a\",\"b\"]",
                "count([1, 2]) | 2",
                "replace(\"a.a\", \".\", \"-\") | \"a-a\"",
                "replace(\"aXbX\", \"X\", \"$1\") | \"a$1b$1\"",
                "substring(\"hello\", 3, 1) | \"el\"",
                "substring(\"hello\", -2) | \"hello\"",
                "indexOf([\"a\", \"b\"], \"b\") | 1",
                "matches(\"abc\", \"^a.c$\") | true",
                "matches(5, \"5\") | false",
                "search(\"The quick fox\", \"FOX the\") | true",
                "search(\"The quick fox\", \"fo\") | false",
                "round(2.5) | 3",
                "round(-2.5) | -2",
                "min(3, 1, 2) | 1",
                "max(3, 1, 2) | 3",
                "between(5, 1, 5) | true",
                "sum([1, 2, 3]) | 6",
                "sum(split(\"1,2\", \",\")) | 3",
                "avg([1, 2]) | 1.5",
                "avg([]) | 0",
                "min_of([3, 1]) | 1",
                "max_of([\"a\"]) | ",
                "count_of([1, 2, 3], (n) => n > 1) | 2",
                "filter([1, 2, 3], (n) => n > 1) | [2,3]",
                "map([1, 2], (n) => n * 10) | [10,20]",
                "flat_map([1, 2], (n) => [n, n]) | [1,1,2,2]",
                "unique_of([1, 1, 2]) | [1,2]",
                "map([1, 2], (n) => sum([10, 20], (m) => m * n)) | [30,60]",
                "year(0) | 1970",
                "dateOf(1000000000000) | \"2001-09-09\"",
                "timeOf(1000000000000) | \"01:46:40\"",
                "dateOf(\"x\") | null",
                "datetimeOf(\"2001-09-09\", \"01:46:40\") | 1000000000000",
                "datetimeOf(\"2001-02-30\") | null",
                "addDuration(5, durationMinutes(1)) | 60005",
                "durationBetween(5, 8) | 3",
                "durationDays(\"x\") | null",
                "flag(\"new\") | false",
                "hasPermission(\"read\") | false",
                "roleAllows(\"clerk\", \"read\") | true",
                "roleAllows(\"boss\", \"pay\", \"bills\") | false",
                "[1, 2].contains(2) | true",
                "\"abc\".length | 3",
                "1 / 0 | null",
                "7 % 4 | 3",
                "\"1\" + 1 | \"11\"",
                "\"3\" * \"2\" | 6",
                "not (1 > 2) | true",
                "2 in [1, 2] | true",
                "\"ell\" in \"hello\" | true"
            })
    void aBuiltinAnswersAsItIsDescribed(String expression, String expected) {
        RuntimeFixture probes = RuntimeFixture.of("""
                role clerk { allow read }
                role boss extends clerk {
                  allow pay
                  deny pay bills
                }
                entity Probe {
                  property required id: string
                  computed answer: any = %s
                }
                store Probe in memory
                """.formatted(expression));
        probes.given("Probe", "{'id':'p1'}");

        assertThat(probes.runtime().evaluateComputed("Probe", "p1", "answer", Caller.anonymous()))
                .hasToString(expected == null ? "" : expected);
    }
}
