'use strict';

// Every URL is relative to the page, so that it works behind any path prefix.
const GRAPHQL_URL = 'graphql';
const EXAMPLES_URL = 'graphiql/examples.json';
const SUBSCRIPTION_URL = new URL(GRAPHQL_URL, location.href).href.replace(/^http/, 'ws');

/** The example operations, as GraphiQL's tabs: used at the first visit only, later ones find their own in localStorage. */
async function exampleTabs() {
  try {
    const examples = await (await fetch(EXAMPLES_URL)).json();
    return examples.map(({ query }) => ({ query }));
  } catch (error) {
    console.warn('No examples', error);
    return undefined;
  }
}

/** fetch, but an answer without JSON (say, 401 with an empty body) is shown by its status. */
async function fetchJson(url, options) {
  const response = await fetch(url, options);
  if (!(response.headers.get('content-type') ?? '').includes('json')) {
    throw new Error(`${response.status} ${response.statusText}`);
  }
  return response;
}

/**
 * A corner of localStorage for this page alone: another GraphiQL at the same origin must not bring its tabs.
 * Headers stay out of it, as they carry API keys; GraphiQL itself would keep them with its history.
 */
function ownStorage() {
  const storage = GraphiQL.createLocalStorage({ namespace: 'tag-gateway' });
  const write = storage.setItem;
  storage.setItem = (key, value) => write(key, /:(queries|favorites)$/.test(key) ? withoutHeaders(value) : value);
  return storage;
}

function withoutHeaders(json) {
  return JSON.stringify(JSON.parse(json), (name, value) => (name === 'headers' ? undefined : value));
}

async function open() {
  const tabs = await exampleTabs();
  const fetcher = GraphiQL.createFetcher({
    url: GRAPHQL_URL,
    subscriptionUrl: SUBSCRIPTION_URL,
    fetch: fetchJson,
    headers: { accept: 'application/json' },
    enableIncrementalDelivery: false,
  });
  const title = React.createElement('span', { className: 'page-title' }, document.title);
  ReactDOM.createRoot(document.getElementById('graphiql')).render(
    React.createElement(
      GraphiQL,
      {
        fetcher,
        defaultTabs: tabs,
        storage: ownStorage(),
        isHeadersEditorEnabled: true,
        shouldPersistHeaders: false,
      },
      React.createElement(GraphiQL.Logo, null, title),
    ),
  );
}

open();
