package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final String LIBRARY = """
            entity Author {
              property required id: string
              property name: string = ""
              property private secret: string = "s"
              property masked(email) mail: string = "" unmask when user.role == "admin"
              hasMany books: Book
              hasOne profile: Profile
              computed bookCount: number = count_of(self.books)
              computed pages: number = sum(self.books, (book) => book.pages)
            }
            entity Book {
              property required id: string
              property authorId: string = ""
              property pages: number = 0
              property shelf: string = "public"
              belongsTo author: Author
              hasMany tags: Tag through BookTag
              hasMany links: BookTag
              computed authorName: string = self.author.name
              computed tagNames: string[] = map(self.tags, (tag) => tag.name)
              policy readable read: self.shelf == "public" or user.role == "admin" "Closed shelf"
            }
            entity Profile {
              property required id: string
              property authorId: string = ""
              belongsTo author: Author
            }
            entity Tag {
              property required id: string
              property name: string = ""
              hasMany links: BookTag
            }
            entity BookTag {
              property required id: string
              property bookId: string = ""
              property tagId: string = ""
              belongsTo book: Book
              belongsTo tag: Tag
            }
            store Author in memory
            store Book in memory
            store Profile in memory
            store Tag in memory
            store BookTag in memory
            """;

    private final RuntimeFixture library = library();

    @Test
    void computedPropertiesAndRelationshipsAreReadTogether() {
        EntityView author = library.runtime()
                .get("Author", "a1", Set.of("books", "profile"), Caller.user("u", "admin"))
                .orElseThrow();
        ObjectNode json = author.toJson();

        assertThat(json.get("bookCount").asInt()).isEqualTo(2);
        assertThat(json.get("pages").asInt()).isEqualTo(300);
        assertThat(json.at("/books/0/id").asText()).isEqualTo("b1");
        assertThat(json.get("books")).hasSize(2);
        assertThat(json.at("/profile/id").asText()).isEqualTo("f1");
        assertThat(library.values("Book", "b1")).containsEntry("authorName", "Ada");
        assertThat(library.values("Book", "b1")).containsEntry("tagNames", java.util.List.of("new", "old"));
    }

    @Test
    void privatePropertiesNeverShowAndMaskedOnesOnlyToWhomTheyMay() {
        assertThat(library.stored("Author", "a1").get("mail").asText()).isEqualTo("a***@example.com");
        assertThat(library.stored("Author", "a1").has("secret")).isFalse();
        assertThat(library.runtime()
                        .get("Author", "a1", Caller.user("u", "admin"))
                        .orElseThrow()
                        .properties()
                        .get("mail")
                        .asText())
                .isEqualTo("ada@example.com");
        assertThatThrownBy(() -> library.runtime()
                        .query(
                                InstanceQuery.of("Author").where(Map.of("secret", TextNode.valueOf("s"))),
                                Caller.anonymous()))
                .isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("secret");
    }

    @Test
    void aDeniedRowReadsLikeAMissingOne() {
        assertThat(library.runtime().get("Book", "b2", Caller.anonymous())).isEmpty();
        assertThat(library.runtime()
                        .query(InstanceQuery.of("Book"), Caller.anonymous())
                        .items())
                .extracting(EntityView::id)
                .containsExactly("b1");
        assertThat(library.runtime()
                        .get("Author", "a1", Set.of("books"), Caller.anonymous())
                        .orElseThrow()
                        .related()
                        .get("books"))
                .hasSize(1);
    }

    @Test
    void pagesFollowEachOtherPastDeniedRows() {
        for (int i = 0; i < 10; i++) {
            library.given("Book", "{'id':'x" + i + "','shelf':'" + (i % 2 == 0 ? "public" : "closed") + "'}");
        }

        InstancePage first = library.runtime().query(InstanceQuery.of("Book").page(null, 4), Caller.anonymous());
        InstancePage second =
                library.runtime().query(InstanceQuery.of("Book").page(first.next(), 4), Caller.anonymous());

        assertThat(first.items()).extracting(EntityView::id).containsExactly("b1", "x0", "x2", "x4");
        assertThat(second.items()).extracting(EntityView::id).containsExactly("x6", "x8");
        assertThat(second.next()).isNull();
    }

    @Test
    @Tag("M-15")
    void tenantsAreApartAndAProgramMayReadTheTenantFromTheContext() {
        RuntimeFixture invoices = RuntimeFixture.of("""
                tenant tenantId : string from context.tenantId
                entity Invoice {
                  property required id: string
                  property amount: number = 0
                  command raise(amount: number) { mutate amount = amount }
                }
                store Invoice in memory
                """);
        Caller first = Caller.anonymous().with("tenantId", TextNode.valueOf("t1"));
        Caller second = Caller.anonymous().with("tenantId", TextNode.valueOf("t2"));

        assertThat(invoices.run("Invoice", "create", null, "{'id':'i1'}", first)
                        .instance()
                        .properties()
                        .get("tenantId")
                        .asText())
                .isEqualTo("t1");
        assertThat(invoices.run("Invoice", "raise", "i1", "{'amount':3}", second)
                        .refusal()
                        .code())
                .isEqualTo(RefusalCode.INSTANCE_NOT_FOUND);
        assertThat(invoices.runtime().get("Invoice", "i1", second)).isEmpty();
        assertThat(invoices.run("Invoice", "raise", "i1", "{'amount':3}")
                        .refusal()
                        .code())
                .isEqualTo(RefusalCode.MISSING_TENANT_CONTEXT);
        assertThatThrownBy(() -> invoices.runtime().get("Invoice", "i1", Caller.anonymous()))
                .isInstanceOf(ReadRefused.class)
                .hasMessageContaining("context.tenantId");
    }

    private static RuntimeFixture library() {
        RuntimeFixture library = RuntimeFixture.of(LIBRARY);
        library.given("Author", "{'id':'a1','name':'Ada','mail':'ada@example.com'}");
        library.given("Profile", "{'id':'f1','authorId':'a1'}");
        library.given("Book", "{'id':'b1','authorId':'a1','pages':100}");
        library.given("Book", "{'id':'b2','authorId':'a1','pages':200,'shelf':'closed'}");
        library.given("Tag", "{'id':'t1','name':'new'}");
        library.given("Tag", "{'id':'t2','name':'old'}");
        library.given("BookTag", "{'id':'l1','bookId':'b1','tagId':'t1'}");
        library.given("BookTag", "{'id':'l2','bookId':'b1','tagId':'t2'}");
        return library;
    }
}
