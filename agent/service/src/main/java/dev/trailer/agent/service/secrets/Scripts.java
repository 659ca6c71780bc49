package dev.trailer.agent.service.secrets;

import dev.trailer.agent.protocol.DesiredResource.Git;
import dev.trailer.agent.protocol.Paths;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.SecretsGate;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What runs inside of containers. Whatever came from outside is an argument, never a part of a script; nothing secret is
 * either of them, since both show in the list of processes.
 */
final class Scripts {
    /** An exit status that no command here ends with by itself. */
    static final int GIVEN_ALREADY = 42;

    private static final String BEGIN =
            "[ -e %s ] && exit %d; %s".formatted(SecretsGate.READY, GIVEN_ALREADY, SecretsGate.OPEN);

    /** Under another name first: whoever looks for it finds all of it or nothing. */
    private static final String WRITE = """
            umask 077
            head -c "$2" > "%1$s/.$1" && mv -f "%1$s/.$1" "%1$s/$1" || exit
            [ "$3" = last ] || exit 0
            : > %2$s
            """.formatted(Paths.SECRET_FILES, SecretsGate.READY);

    /**
     * Into a draft beside its place, so that a clone that is cut off leaves nothing that looks like one. The credential goes
     * from what is read to a helper that lives as long as the command; git writes down neither. It is told to the host that
     * was asked for, and to no other that this one may point to.
     */
    private static final String CLONE = """
            url=$1 ref=$2 path=$3 TRAILER_HOST=$4
            [ -e "$path" ] && exit 0
            command -v git >/dev/null || { echo "there is no git" >&2; exit 127; }
            rm -rf "${path%/*}"/.trailer-clone-*
            draft=$(mktemp -d "${path%/*}/.trailer-clone-XXXXXX") || exit
            trap 'rm -rf "$draft"' EXIT
            helper=
            if [ "$5" = credential ]; then
              IFS= read -r TRAILER_USER && IFS= read -r TRAILER_PASSWORD || exit
              export TRAILER_HOST TRAILER_USER TRAILER_PASSWORD
              helper='!f() {
                [ "$1" = get ] || exit 0
                while IFS= read -r line && [ -n "$line" ]; do
                  [ "$line" != "host=$TRAILER_HOST" ] || known=yes
                done
                [ "$known" = yes ] || exit 0
                echo "username=$TRAILER_USER"
                echo "password=$TRAILER_PASSWORD"
              }; f'
            fi
            export GIT_TERMINAL_PROMPT=0 GIT_ALLOW_PROTOCOL=http:https
            git -c credential.helper= -c credential.helper="$helper" clone --quiet -- "$url" "$draft/it" || exit
            [ -z "$ref" ] || git -C "$draft/it" checkout --quiet "$ref" -- || exit
            [ -e "$path" ] || mv "$draft/it" "$path"
            """;

    /** As the server has checked them; looked at again here, as what a host does must not hang on a server alone. */
    private static final Pattern FILE = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern URL = Pattern.compile("https?://[^\\s@\\p{Cntrl}]+");
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+-]*");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._@+-]+)+");

    private Scripts() {}

    private static String require(Pattern form, String text, String what) {
        if (!form.matcher(text).matches() || text.contains("..")) {
            throw new EngineException("refused: " + what + " " + text);
        }
        return text;
    }

    /** By root. Ends with {@link #GIVEN_ALREADY} where all are there. */
    static List<String> begin() {
        return script(BEGIN);
    }

    /** @param last the mark that all are there follows */
    static List<String> write(String file, int bytes, boolean last) {
        return script(WRITE, require(FILE, file, "file name"), Integer.toString(bytes), last ? "last" : "more");
    }

    static List<String> cloneOf(Git git) {
        String ref = git.ref();
        return script(
                CLONE,
                require(URL, git.url(), "repository"),
                ref == null ? "" : require(REF, ref, "ref"),
                require(PATH, git.path(), "path"),
                URI.create(git.url()).getRawAuthority(),
                git.secret() == null ? "open" : "credential");
    }

    private static List<String> script(String script, String... arguments) {
        var command = new ArrayList<>(List.of("/bin/sh", "-c", script, "trailer"));
        command.addAll(List.of(arguments));
        return command;
    }
}
