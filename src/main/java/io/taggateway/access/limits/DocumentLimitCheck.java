package io.taggateway.access.limits;

import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.parser.ParserOptions;
import graphql.parser.ParsingListener;
import graphql.schema.GraphQLSchema;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.limits.LimitsProperties.LengthLimit;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.ErrorRenderer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses documents that would take too long to parse or to validate. */
@Component
public class DocumentLimitCheck {

    /**
     * The largest work for the validator: more than any person or tool writes, and less than a second of CPU time. The
     * time grows with the number of different sets of fields that are merged under one response key, and fragments can
     * produce any number of them (graphql-java 25.1: 7 s for a document of 3,697 tokens).
     */
    private static final int MAX_SELECTIONS = 20_000;

    private final OperationLimit tokens;
    private final OperationLimit fragments;
    private final OperationLimit fragmentDepth;
    private final LengthLimit length;
    private final OperationAnalyzer analyzer;

    DocumentLimitCheck(LimitsProperties properties, OperationAnalyzer analyzer, MeterRegistry meters) {
        this.tokens = new OperationLimit("tokens", properties.tokens(), meters);
        this.fragments = new OperationLimit("fragments", properties.fragments(), meters);
        this.fragmentDepth = new OperationLimit("fragment-depth", properties.fragmentDepth(), meters);
        this.length = properties.length();
        this.analyzer = analyzer;
    }

    /**
     * Checks the lengths in a document before it is parsed, and counts its tokens; the parser stops at the limit.
     * GraphQL Java's own limits are disabled, as they have no mode that only measures.
     */
    public InstrumentationContext<Document> beginParse(String text, GraphQLContext context) {
        String tooLong = DocumentScan.findTooLong(text, length);
        if (tooLong != null) {
            refuse(Stream.of(ErrorRenderer.of(ErrorCode.GRAPHQL_PARSE_FAILED, tooLong, false)));
        }
        AtomicInteger count = new AtomicInteger();
        ParsingListener listener = token -> {
            if (count.incrementAndGet() > tokens.max() && tokens.isEnforced()) {
                refuse(Stream.of(Objects.requireNonNull(checkTokens(count.get()))));
            }
        };
        context.put(
                ParserOptions.class,
                ParserOptions.getDefaultOperationParserOptions()
                        .transform(options -> options.maxTokens(Integer.MAX_VALUE)
                                .maxCharacters(length.document())
                                .maxNumericLiteralCharacters(length.number())
                                .parsingListener(listener)));
        return SimpleInstrumentationContext.whenCompleted((document, error) -> checkTokens(count.get()));
    }

    /**
     * Rejects a document that would take too long to validate. All of its operations count, as all of them are
     * validated.
     */
    public void checkDocument(Document document, GraphQLSchema schema) {
        int count = document.getDefinitionsOfType(FragmentDefinition.class).size();
        refuse(Stream.of(fragments.check(
                count,
                ErrorCode.COST_ESTIMATED_TOO_EXPENSIVE,
                "The document has %d fragments, but the maximum is %d.")));
        OperationAnalysis whole = analyzer.analyzeWhole(document, schema);
        refuse(Stream.of(
                fragmentDepth.check(
                        whole.fragmentDepth(),
                        ErrorCode.MAX_DEPTH_LIMIT,
                        "The document nests fragments %d levels deep, but the maximum is %d."),
                checkSelections(whole.selections())));
    }

    private static void refuse(Stream<@Nullable GraphQLError> found) {
        List<GraphQLError> errors = found.filter(Objects::nonNull).toList();
        if (!errors.isEmpty()) {
            throw new AbortExecutionException(errors);
        }
    }

    private @Nullable GraphQLError checkTokens(int count) {
        return tokens.check(
                count, ErrorCode.GRAPHQL_PARSE_FAILED, "The document has %d tokens or more, but the maximum is %d.");
    }

    private static @Nullable GraphQLError checkSelections(long selections) {
        return selections <= MAX_SELECTIONS
                ? null
                : ErrorRenderer.of(
                        ErrorCode.COST_ESTIMATED_TOO_EXPENSIVE,
                        "The document has %s fields with its fragments expanded, but the maximum is %s."
                                .formatted(selections, MAX_SELECTIONS),
                        false);
    }
}
