import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client/core';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

// The types of each interface and union, from the result of the introspection query
export const possibleTypesOf = (schema) =>
  Object.fromEntries(
    schema.__schema.types
      .filter((type) => type.possibleTypes)
      .map((type) => [type.name, type.possibleTypes.map((possible) => possible.name)]),
  );

export const apolloClient = ({ url, possibleTypes, headers, fetch, errorPolicy = 'all' }) =>
  new ApolloClient({
    link: ApolloLink.from([new PersistedQueryLink({ sha256 }), new HttpLink({ uri: url, headers, fetch })]),
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: {
        Query: {
          fields: {
            calls: relayStylePagination(['filter']),
            contacts: relayStylePagination(['filter']),
          },
        },
      },
    }),
    defaultOptions: { query: { errorPolicy }, watchQuery: { errorPolicy }, mutate: { errorPolicy } },
  });
