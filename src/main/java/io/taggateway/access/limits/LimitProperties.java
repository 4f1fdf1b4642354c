package io.taggateway.access.limits;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One limit.
 *
 * @param mode what becomes of operations that are over it
 * @param max the most that is not over it
 */
record LimitProperties(@DefaultValue("enforce") LimitMode mode, int max) {

    LimitProperties {
        if (max < 1) {
            throw new IllegalArgumentException("The max of a limit must be at least 1; its mode can be off");
        }
    }
}
