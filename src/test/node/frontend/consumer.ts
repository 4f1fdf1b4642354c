// A frontend that reads the answers of all examples, each member as the type that it expects.
import type {
  AutoTagLongCallsMutation,
  CallsQuery,
  ContactsQuery,
  CreateTagMutation,
  FindTagsQuery,
  FindTagsQueryVariables,
  LabelFragment,
  NodesQuery,
  NodesQueryVariables,
  SyncTagsMutation,
  TagCallMutation,
  TagChangesSubscription,
  TagGroupsQuery,
  TagsQuery,
  VendorsQuery,
} from './operations';
import type { CallFilter, Tag, TagRef } from './schema';

type Vendor = Tag['vendor'];

/** Each vendor has a name of its own, and no other text is one. */
export const vendors: string extends Vendor ? never : Vendor[] = ['SIPSIM', 'SWIPEONE'];

/** Holds only where both are one and the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Found<T> = NonNullable<T>;

export function news({ tagChanged }: TagChangesSubscription): string {
  const kind: 'CREATED' | 'UPDATED' | 'DELETED' = tagChanged.kind;
  const vendor: Vendor = tagChanged.vendor;
  const now: string | undefined = tagChanged.tag?.name;
  const before: string | undefined = tagChanged.previous?.name;
  return `${tagChanged.at} ${vendor} ${kind} ${tagChanged.tagId} ${before} ${now}`;
}

export const scalars: [
  Same<Found<TagsQuery['tags']>['nodes'][number]['color']['hex'], string>,
  Same<Found<TagsQuery['tags']>['sources'][number]['fetchedAt'], string | null>,
  Same<Found<CallsQuery['calls']>['nodes'][number]['startedAt'], string | null>,
  Same<Tag['raw'], unknown>,
  Same<Found<TagsQuery['tags']>['totalCount'], number | null>,
  Same<TagsQuery['tags'] extends null ? never : null extends TagsQuery['tags'] ? true : false, true>,
] = [true, true, true, true, true, true];

export function tags(answer: TagsQuery): { name: string; vendor: Vendor; hex: string }[] {
  return (answer.tags?.nodes ?? []).map(({ name, vendor, color }) => ({ name, vendor, hex: color.hex }));
}

export function drifts(answer: TagGroupsQuery): (string | null)[] {
  return (answer.tagGroups?.nodes ?? []).flatMap((group) => group.drift.flatMap((drift) => drift.values));
}

export function longest(answer: CallsQuery): number {
  const calls = answer.calls?.nodes ?? [];
  return Math.max(0, ...calls.filter((call) => call.type !== 'MISSED').map((call) => call.durationSeconds ?? 0));
}

export function people(answer: ContactsQuery): string[] {
  return (answer.contacts?.nodes ?? []).map(
    (contact) => `${contact.name ?? contact.email ?? contact.id}: ${contact.calls?.nodes.length ?? 0} calls`,
  );
}

export function unwell(answer: VendorsQuery): string[] {
  return answer.vendors.filter((vendor) => vendor.status !== 'UP').map((vendor) => vendor.displayName);
}

export function created(answer: CreateTagMutation): string[] {
  return answer.createTag.results.flatMap((result) => (result.tag ? [result.tag.id] : []));
}

export function added(answer: TagCallMutation): string[] {
  return answer.addTags.result?.added.map((tag) => tag.name) ?? [];
}

export function tagged(answer: AutoTagLongCallsMutation): number {
  return answer.tagCalls.changed + answer.tagCalls.failed;
}

export function planned(answer: SyncTagsMutation): string[] {
  return answer.syncTags.results.filter((result) => result.status === 'PLANNED').map((result) => result.slug);
}

export function nextPage(answer: FindTagsQuery): FindTagsQueryVariables | undefined {
  const page = answer.tags?.pageInfo;
  return page?.hasNextPage ? { name: null, first: 5, after: page.endCursor } : undefined;
}

export function titles(answer: NodesQuery): string[] {
  return answer.nodes.flatMap((node) => {
    switch (node?.__typename) {
      case 'Tag':
        return [label(node)];
      case 'Call':
        return [node.contact?.name ?? node.id];
      case 'Contact':
        return [node.fullName ?? node.phone ?? node.vendor];
      default:
        return [];
    }
  });
}

function label(tag: LabelFragment): string {
  return `${tag.name} (${tag.color.name})`;
}

export const ids: NodesQueryVariables = { ids: ['sipsim:tag:1'] };
export const one: TagRef = { name: 'VIP' };
export const missed: CallFilter = { types: ['MISSED'], startedAfter: '2026-01-01T00:00:00Z', anyTag: [one] };
