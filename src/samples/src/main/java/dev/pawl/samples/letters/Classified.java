package dev.pawl.samples.letters;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What a model makes of a letter; what it must look like is told to the model as a JSON Schema. */
public record Classified(
        @JsonPropertyDescription("the office the letter is for")
        Office office,

        @JsonPropertyDescription("1 can wait, 5 is an emergency")
        int urgency,

        @JsonPropertyDescription("the letter in one sentence")
        String gist) {

    /** Who answers. */
    public enum Office {
        PARKS,
        ROADS,
        WATER,
        MAYOR
    }

    public Classified {
        if (urgency < 1 || urgency > 5) {
            throw new IllegalArgumentException("urgency lies between 1 and 5, not at " + urgency);
        }
    }
}
