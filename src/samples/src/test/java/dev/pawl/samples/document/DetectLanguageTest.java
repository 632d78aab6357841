package dev.pawl.samples.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectLanguageTest {

    private final DetectLanguage detect = new DetectLanguage();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | We have come to dedicate a portion of that field.",
                "de | Es ist so bequem, unmündig zu sein. Habe Mut, dich deines eigenen Verstandes zu bedienen!",
                "fr | Les hommes naissent et demeurent libres et égaux en droits.",
                "es | En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho tiempo que vivía un hidalgo.",
                "it | Nel mezzo del cammin di nostra vita mi ritrovai per una selva oscura.",
                "pt | As armas e os barões assinalados que da ocidental praia lusitana passaram ainda além da Taprobana.",
                "ru | Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.",
                "ja | 吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。",
                "zh | 学而时习之，不亦说乎？有朋自远方来，不亦乐乎？人不知而不愠，不亦君子乎？"
            })
    void theLanguageOfASentenceIsNamedByItsIsoCode(String code, String text) {
        Language language = detect.detect(text);

        assertThat(language.code()).isEqualTo(code);
        assertThat(language.confidence()).isBetween(0.7, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello.", "1234567890 1234567890 1234567890", "!!! ??? ... --- ,,, ;;; ::: ((( )))"})
    void tooLittleTextIsUndetermined(String text) {
        assertThat(detect.detect(text)).isEqualTo(Language.UNDETERMINED);
    }
}
