package io.taggateway.api;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.scope.ScopeRequirement;
import io.taggateway.tagging.model.TagMessage;
import java.util.Objects;
import java.util.function.Function;

/** Fetches a message without data of tags if the caller may not read tags. */
final class TagMessageFetcher<T> implements DataFetcher<String> {

    private final Function<T, TagMessage> message;

    TagMessageFetcher(Function<T, TagMessage> message) {
        this.message = message;
    }

    @Override
    public String get(DataFetchingEnvironment environment) {
        TagMessage found = message.apply(Objects.requireNonNull(environment.<T>getSource()));
        return ScopeRequirement.READS_TAGS.isSatisfiedIn(environment.getGraphQlContext())
                ? found.text()
                : found.withoutTags();
    }
}
