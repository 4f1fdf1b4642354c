import relay from 'relay-runtime';

const { Environment, Network, RecordSource, Store } = relay;

// The documents are those of persisted.json, which the compiler writes
export const relayEnvironment = ({ url, documents, headers, fetch = globalThis.fetch }) => {
  const post = async (body) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return response.json();
  };
  return new Environment({
    store: new Store(new RecordSource()),
    network: Network.create(async ({ id }, variables) => {
      const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
      const response = await post({ variables, extensions });
      return response.errors?.[0].extensions.code === 'PERSISTED_QUERY_NOT_FOUND'
        ? post({ query: documents[id], variables, extensions })
        : response;
    }),
  });
};
