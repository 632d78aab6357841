package dev.pawl.samples.document.workflow;

import dev.pawl.samples.document.Keyword;
import dev.pawl.samples.document.Language;
import dev.pawl.samples.document.Readability;
import java.util.List;

/** What three stages found out side by side. */
public record Analysis(Language language, Keywords keywords, Readability readability) {

    /** Most telling first. */
    public record Keywords(List<Keyword> found) {
        public Keywords {
            found = List.copyOf(found);
        }
    }
}
