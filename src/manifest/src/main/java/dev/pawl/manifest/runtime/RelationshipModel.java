package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Relationship;
import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.expression.Evaluation;
import dev.pawl.manifest.runtime.expression.RelatedRows;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How relationships are followed: by the keys the declaring side holds, by the keys the other side holds, or by a join. */
final class RelationshipModel {
    private static final List<String> BY_ID = List.of("id");

    private RelationshipModel() {}

    static RelatedRows of(Entity entity, Relationship relationship, Ir program) {
        return switch (relationship.kind()) {
            case BELONGS_TO, REF -> one(held(relationship, program));
            case HAS_ONE -> one(heldByOther(entity, relationship, program));
            case HAS_MANY ->
                relationship.through() == null
                        ? many(heldByOther(entity, relationship, program))
                        : through(entity, relationship, relationship.through(), program);
        };
    }

    /** The columns in which the rows of an entity keep the key of another row. */
    static List<String> keyColumns(Relationship relationship) {
        return relationship.foreignKey() == null
                ? List.of(relationship.name() + "Id")
                : relationship.foreignKey().fields();
    }

    static boolean holdsKey(Relationship relationship) {
        return relationship.kind() == Relationship.Kind.BELONGS_TO || relationship.kind() == Relationship.Kind.REF;
    }

    /** Rows of {@code target} whose {@code there} columns equal the record's {@code here} columns. */
    private record Link(String target, List<String> here, List<String> there) {
        List<EntityRecord> from(EntityRecord record, Evaluation evaluation) {
            Map<String, Object> equal = new LinkedHashMap<>();
            for (int i = 0; i < here.size(); i++) {
                Object key = record.get(here.get(i));
                if (key instanceof Absent || key.equals("")) {
                    return List.of();
                }
                equal.put(there.get(i), key);
            }
            List<EntityRecord> rows = there.equals(BY_ID)
                    ? evaluation.surroundings().row(target, Values.toText(equal.get("id"))).stream()
                            .toList()
                    : evaluation.surroundings().rows(target, equal);
            evaluation.charge(rows.size());
            return rows;
        }
    }

    private static RelatedRows one(Link link) {
        return (record, evaluation) -> {
            List<EntityRecord> rows = link.from(record, evaluation);
            return rows.isEmpty() ? Absent.NULL : rows.get(0);
        };
    }

    private static RelatedRows many(Link link) {
        return (record, evaluation) -> new ArrayList<Object>(link.from(record, evaluation));
    }

    private static RelatedRows through(Entity entity, Relationship relationship, String join, Ir program) {
        Link toJoin = program.entity(join)
                .flatMap(rows -> keyTo(rows, entity.name()))
                .map(back -> reversed(join, back, program))
                .orElseGet(() -> conventional(join, entity));
        Link toTarget = program.entity(join)
                .flatMap(rows -> keyTo(rows, relationship.target()))
                .map(forth -> held(forth, program))
                .orElseGet(() ->
                        new Link(relationship.target(), List.of(conventionalColumn(relationship.target())), BY_ID));
        return (record, evaluation) -> {
            Map<String, Object> found = new LinkedHashMap<>();
            for (EntityRecord row : toJoin.from(record, evaluation)) {
                for (EntityRecord target : toTarget.from(row, evaluation)) {
                    found.putIfAbsent(target.id(), target);
                }
            }
            return new ArrayList<>(found.values());
        };
    }

    private static Link held(Relationship relationship, Ir program) {
        List<String> here = keyColumns(relationship);
        return new Link(relationship.target(), here, referenced(relationship, here, program));
    }

    private static List<String> referenced(Relationship relationship, List<String> here, Ir program) {
        if (relationship.foreignKey() != null
                && relationship.foreignKey().references().size() == here.size()) {
            return relationship.foreignKey().references();
        }
        if (here.size() == 1) {
            return BY_ID;
        }
        return program.entity(relationship.target())
                .map(Entity::key)
                .filter(key -> key.size() == here.size())
                .orElse(here);
    }

    private static Link heldByOther(Entity entity, Relationship relationship, Ir program) {
        if (relationship.foreignKey() != null) {
            List<String> there = relationship.foreignKey().fields();
            List<String> here = relationship.foreignKey().references();
            return new Link(relationship.target(), here.size() == there.size() ? here : BY_ID, there);
        }
        return program.entity(relationship.target())
                .flatMap(rows -> keyTo(rows, entity.name()))
                .map(back -> reversed(relationship.target(), back, program))
                .orElseGet(() -> conventional(relationship.target(), entity));
    }

    private static Optional<Relationship> keyTo(Entity rows, String target) {
        return rows.relationships().stream()
                .filter(candidate -> holdsKey(candidate) && candidate.target().equals(target))
                .findFirst();
    }

    private static Link reversed(String rows, Relationship back, Ir program) {
        Link forth = held(back, program);
        return new Link(rows, forth.there(), forth.here());
    }

    private static Link conventional(String rows, Entity entity) {
        return new Link(rows, BY_ID, List.of(conventionalColumn(entity.name())));
    }

    private static String conventionalColumn(String entity) {
        return entity.substring(0, 1).toLowerCase(Locale.ROOT) + entity.substring(1) + "Id";
    }
}
