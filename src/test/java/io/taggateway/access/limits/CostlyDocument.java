package io.taggateway.access.limits;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Documents whose cost exceeds what their length suggests. */
final class CostlyDocument {

    private CostlyDocument() {}

    /** Fragments that each spread the next one twice. */
    static String spreads(int fragments) {
        return "{ tags { nodes { ...F0 } } }"
                + each(fragments, " fragment F%1$d on Tag { ...F%2$d ...F%2$d }")
                + " fragment F" + fragments + " on Tag { id }";
    }

    /** Fragments that each spread the next one twice, one level of fields deeper and under two aliases. */
    static String aliases(int fragments) {
        return "{ tags { nodes { ...F0 } } }"
                + each(
                        fragments,
                        " fragment F%1$d on Tag { a: group { tags { ...F%2$d } } b: group { tags { ...F%2$d } } }")
                + " fragment F" + fragments + " on Tag { id }";
    }

    /** Fragments that each spread the next one twice, below a field of introspection. */
    static String introspection(int fragments) {
        return "{ __schema { types { ...F0 } } }"
                + each(fragments, " fragment F%1$d on __Type { ofType { ...F%2$d } ...F%2$d }")
                + " fragment F" + fragments + " on __Type { name }";
    }

    /** Fragments with two names at each level, each of which leads to a different set of fragments on every path. */
    static String sets(int layers) {
        StringBuilder document = new StringBuilder("{ tagGroups { nodes { ...L0x0 } } }");
        for (int layer = 0; layer < layers; layer++) {
            for (int state = 0; state <= layer; state++) {
                String next = "...L" + (layer + 1) + "x";
                String one = next + (state == 0 ? 0 : state + 1);
                document.append(" fragment L%dx%d on TagGroup".formatted(layer, state))
                        .append(" { a: tags { group { %s %s } }".formatted(one, state == 0 ? next + 1 : ""))
                        .append(" b: tags { group { %s } } }".formatted(one));
            }
        }
        for (int state = 0; state <= layers; state++) {
            document.append(" fragment L%dx%d on TagGroup { slug }".formatted(layers, state));
        }
        return document.toString();
    }

    /** A text with each number and the one after it, in a row. */
    static String each(int count, String text) {
        return IntStream.range(0, count)
                .mapToObj(number -> text.formatted(number, number + 1))
                .collect(Collectors.joining());
    }
}
