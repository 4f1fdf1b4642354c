// An invented CRM, as a subgraph. It knows ids of the Tag Gateway's contacts, calls, groups and tags, and nothing else of them.
import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

const accounts = [
  {
    id: 'A1',
    name: 'Harbour Books',
    contact: { id: 'swipeone:contact:6682840d9286aa59ee001001' },
    lastCall: { vendor: 'SIPSIM', remoteId: '100399' },
  },
  {
    id: 'A2',
    name: 'Old Mill Bakery',
    contact: { id: 'swipeone:contact:6682840d9286aa59ee999999' },
    lastCall: { vendor: 'SIPSIM', remoteId: '100400' },
  },
];
const campaigns = [
  { id: 'C1', name: 'Spring', audience: { slug: 'hot-lead' }, callTag: { id: 'sipsim:tag:6' } },
  { id: 'C2', name: 'Autumn', audience: { slug: 'nobody-has-this' }, callTag: { id: 'sipsim:tag:999' } },
];

const resolvers = {
  Query: { accounts: () => accounts, campaigns: () => campaigns },
  Contact: { account: ({ id }) => accounts.find((account) => account.contact.id === id) },
};

const typeDefs = parse(readFileSync(new URL('crm.graphql', import.meta.url), 'utf8'));
const server = new ApolloServer({ schema: buildSubgraphSchema({ typeDefs, resolvers }) });
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: Number(process.env.PORT ?? 4001) },
});
console.log(`The CRM is at ${url}`);
