// A frontend that expects what the API does not promise: each of its lines but the first two is a mistake.
import type { CallsQuery, CreateTagMutation, TagsQuery } from './operations'; import type { CallFilter, TagRef } from './schema';
export const nodes = (answer: TagsQuery) => answer.tags.nodes;
export const count = (answer: TagsQuery): number | undefined => answer.tags?.totalCount;
export const start = (answer: CallsQuery): Date | null | undefined => answer.calls?.nodes[0]?.startedAt;
export const shade = (answer: TagsQuery) => answer.tags?.nodes[0]?.color.shade;
export const failed = (answer: CreateTagMutation) => answer.createTag.results[0]?.status === 'BROKEN';
export const ref: TagRef = { name: 7 };
export const filter: CallFilter = { types: ['ANSWERED'] };
