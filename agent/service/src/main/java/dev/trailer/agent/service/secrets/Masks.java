package dev.trailer.agent.service.secrets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The secrets that were fetched and may turn up in what an engine or a command says, for as long as what they were fetched
 * for is there. In memory alone. Any thread.
 */
public final class Masks {
    /** Each is gone through for each line; an engine speaks of what it pulls now. */
    private static final int MAX_IMAGES = 100;

    private final Map<String, List<byte[]>> values = new HashMap<>();
    private final Map<String, List<byte[]>> ofImages = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<byte[]>> eldest) {
            return size() > MAX_IMAGES;
        }
    };
    private volatile Masker masker = Masker.NOTHING;

    /** @param of a workspace's id: what was fetched for it before is not masked any more */
    synchronized void learn(String of, Collection<byte[]> fetched) {
        values.put(of, List.copyOf(fetched));
        renew();
    }

    /** What a registry was told: of the images that were pulled here last, the last. */
    synchronized void learnOfImage(String image, Collection<byte[]> fetched) {
        ofImages.put(image, List.copyOf(fetched));
        renew();
    }

    /** Forgets what was fetched for other workspaces. */
    public synchronized void keepOnly(Collection<String> workspaces) {
        if (values.keySet().retainAll(workspaces)) {
            renew();
        }
    }

    private void renew() {
        var all = new ArrayList<byte[]>();
        values.values().forEach(all::addAll);
        ofImages.values().forEach(all::addAll);
        masker = Masker.of(all);
    }

    public String mask(String text) {
        return masker.mask(text);
    }
}
