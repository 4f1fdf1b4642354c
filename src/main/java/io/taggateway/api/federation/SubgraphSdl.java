package io.taggateway.api.federation;

import com.apollographql.federation.graphqljava.printer.ServiceSDLPrinter;
import graphql.language.AstPrinter;
import graphql.language.AstTransformer;
import graphql.language.Directive;
import graphql.language.DirectiveDefinition;
import graphql.language.Document;
import graphql.language.Node;
import graphql.language.NodeVisitorStub;
import graphql.language.ScalarTypeDefinition;
import graphql.language.StringValue;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import graphql.util.TreeTransformerUtil;
import java.util.Set;

/** The schema in the form that routers compose. */
final class SubgraphSdl {

    /** Apollo's composition does not know this built-in directive unless the subgraph defines it. */
    private static final String ONE_OF = "\n\ndirective @oneOf on INPUT_OBJECT\n";

    private static final Set<String> SCOPES = Set.of("requiresScopes", "authenticated");
    private static final Set<String> IMPORTS = Set.of("@requiresScopes", "@authenticated");

    private SubgraphSdl() {}

    /**
     * The SDL of a schema.
     *
     * @param scopes whether it has the scopes that fields and types need, for routers that check these
     */
    static String of(GraphQLSchema schema, boolean scopes) {
        String sdl = ServiceSDLPrinter.generateServiceSDLV2(schema) + ONE_OF;
        return scopes ? sdl : withoutScopes(sdl);
    }

    private static String withoutScopes(String sdl) {
        Document document = Parser.parse(ParserEnvironment.newParserEnvironment()
                .document(sdl)
                .parserOptions(ParserOptions.getDefaultSdlParserOptions())
                .build());
        return AstPrinter.printAst(new AstTransformer().transform(document, new ScopeRemoval()));
    }

    /** Removes the directives with their definitions and imports, as a router may refuse imports that nothing uses. */
    private static final class ScopeRemoval extends NodeVisitorStub {

        @Override
        @SuppressWarnings("rawtypes")
        public TraversalControl visitDirective(Directive directive, TraverserContext<Node> context) {
            return deleteIf(SCOPES.contains(directive.getName()), context);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public TraversalControl visitDirectiveDefinition(
                DirectiveDefinition definition, TraverserContext<Node> context) {
            return deleteIf(SCOPES.contains(definition.getName()), context);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public TraversalControl visitScalarTypeDefinition(
                ScalarTypeDefinition definition, TraverserContext<Node> context) {
            return deleteIf(definition.getName().equals("federation__Scope"), context);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public TraversalControl visitStringValue(StringValue value, TraverserContext<Node> context) {
            return deleteIf(IMPORTS.contains(value.getValue()), context);
        }

        @SuppressWarnings("rawtypes")
        private static TraversalControl deleteIf(boolean unused, TraverserContext<Node> context) {
            return unused ? TreeTransformerUtil.deleteNode(context) : TraversalControl.CONTINUE;
        }
    }
}
