import { credentialHeaders, fetchJson } from './credential.js';

// Every URL is relative to the page, so that it works behind any path prefix.
const GRAPHQL_URL = 'graphql';
const SOCKET_URL = new URL(GRAPHQL_URL, location.href).href.replace(/^http/, 'ws');
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 30000;

/** The codes with which a WebSocket is closed that would be closed again: without a credential, without a tenant. */
const REFUSED = [4401, 4403];

/** Sends a query, and returns its data and its errors: one does not exclude the other. */
export async function execute({ query, variables }) {
  const response = await fetchJson(GRAPHQL_URL, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  return { data: data ?? {}, errors: errors ?? [] };
}

/**
 * Subscribes over one WebSocket (graphql-ws), which is opened again when it ends.
 *
 * @param documents the subscriptions
 * @param listener is called with the data of each event
 * @param state is called with whether events arrive
 */
export function subscribe(documents, listener, state) {
  let delay = FIRST_DELAY;
  const open = () => {
    const socket = new WebSocket(SOCKET_URL, 'graphql-transport-ws');
    const send = (message) => socket.send(JSON.stringify(message));
    socket.onopen = () => send({ type: 'connection_init', payload: credentialHeaders() });
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === 'connection_ack') {
        documents.forEach((query, index) => send({ id: String(index), type: 'subscribe', payload: { query } }));
        delay = FIRST_DELAY;
        state(true);
      } else if (message.type === 'ping') {
        send({ type: 'pong' });
      } else if (message.type === 'next' && message.payload.data) {
        listener(message.payload.data);
      } else if (message.type === 'error' && isTooSlow(message)) {
        socket.close();
      }
    };
    socket.onclose = ({ code }) => {
      state(false);
      if (!REFUSED.includes(code)) {
        setTimeout(open, delay);
        delay = Math.min(2 * delay, LONGEST_DELAY);
      }
    };
  };
  open();
}

/** Whether a subscription has ended because events were lost. */
function isTooSlow({ payload }) {
  return payload.some(({ extensions }) => extensions?.code === 'SUBSCRIPTION_TOO_SLOW');
}

/** Where GraphiQL opens an operation. It is in the fragment, which is not sent to the server. */
export function graphiqlLink({ query, variables }) {
  const fragment = new URLSearchParams({ query });
  if (variables) {
    fragment.set('variables', JSON.stringify(variables, null, 2));
  }
  return `graphiql#${fragment}`;
}

/** Whether GraphiQL is served, so that links lead somewhere. */
export async function hasGraphiql() {
  return (await fetch('graphiql', { method: 'HEAD' }).catch(() => ({ ok: false }))).ok;
}
