package dev.pawl.web.tracing;

import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.port.Tracing;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Lets what a request does belong to the trace named in its headers, whether or not this server records traces. It ends with
 * the thread's part of the request, so that one answered later leaves nothing behind.
 */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class JoinTrace implements Filter {

    @Inject
    Tracing tracing;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        Optional<TraceContext> trace = TraceContext.of(http.getHeader("traceparent"), http.getHeader("tracestate"));
        if (trace.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            tracing.within(trace.get(), () -> {
                goOn(request, response, chain);
                return true;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (WrappedException e) {
            throw e.wrapped;
        }
    }

    private static void goOn(ServletRequest request, ServletResponse response, FilterChain chain) {
        try {
            chain.doFilter(request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new WrappedException(e);
        }
    }

    private static final class WrappedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final ServletException wrapped;

        WrappedException(ServletException wrapped) {
            super(wrapped);
            this.wrapped = wrapped;
        }
    }
}
