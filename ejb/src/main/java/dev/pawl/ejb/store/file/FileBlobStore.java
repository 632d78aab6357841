package dev.pawl.ejb.store.file;

import dev.pawl.engine.port.BlobInfo;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Ids;
import dev.pawl.engine.port.OpenBlob;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A file for each blob, below one folder, which servers share over a network file system. A put writes a file aside,
 * forces it to the disk and then renames it, so that a key has the old blob or the new one and never a part. A put within a
 * transaction can be read at once and is taken back when that is rolled back; a delete waits for the commit.
 */
public final class FileBlobStore implements BlobStore {

    private static final String ASIDE = ".aside";
    private static final int TRIES = 20;
    private static final boolean FOLDERS_CAN_BE_FORCED = File.separatorChar == '/';

    /** What a transaction did, by key, with the versions it did it to. */
    private record Changes(Map<String, String> added, Map<String, String> deleted) {
        Changes() {
            this(new HashMap<>(), new HashMap<>());
        }
    }

    private final Path root;
    private final BlobPaths paths;
    private final CurrentTransaction transaction;
    private final Clock clock;
    private final Ids ids;
    private final Duration keepUnfinished;
    private final Map<Object, Changes> open = new ConcurrentHashMap<>();

    /** @param keepUnfinished how long files of broken off puts stay */
    public FileBlobStore(Path root, CurrentTransaction transaction, Clock clock, Ids ids, Duration keepUnfinished) {
        this.root = root.toAbsolutePath().normalize();
        this.paths = new BlobPaths(this.root);
        this.transaction = transaction;
        this.clock = clock;
        this.ids = ids;
        this.keepUnfinished = keepUnfinished;
    }

    @Override
    public BlobInfo put(String key, String contentType, InputStream content) throws IOException {
        BlobStore.checkedKey(key);
        if (contentType.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A content type has no control characters");
        }
        Source source = new Source(content);
        try {
            return put(key, contentType, source);
        } catch (IOException e) {
            if (e == source.failure()) {
                throw e;
            }
            throw new UncheckedIOException("The blob '" + key + "' cannot be written", e);
        }
    }

    private BlobInfo put(String key, String contentType, Source content) throws IOException {
        Path aside = Files.createDirectories(root.resolve(ASIDE)).resolve(ids.next());
        try {
            BlobInfo info = BlobFile.write(aside, key, ids.next(), contentType, clock.now(), content);
            boolean isNew = !has(key);
            moveTo(paths.fileOf(key), aside);
            if (isNew) {
                changes().ifPresent(changes -> changes.added().put(key, info.version()));
            }
            return info;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(aside);
            throw e;
        }
    }

    /** Somebody who deletes the last file of a folder removes the folder; then it is made again. */
    private void moveTo(Path file, Path aside) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                makeFolder(file.getParent());
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                force(file.getParent());
                return;
            } catch (NoSuchFileException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeFolder(folder.getParent());
            Files.createDirectories(folder);
            force(folder.getParent());
        }
    }

    /** A new name is on the disk once its folder is. */
    private static void force(Path folder) throws IOException {
        if (FOLDERS_CAN_BE_FORCED) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public Optional<OpenBlob> open(String key) {
        return reading(key, () -> {
            Optional<OpenBlob> found = BlobFile.open(paths.fileOf(key));
            if (found.isPresent() && isDeletedHere(found.get().info())) {
                found.get().close();
                return Optional.empty();
            }
            return found;
        });
    }

    @Override
    public Optional<BlobInfo> info(String key) {
        return reading(key, () -> BlobFile.info(paths.fileOf(key))).filter(info -> !isDeletedHere(info));
    }

    @Override
    public boolean delete(String key) {
        Optional<BlobInfo> found = info(key);
        found.ifPresent(info -> changes()
                .ifPresentOrElse(
                        changes -> changes.deleted().put(key, info.version()), () -> remove(key, info.version())));
        return found.isPresent();
    }

    @Override
    public int deleteAll(String prefix, int max) {
        List<String> keys = list(prefix, "", max);
        keys.forEach(this::delete);
        return keys.size();
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
        TreeSet<String> first = new TreeSet<>();
        Path folder = paths.folderBelow(prefix);
        reading(prefix, () -> {
            if (Files.isDirectory(folder)) {
                Files.walkFileTree(folder, new FilesInUse(file -> keyOf(file)
                        .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
                        .filter(key -> !mayBeDeletedHere(key) || has(key))
                        .ifPresent(key -> {
                            first.add(key);
                            if (first.size() > limit) {
                                first.pollLast();
                            }
                        })));
            }
            return first;
        });
        return List.copyOf(first);
    }

    private boolean mayBeDeletedHere(String key) {
        return current()
                .map(open::get)
                .map(changes -> changes.deleted().containsKey(key))
                .orElse(false);
    }

    private Optional<String> keyOf(Path file) throws IOException {
        Optional<String> key = paths.keyOf(file);
        return key.isPresent() ? key : BlobFile.info(file).map(BlobInfo::key);
    }

    @Override
    public int sweep() {
        Instant before = clock.now().minus(keepUnfinished);
        Path aside = root.resolve(ASIDE);
        return reading(ASIDE, () -> {
            int swept = 0;
            if (Files.isDirectory(aside)) {
                try (Stream<Path> files = Files.list(aside)) {
                    for (Path file : (Iterable<Path>) files::iterator) {
                        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                            swept += Files.deleteIfExists(file) ? 1 : 0;
                        }
                    }
                }
            }
            return swept;
        });
    }

    private boolean isDeletedHere(BlobInfo info) {
        return current()
                .map(open::get)
                .map(changes -> info.version().equals(changes.deleted().get(info.key())))
                .orElse(false);
    }

    private Optional<Object> current() {
        return transaction.key();
    }

    /** What the transaction around the call has changed, if there is one. */
    private Optional<Changes> changes() {
        return current()
                .map(key -> open.computeIfAbsent(key, first -> {
                    transaction.whenEnded(isCommitted -> end(key, isCommitted));
                    return new Changes();
                }));
    }

    private void end(Object key, boolean isCommitted) {
        Changes changes = open.remove(key);
        if (changes != null) {
            (isCommitted ? changes.deleted() : changes.added()).forEach(this::remove);
        }
    }

    /** Deletes a file unless it was replaced meanwhile, and the folders that have become empty. */
    private void remove(String key, String version) {
        reading(key, () -> {
            Path file = paths.fileOf(key);
            if (BlobFile.info(file)
                            .filter(info -> info.version().equals(version))
                            .isPresent()
                    && Files.deleteIfExists(file)) {
                removeEmpty(file.getParent());
            }
            return key;
        });
    }

    private void removeEmpty(Path folder) throws IOException {
        try {
            for (Path empty = folder; !empty.equals(root); empty = empty.getParent()) {
                Files.deleteIfExists(empty);
            }
        } catch (DirectoryNotEmptyException e) {
            // another blob is there, and the folder stays
        }
    }

    private interface FileWork<T> {
        T call() throws IOException;
    }

    private static <T> T reading(String what, FileWork<T> work) {
        try {
            return work.call();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of blobs cannot be read or changed at '" + what + "'", e);
        }
    }
}
