package dev.trailer.agent.service.secrets;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts {@value #MASK} where a secret stands in a text: the whole value, each of its lines, what follows {@code user:}, and all
 * that in base64 or as a part of a URL. Immutable; any thread.
 */
public final class Masker {
    static final String MASK = "***";

    /** Shorter ones would take ordinary words out of every sentence; nothing worth hiding is that short. */
    static final int MIN_LENGTH = 6;

    static final Masker NOTHING = new Masker(List.of());

    /** The longest first, so that what begins with another one is masked whole. */
    private final List<String> needles;

    private Masker(Collection<String> needles) {
        this.needles = needles.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    static Masker of(Collection<byte[]> values) {
        var needles = new HashSet<String>();
        values.forEach(value -> addForms(value, needles));
        return new Masker(needles);
    }

    private static void addForms(byte[] value, Set<String> needles) {
        // Without its padding, as it may go on.
        add(Base64.getEncoder().withoutPadding().encodeToString(value), needles);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            return;
        }
        addText(text.strip(), needles);
        text.lines().map(String::strip).forEach(line -> addText(line, needles));
        int colon = text.indexOf(':');
        if (colon >= 0 && text.strip().lines().count() == 1) {
            addText(text.substring(colon + 1).strip(), needles);
        }
    }

    private static void addText(String text, Set<String> needles) {
        add(text, needles);
        add(URLEncoder.encode(text, StandardCharsets.UTF_8), needles);
    }

    private static void add(String needle, Set<String> needles) {
        if (needle.length() >= MIN_LENGTH) {
            needles.add(needle);
        }
    }

    public String mask(String text) {
        if (needles.isEmpty()) {
            return text;
        }
        var masked = new StringBuilder(text.length());
        mask(text, true, masked);
        return masked.toString();
    }

    /** @return how much of the text was dealt with: all of it, or up to what may be the beginning of a secret */
    private int mask(String text, boolean whole, StringBuilder out) {
        int at = 0;
        while (at < text.length()) {
            int matched = 0;
            for (String needle : needles) {
                if (text.startsWith(needle, at)) {
                    matched = needle.length();
                    break;
                }
                if (!whole && mayBegin(needle, text, at)) {
                    return at;
                }
            }
            if (matched > 0) {
                out.append(MASK);
                at += matched;
            } else {
                out.append(text.charAt(at++));
            }
        }
        return at;
    }

    private static boolean mayBegin(String needle, String text, int at) {
        int left = text.length() - at;
        return left < needle.length() && needle.startsWith(text.substring(at));
    }

    /** Masks a text that comes in pieces, wherever they are cut. One thread. */
    public Pieces pieces(Consumer<String> out) {
        return new Pieces(out);
    }

    /** Holds back no more than may be the beginning of a secret. */
    public final class Pieces {
        private final Consumer<String> out;
        private String held = "";

        private Pieces(Consumer<String> out) {
            this.out = out;
        }

        public void take(String piece) {
            pass(held + piece, false);
        }

        /** The text is over: what was held back is no secret. */
        public void end() {
            pass(held, true);
        }

        private void pass(String text, boolean whole) {
            var masked = new StringBuilder();
            held = text.substring(mask(text, whole, masked));
            if (!masked.isEmpty()) {
                out.accept(masked.toString());
            }
        }
    }
}
