// What the scripts about subscriptions share: clients, what they hear, and what they wait for.
import { createClient as createSocketClient } from 'graphql-ws';
import { createClient as createEventStreamClient } from 'graphql-sse';
import { WebSocket } from 'ws';

const PATIENCE = 20_000;

export const socketClient = (gateway, options = {}) =>
  createSocketClient({ url: `${gateway.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, ...options });

export const eventStreamClient = (gateway) =>
  createEventStreamClient({ url: `${gateway}/graphql`, retryAttempts: 0 });

/** Subscribes, or asks: what comes, and how it ends. */
export function listen(client, query, variables) {
  const heard = { events: [], end: null };
  heard.stop = client.subscribe(
    { query, variables },
    {
      next: (event) => heard.events.push(event),
      error: (error) => (heard.end = error),
      complete: () => (heard.end ??= 'complete'),
    },
  );
  return heard;
}

export async function until(what, condition) {
  const end = Date.now() + PATIENCE;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`Waited in vain until ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** All that an operation answers. */
export async function ask(client, query, variables) {
  const heard = listen(client, query, variables);
  await until(`${query} ends`, () => heard.end);
  return { events: heard.events, end: heard.end };
}

export async function post(gateway, query) {
  const answer = await fetch(`${gateway}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return answer.json();
}

export async function metric(gateway, name) {
  const text = await (await fetch(`${gateway}/actuator/prometheus`)).text();
  return Number(text.match(new RegExp(`^${name}(?:{[^}]*})? (.*)$`, 'm'))[1]);
}

export const subscribed = (gateway, count) =>
  until(`${count} subscribe`, async () => (await metric(gateway, 'taggateway_subscriptions')) === count);
