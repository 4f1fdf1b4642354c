import { credentialHeaders, fetchJson } from './credential.js';
import { eventsPlugin, logEvents } from './events.js';
import { examplesPlugin } from './examples.js';

// Every URL is relative to the page, so that it works behind any path prefix.
const GRAPHQL_URL = 'graphql';
const EXAMPLES_URL = 'graphiql/examples.json';
const SUBSCRIPTION_URL = new URL(GRAPHQL_URL, location.href).href.replace(/^http/, 'ws');

/** The example operations, by name; none if they cannot be read. */
async function readExamples() {
  try {
    return await (await fetch(EXAMPLES_URL)).json();
  } catch (error) {
    console.warn('No examples', error);
    return [];
  }
}

/** The operation of the page's fragment, which is taken out of the address: reading the page again opens no tab. */
function linkedOperation() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname + location.search);
  const query = parameters.get('query');
  return query ? { query, variables: parameters.get('variables') ?? undefined } : undefined;
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
  const examples = await readExamples();
  const linked = linkedOperation();
  const plugins = [examplesPlugin(examples), eventsPlugin];
  const fetcher = GraphiQL.createFetcher({
    url: GRAPHQL_URL,
    subscriptionUrl: SUBSCRIPTION_URL,
    wsConnectionParams: credentialHeaders(),
    fetch: fetchJson,
    headers: { accept: 'application/json' },
    enableIncrementalDelivery: false,
  });
  const title = React.createElement('span', { className: 'page-title' }, document.title);
  ReactDOM.createRoot(document.getElementById('graphiql')).render(
    React.createElement(
      GraphiQL,
      {
        fetcher: logEvents(fetcher),
        defaultTabs: [linked ?? { query: examples[0]?.query }],
        ...linked,
        plugins,
        schemaDescription: true,
        visiblePlugin: linked ? undefined : plugins[0].title,
        storage: ownStorage(),
        isHeadersEditorEnabled: true,
        shouldPersistHeaders: false,
      },
      React.createElement(GraphiQL.Logo, null, title),
    ),
  );
}

open();
