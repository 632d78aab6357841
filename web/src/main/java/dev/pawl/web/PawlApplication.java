package dev.pawl.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts every resource of this archive under {@code /api}. */
@ApplicationPath(PawlApplication.PATH)
public class PawlApplication extends Application {
    public static final String PATH = "/api";
}
