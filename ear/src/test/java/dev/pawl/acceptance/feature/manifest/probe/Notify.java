package dev.pawl.acceptance.feature.manifest.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Effect;
import dev.pawl.api.EffectCall;
import dev.pawl.api.NonRetryableException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The effect {@code notify}: notes what it was asked for; fails once when the text begins with {@code shaky}. */
public class Notify implements Effect {

    private static final Set<String> SHAKEN = ConcurrentHashMap.newKeySet();

    @Override
    public String name() {
        return "notify";
    }

    @Override
    public Object perform(EffectCall call) {
        String text = String.valueOf(call.argument());
        Gates.note("notify " + text + " " + call.id());
        if (text.startsWith("never")) {
            throw new NonRetryableException("NOBODY_THERE", "nobody to notify of " + text);
        }
        if (text.startsWith("shaky") && SHAKEN.add(call.id())) {
            throw new IllegalStateException("shaken");
        }
        return Map.of("told", text, "about", String.valueOf(call.instanceId()));
    }
}
