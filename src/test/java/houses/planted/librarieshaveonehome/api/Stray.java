package houses.planted.librarieshaveonehome.api;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.reactive.function.client.WebClient;

class Stray {
    @Nullable
    AsyncCache<String, String> cache;

    @Nullable
    PhoneNumberUtil phone;

    @Nullable
    Authentication caller;

    @Nullable
    WebClient client;
}
