package houses.planted.librarieshaveonehome.upstream;

import com.github.benmanes.caffeine.cache.AsyncCache;
import tools.jackson.databind.JsonNode;

record AtHome(AsyncCache<String, JsonNode> cache) {}
