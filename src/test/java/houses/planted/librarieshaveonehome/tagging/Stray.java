package houses.planted.librarieshaveonehome.tagging;

import com.fasterxml.jackson.annotation.JsonProperty;
import graphql.GraphQLError;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.ResponseError;
import tools.jackson.databind.JsonNode;

class Stray {
    @Nullable
    GraphQLError error;

    @Nullable
    DataLoader<String, String> loader;

    @Nullable
    ResponseError response;

    @JsonProperty("node")
    @Nullable
    JsonNode node;
}
