package dev.pawl.ejb.store.file;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Visits the files of blobs while others add and remove some. */
final class FilesInUse extends SimpleFileVisitor<Path> {

    /** Takes a file. */
    interface Visit {
        void file(Path file) throws IOException;
    }

    private final Visit visit;

    FilesInUse(Visit visit) {
        this.visit = visit;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (file.toString().endsWith(BlobPaths.ENDING)) {
            visit.file(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        return goOnUnlessBroken(e);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
        return e == null ? FileVisitResult.CONTINUE : goOnUnlessBroken(e);
    }

    /** What was removed meanwhile is as good as not found. */
    private static FileVisitResult goOnUnlessBroken(IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }
}
