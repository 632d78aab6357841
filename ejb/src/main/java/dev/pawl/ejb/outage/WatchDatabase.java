package dev.pawl.ejb.outage;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Stands before the interceptor that begins and commits the transaction, and so sees a commit that fails. */
@Interceptor
@WatchesDatabase
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class WatchDatabase {

    @Inject
    private DatabaseOutage outage;

    @AroundInvoke
    Object watch(InvocationContext call) throws Exception {
        try {
            Object result = call.proceed();
            outage.worked();
            return result;
        } catch (RuntimeException e) {
            throw outage.translated(e);
        }
    }
}
