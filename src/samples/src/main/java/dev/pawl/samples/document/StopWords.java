package dev.pawl.samples.document;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.snowball.SnowballFilter;

/** The words of a language that say nothing of a text's subject, in lower case; the lists are those of Apache Lucene. */
final class StopWords {

    private static final Map<String, String> SNOWBALL_LISTS = Map.ofEntries(
            entry("da", "danish"),
            entry("de", "german"),
            entry("en", "english"),
            entry("es", "spanish"),
            entry("fi", "finnish"),
            entry("fr", "french"),
            entry("hu", "hungarian"),
            entry("it", "italian"),
            entry("nl", "dutch"),
            entry("no", "norwegian"),
            entry("pt", "portuguese"),
            entry("ru", "russian"),
            entry("sv", "swedish"));

    /** Code of the language and folder of its list. */
    private static final Map<String, String> OTHER_LISTS = Map.ofEntries(
            entry("ar", "ar"),
            entry("bg", "bg"),
            entry("bn", "bn"),
            entry("br", "br"),
            entry("ca", "ca"),
            entry("cs", "cz"),
            entry("el", "el"),
            entry("et", "et"),
            entry("eu", "eu"),
            entry("fa", "fa"),
            entry("ga", "ga"),
            entry("gl", "gl"),
            entry("hi", "hi"),
            entry("id", "id"),
            entry("lt", "lt"),
            entry("lv", "lv"),
            entry("ne", "ne"),
            entry("ro", "ro"),
            entry("sr", "sr"),
            entry("ta", "ta"),
            entry("te", "te"),
            entry("th", "th"),
            entry("tr", "tr"));

    /** What the lists leave out: auxiliary verbs and pronouns, above all. */
    private static final Map<String, Set<String>> MORE = Map.of(
            "en",
            Set.of(
                    "shall", "will", "may", "must", "can", "might", "upon", "unto", "one", "us", "every", "without",
                    "within", "among", "thereof", "therein", "whereof", "also", "let", "made", "make", "many", "much",
                    "never"),
            "fr",
            Set.of(
                    "tout", "toute", "tous", "toutes", "peut", "peuvent", "doit", "doivent", "être", "faire", "fait",
                    "plus", "aussi", "ainsi", "si", "dont", "où", "comme", "donc", "car", "sans", "sous", "chaque",
                    "autre", "autres", "est"),
            "de",
            Set.of("schon", "ganz", "mehr", "immer", "deren", "dessen", "derselben", "dennoch", "usw"));

    private static final Map<String, Set<String>> LOADED = new ConcurrentHashMap<>();

    private StopWords() {}

    /** Empty where there is no list for the language. */
    static Set<String> of(Language language) {
        return LOADED.computeIfAbsent(language.code(), StopWords::load);
    }

    private static Set<String> load(String code) {
        Set<String> words = new HashSet<>();
        if (SNOWBALL_LISTS.containsKey(code)) {
            String file = "snowball/" + SNOWBALL_LISTS.get(code) + "_stop.txt";
            addAll(words, read(file, WordlistLoader::getSnowballWordSet));
        } else if (OTHER_LISTS.containsKey(code)) {
            addAll(words, read(OTHER_LISTS.get(code) + "/stopwords.txt", in -> WordlistLoader.getWordSet(in, "#")));
        }
        words.addAll(MORE.getOrDefault(code, Set.of()));
        return Set.copyOf(words);
    }

    private static void addAll(Set<String> words, CharArraySet list) {
        for (Object word : list) {
            words.add(new String((char[]) word));
        }
    }

    private static CharArraySet read(String file, ListFormat format) {
        String path = "/org/apache/lucene/analysis/" + file;
        try (InputStream in = SnowballFilter.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("Lucene lacks its stop words " + path);
            }
            return format.parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The stop words " + path + " cannot be read", e);
        }
    }

    private interface ListFormat {
        CharArraySet parse(InputStream in) throws IOException;
    }
}
