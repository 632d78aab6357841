package dev.pawl.ejb.store.record;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code pawl_blob}. */
@Entity
@Table(name = "pawl_blob")
public class BlobRecord {

    @Id
    @Column(name = "blob_key")
    private String key;

    @Column(name = "created_at")
    private Instant createdAt;

    @Lob
    private String content;

    protected BlobRecord() {}

    public String key() {
        return key;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public String content() {
        return content;
    }
}
