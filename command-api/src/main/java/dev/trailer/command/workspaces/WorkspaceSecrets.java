package dev.trailer.command.workspaces;

import dev.trailer.api.ErrorList;
import dev.trailer.command.secrets.SecretLookup;
import dev.trailer.command.workspaces.WorkspaceRequest.GitRequest;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.name.SecretName;
import dev.trailer.domain.secret.Secret;
import dev.trailer.domain.secret.SecretRef;
import dev.trailer.domain.workspace.GitSource;
import dev.trailer.domain.workspace.WorkspaceSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that a request names, and its repository, found good in themselves; whether there are such secrets is another
 * matter.
 *
 * @param gitSecret of the repository
 */
record WorkspaceSecrets(
        List<SecretName> files,
        SequencedMap<String, SecretName> variables,
        @Nullable GitSource git,
        @Nullable SecretName gitSecret) {

    /** The same once they are known to be there. */
    record Found(
            List<SecretRef> files,
            SequencedMap<String, SecretRef> variables,
            @Nullable GitSource git) {}

    static WorkspaceSecrets read(WorkspaceRequest sent, ErrorList errors) {
        var files = files(sent.secrets(), errors);
        var variables = variables(sent, errors);
        if (files.size() + variables.size() > WorkspaceSpec.MAX_SECRETS) {
            errors.add("/secrets", "too_many", "at most " + WorkspaceSpec.MAX_SECRETS + ", with those in secretEnv");
        }
        var git = sent.git();
        if (git == null) {
            return new WorkspaceSecrets(files, variables, null, null);
        }
        if (sent.volumes() == null || sent.volumes().isEmpty()) {
            errors.add("/git", "needs_volume", "is cloned into the first volume: ask for one");
        }
        var secret = git.secret() == null ? null : errors.read("/git/secret", git.secret(), SecretName::new);
        return new WorkspaceSecrets(files, variables, source(git, errors), secret);
    }

    private static @Nullable GitSource source(GitRequest sent, ErrorList errors) {
        var source = errors.require("/git/url", sent.url(), url -> new GitSource(url, null, null));
        var ref = sent.ref();
        return source == null || ref == null
                ? source
                : errors.read("/git/ref", ref, name -> new GitSource(source.url(), name, null));
    }

    private static List<SecretName> files(@Nullable List<@Nullable String> sent, ErrorList errors) {
        var files = new ArrayList<SecretName>();
        var seen = new HashSet<SecretName>();
        for (int i = 0; sent != null && i < sent.size(); i++) {
            var name = errors.require("/secrets/" + i, sent.get(i), SecretName::new);
            if (name != null && !seen.add(name)) {
                errors.add("/secrets/" + i, "duplicate", name + " occurs twice");
            } else if (name != null) {
                files.add(name);
            }
        }
        return files;
    }

    private static SequencedMap<String, SecretName> variables(WorkspaceRequest sent, ErrorList errors) {
        var variables = new LinkedHashMap<String, SecretName>();
        if (sent.secretEnv() == null) {
            return variables;
        }
        sent.secretEnv().forEach((variable, raw) -> {
            var pointer = pointer(variable);
            errors.read(pointer, variable, v -> {
                WorkspaceSpec.requireEnv(v, "");
                return v;
            });
            if (sent.env() != null && sent.env().containsKey(variable)) {
                errors.add(pointer, "duplicate", variable + " is in env too");
            }
            var name = errors.require(pointer, raw, SecretName::new);
            if (name != null) {
                variables.put(variable, name);
            }
        });
        return variables;
    }

    private static String pointer(String variable) {
        return "/secretEnv/" + variable.replace("~", "~0").replace("/", "~1");
    }

    /** @throws dev.trailer.domain.reason.Refused with {@code invalid}, naming every one that its owner does not have */
    Found find(SecretLookup secrets, AccountId owner) {
        var errors = new ErrorList();
        var foundFiles = new ArrayList<SecretRef>();
        for (int i = 0; i < files.size(); i++) {
            var found = find(secrets, owner, files.get(i), "/secrets/" + i, errors);
            if (found != null) {
                foundFiles.add(found);
            }
        }
        var foundVariables = new LinkedHashMap<String, SecretRef>();
        variables.forEach((variable, name) -> {
            var found = find(secrets, owner, name, pointer(variable), errors);
            if (found != null) {
                foundVariables.put(variable, found);
            }
        });
        var credential = gitSecret == null ? null : find(secrets, owner, gitSecret, "/git/secret", errors);
        errors.throwIfAny();
        return new Found(foundFiles, foundVariables, git == null || credential == null ? git : git.with(credential));
    }

    private static @Nullable SecretRef find(
            SecretLookup secrets, AccountId owner, SecretName name, String pointer, ErrorList errors) {
        var found = secrets.named(owner, name.value());
        if (found.isEmpty()) {
            errors.add(pointer, "unknown_secret", "there is no secret named " + name + " of yours");
        }
        return found.map(Secret::ref).orElse(null);
    }
}
