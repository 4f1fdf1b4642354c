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

/** The key of the credential in sessionStorage, which ends with the tab. */
const CREDENTIAL = 'tag-gateway:credential';

/** The header for the credential of this tab. A token has three parts, the first of which is JSON in Base64. */
function credentialHeaders() {
  const credential = sessionStorage.getItem(CREDENTIAL);
  if (!credential) {
    return {};
  }
  return /^eyJ[^.]*\.[^.]*\.[^.]*$/.test(credential)
    ? { Authorization: `Bearer ${credential}` }
    : { 'X-API-Key': credential };
}

/** Asks for a credential, or says why that of this tab has no access. */
async function askForCredential(response) {
  const { errors } = await response.clone().json();
  const meaning = response.status === 401 ? 'Not authenticated (401)' : 'No access with this credential (403)';
  const form = document.getElementById('credential');
  form.querySelector('[role=status]').textContent = `${meaning}: ${errors?.[0]?.message ?? ''}`;
  form.hidden = false;
}

document.getElementById('credential').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(CREDENTIAL, event.target.querySelector('input').value.trim());
  location.reload();
});

/**
 * fetch with the credential of this tab, but for headers that are typed. An answer without JSON (say, 401 with an empty
 * body) is shown by its status.
 */
async function fetchJson(url, options) {
  const headers = new Headers(credentialHeaders());
  Object.entries(options.headers ?? {}).forEach(([name, value]) => headers.set(name, value));
  const response = await fetch(url, { ...options, headers });
  if (!(response.headers.get('content-type') ?? '').includes('json')) {
    throw new Error(`${response.status} ${response.statusText}`);
  }
  if (response.status === 401 || response.status === 403) {
    await askForCredential(response);
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
