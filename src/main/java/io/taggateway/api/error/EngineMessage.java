package io.taggateway.api.error;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removes Java classes, and Java objects as text, from the messages of the GraphQL engine. */
final class EngineMessage {

    /** Greedy, as the value is the caller's text and may contain the end of the message. */
    private static final Pattern VALUE = Pattern.compile(
            " with value '.*' (must not be null|is not a valid '|must be an object type|is missing required fields '"
                    + "|contains a field not in ')",
            Pattern.DOTALL);

    private static final Pattern DEFAULT = Pattern.compile("Bad default value '.*' for type '", Pattern.DOTALL);

    private static final Pattern LITERAL = Pattern.compile(
            "Literal value not in allowable values for enum '(\\w+)' - '(?:EnumValue\\{name='(\\w+)'}|.*)'$",
            Pattern.DOTALL);

    private static final Pattern LITERAL_TYPE =
            Pattern.compile("(?:a )?'((?:Int|Float|String|Boolean|Enum|Array|Object|Null)Value|VariableReference)'");

    private static final Pattern EXPECTED = Pattern.compile("Expected an AST type of ");

    private static final Pattern JAVA_TYPE = Pattern.compile("\\bwas(?: a)? '([A-Za-z.]*[A-Za-z][A-Za-z0-9]*)'");

    private static final Pattern OBJECT = Pattern.compile(
            "Expected type 'Map'|\\.? ?Variables for input objects must be an instance of type 'Map'\\.");

    private static final Pattern DATE_TIME =
            Pattern.compile("Invalid RFC3339 value : '(.*)'\\. because of : '.*'$", Pattern.DOTALL);

    private EngineMessage() {}

    static String plain(String message) {
        String text = VALUE.matcher(message).replaceFirst(" $1");
        text = DEFAULT.matcher(text).replaceFirst("Bad default value for type '");
        text = replace(
                text,
                LITERAL,
                match -> match.group(2) == null
                        ? "Expected a value of the enum '" + match.group(1) + "'"
                        : "The enum '" + match.group(1) + "' has no value '" + match.group(2) + "'");
        text = replace(text, OBJECT, match -> match.group().startsWith("Expected") ? "Expected an object" : "");
        text = DATE_TIME.matcher(text).replaceFirst("Expected a time such as '2026-01-31T12:00:00Z' but it was '$1'");
        text = EXPECTED.matcher(text).replaceAll("Expected ");
        text = replace(text, LITERAL_TYPE, match -> literal(match.group(1)));
        return replace(text, JAVA_TYPE, match -> type(match.group(1), match.group()));
    }

    private static String replace(String text, Pattern pattern, Function<MatchResult, String> by) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(by.apply(match)));
    }

    private static String literal(String type) {
        return switch (type) {
            case "EnumValue" -> "an enum value";
            case "ArrayValue" -> "a list";
            case "ObjectValue" -> "an object";
            case "NullValue" -> "null";
            case "VariableReference" -> "a variable";
            case "IntValue" -> "an Int";
            default -> "a " + type.replace("Value", "");
        };
    }

    /** Describes the value of a variable by its Java type. */
    private static String type(String name, String otherwise) {
        String simple = name.substring(name.lastIndexOf('.') + 1);
        if (simple.contains("Map")) {
            return "was an object";
        }
        if (simple.contains("List")) {
            return "was a list";
        }
        return switch (simple) {
            case "Integer", "Long", "BigInteger" -> "was an Int";
            case "Double", "BigDecimal" -> "was a Float";
            case "String", "Boolean" -> "was a " + simple;
            default -> otherwise;
        };
    }
}
