import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { persistedExchange } from '@urql/exchange-persisted';

const embedded = () => null;

// The schema is the result of the introspection query
export const urqlClient = ({ url, schema, headers, fetch }) =>
  new Client({
    url,
    fetch,
    fetchOptions: { headers },
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        schema,
        keys: { Color: embedded, TagDrift: embedded, SourceOutcome: embedded, SourceError: embedded },
        resolvers: { Query: { calls: relayPagination(), contacts: relayPagination() } },
      }),
      persistedExchange({ preferGetForPersistedQueries: false }),
      fetchExchange,
    ],
  });
