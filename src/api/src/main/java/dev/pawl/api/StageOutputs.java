package dev.pawl.api;

import java.util.Set;

/** The outputs of a parallel group that names no join: a map by stage id. */
public interface StageOutputs {

    Set<String> stageIds();

    /** The output of a stage of the group, read as this type. */
    <T> T require(String stageId, Class<T> type);
}
