package dev.pawl.ejb.security;

import com.ibm.websphere.security.WSSecurityException;
import com.ibm.websphere.security.auth.CredentialDestroyedException;
import com.ibm.websphere.security.auth.WSSubject;
import com.ibm.websphere.security.cred.WSCredential;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.Subject;
import javax.security.auth.login.CredentialExpiredException;

/** The groups of the authenticated user in the server's registry, in the registry's order. */
final class RegistryGroups {

    private RegistryGroups() {}

    /** To be asked only when there is an authenticated user: the server has these classes only if it authenticates. */
    static List<String> ofCaller() {
        try {
            Subject subject = WSSubject.getCallerSubject();
            List<String> groups = new ArrayList<>();
            if (subject != null) {
                for (WSCredential credential : subject.getPublicCredentials(WSCredential.class)) {
                    for (Object accessId : credential.getGroupIds()) {
                        groups.add(name(accessId.toString()));
                    }
                }
            }
            return groups;
        } catch (WSSecurityException | CredentialDestroyedException | CredentialExpiredException e) {
            throw new IllegalStateException("The server does not tell the groups of the authenticated user", e);
        }
    }

    /** An access id is {@code group:realm/name}. */
    private static String name(String accessId) {
        return accessId.substring(accessId.indexOf('/') + 1);
    }
}
