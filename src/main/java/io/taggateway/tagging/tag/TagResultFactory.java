package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagMessage;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.model.Warning.WarningCode;
import io.taggateway.tagging.model.WriteAction;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.tag.TagEffect.TagState;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import io.taggateway.tagging.tag.TagWriter.TagCreation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Creates the results of writes of tags at a vendor: the changes, the warnings about values that were stored
 * differently, and the failures.
 *
 * @param describes whether the vendor has descriptions
 */
record TagResultFactory(TagSource source, boolean describes) {

    private Vendor vendor() {
        return source.vendor();
    }

    TagChange difference(TagList list, Tag tag, TagChange wanted) {
        String hex = wanted.hex();
        String description = wanted.description();
        boolean named =
                tag.name().equals(wanted.name()) || (wanted.name() != null && tag.equals(list.storedAs(wanted.name())));
        return new TagChange(
                named ? null : wanted.name(),
                hex == null || holds(tag, hex) || holdsStored(tag, hex) ? null : hex,
                !describes || Objects.requireNonNullElse(tag.description(), "").equals(description)
                        ? null
                        : description);
    }

    /** Whether a tag has a color. A color that could not be read never matches. */
    static boolean holds(Tag tag, @Nullable String hex) {
        return tag.color().isKnown() && tag.color().hex().equals(hex);
    }

    /** Whether a tag has the color that the vendor stores for another one. */
    private boolean holdsStored(Tag tag, String hex) {
        return holds(tag, source.storedColor(hex).hex());
    }

    /** The warnings, with one more if the vendor stored another name than the one sent. */
    List<Warning> stored(Tag tag, @Nullable String name, List<Warning> warnings) {
        if (name == null || tag.name().equals(name)) {
            return warnings;
        }
        TagMessage stored = new TagMessage(" stored the name as `" + tag.name() + "`.", " stored another name.");
        Warning warning = new Warning(WarningCode.NAME_CHANGED, stored.after(vendor().displayName()));
        return Stream.concat(warnings.stream(), Stream.of(warning)).toList();
    }

    List<Warning> warnings(List<Warning> given, @Nullable String description, @Nullable String hex) {
        List<Warning> warnings = new ArrayList<>(given);
        if (!describes && description != null && !description.isEmpty()) {
            String message = vendor().displayName() + " has no descriptions, so the description was omitted.";
            warnings.add(new Warning(WarningCode.DESCRIPTION_DROPPED, message));
        }
        String stored = hex == null ? null : source.storedColor(hex).hex();
        if (stored != null && !stored.equals(hex)) {
            String message = vendor().displayName() + " does not support " + hex + "; it stores the nearest color, ";
            warnings.add(new Warning(WarningCode.COLOR_ROUNDED, message + stored + "."));
        }
        return warnings;
    }

    /** The planned tag as the vendor would store it. */
    TagResult plannedCreate(TagCreation wanted, List<Warning> warnings) {
        TagDraft draft = wanted.draft();
        Color color = source.storedColor(Objects.requireNonNullElse(draft.hex(), Color.DEFAULT_HEX));
        TagState after = new TagState(draft.name(), color, describes ? draft.description() : null);
        return planned(null, wanted.slug(), warnings, new TagEffect(WriteAction.CREATE, null, after));
    }

    TagResult plannedUpdate(Tag tag, TagChange change, List<Warning> warnings) {
        Tag after = tag.with(
                change.name(),
                change.hex() == null ? null : source.storedColor(change.hex()),
                describes ? change.description() : null);
        return planned(after, after.slug(), warnings, TagEffect.update(tag, after));
    }

    TagResult plannedDelete(Tag tag) {
        return planned(tag, tag.slug(), List.of(), new TagEffect(WriteAction.DELETE, TagState.of(tag), null));
    }

    private TagResult planned(@Nullable Tag tag, String slug, List<Warning> warnings, TagEffect effect) {
        return new TagResult(vendor(), WriteStatus.PLANNED, tag, slug, List.of(), warnings, null, effect);
    }

    /** The result of a failed write of a tag, with the member of the input that it concerns. */
    TagResult failed(String slug, SourceException failure, String member) {
        return switch (failure.reason()) {
            case CONFLICT -> taken(slug);
            case REJECTED_INPUT -> rejected(slug);
            case NOT_FOUND -> refused(slug, UserErrorCode.NOT_FOUND, " no longer has this tag.", "input", member);
            default -> TagResult.failed(vendor(), slug, failure);
        };
    }

    TagResult taken(String slug) {
        return refused(slug, UserErrorCode.NAME_TAKEN, " already has a tag with this name.", "input", "name");
    }

    TagResult rejected(String slug) {
        return refused(slug, UserErrorCode.REJECTED_BY_VENDOR, " refused this tag.", "input");
    }

    TagResult refused(String slug, UserErrorCode code, String message, String... field) {
        return TagResult.failed(vendor(), slug, UserError.of(code, vendor().displayName() + message, field));
    }

    /**
     * Whether a tag can be the one that was sent. No other operation of this gateway can have created it, but another
     * program can.
     */
    boolean isAsSent(Tag tag, TagDraft draft) {
        String hex = Objects.requireNonNullElse(draft.hex(), Color.DEFAULT_HEX);
        return tag.name().equals(draft.name())
                && holdsStored(tag, hex)
                && (!describes || Objects.equals(tag.description(), draft.description()));
    }
}
