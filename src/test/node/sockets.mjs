// Behaves as clients should not, and prints as JSON what becomes of each. Argument: the gateway's URL.
import { WebSocket } from 'ws';
import { ask, metric, socketClient, until } from './streams.mjs';

const [gateway] = process.argv.slice(2);
const URL = `${gateway.replace('http', 'ws')}/graphql`;
const PROTOCOL = 'graphql-transport-ws';
const INIT = JSON.stringify({ type: 'connection_init' });
const subscribe = (id, query) => JSON.stringify({ id, type: 'subscribe', payload: { query } });
let taken = 0;
const LISTEN = 'subscription { subjectTagsChanged { at } }';

const placesTaken = (count) =>
  until(`${count} places are taken`, async () => (await metric(gateway, 'taggateway_streams')) === count);

/** How a socket ends: the status of a refused handshake, or the code and reason that it is closed with. */
async function ending(protocols, options, ...messages) {
  await placesTaken(taken);
  return new Promise((resolve) => {
    const socket = new WebSocket(URL, protocols, options);
    socket.on('open', () => messages.forEach((message) => socket.send(message)));
    socket.on('unexpected-response', (request, response) => {
      resolve(String(response.statusCode));
      request.destroy();
    });
    socket.on('close', (code, reason) => resolve(`${code} ${reason}`.trim()));
    socket.on('error', () => {});
  });
}

/** What a socket whose handshake has this origin is told first. */
async function greeting(origin, hello = (socket) => socket.send(INIT)) {
  await placesTaken(0);
  return new Promise((resolve) => {
    const socket = new WebSocket(URL, PROTOCOL, { origin });
    socket.on('open', () => hello(socket));
    socket.on('unexpected-response', (request, response) => {
      resolve(String(response.statusCode));
      request.destroy();
    });
    socket.on('close', (code) => resolve(String(code)));
    socket.on('message', (message) => {
      resolve(JSON.parse(message).type);
      socket.close();
    });
  });
}

const seen = {
  oldProtocol: await ending('graphql-ws', {}),
  noProtocol: await ending([], {}),
  foreignOrigin: await greeting('https://evil.example'),
  foreignPort: await greeting('http://127.0.0.1:1'),
  opaqueOrigin: await greeting('null'),
  ownOrigin: await greeting(gateway),
  noOrigin: await greeting(undefined),
  signOfLife: await greeting(undefined, (socket) => {
    socket.pong();
    socket.send(INIT);
  }),
  noHello: await ending(PROTOCOL, {}),
  helloTwice: await ending(PROTOCOL, {}, INIT, INIT),
  subscribedBeforeHello: await ending(PROTOCOL, {}, subscribe('1', LISTEN)),
  notJson: await ending(PROTOCOL, {}, INIT, 'hello'),
  unknownType: await ending(PROTOCOL, {}, INIT, '{"type": "dance"}'),
  notAnObject: await ending(PROTOCOL, {}, INIT, '[]'),
  serversType: await ending(PROTOCOL, {}, INIT, '{"id": "1", "type": "next", "payload": {}}'),
  binary: await ending(PROTOCOL, {}, INIT, Buffer.from('{"type": "ping"}')),
  noId: await ending(PROTOCOL, {}, INIT, JSON.stringify({ type: 'subscribe', payload: { query: LISTEN } })),
  noIdToComplete: await ending(PROTOCOL, {}, INIT, '{"type": "complete"}'),
  oddId: await ending(PROTOCOL, {}, INIT, '{"type": "complete", "id": {}}'),
  oddPayload: await ending(PROTOCOL, {}, '{"type": "connection_init", "payload": "hello"}'),
  oddVariables: await ending(
    PROTOCOL,
    {},
    INIT,
    JSON.stringify({ id: '1', type: 'subscribe', payload: { query: LISTEN, variables: [] } }),
  ),
  noQuery: await ending(PROTOCOL, {}, INIT, '{"id": "1", "type": "subscribe", "payload": {}}'),
  noPayload: await ending(PROTOCOL, {}, INIT, '{"id": "1", "type": "subscribe"}'),
  sameIdTwice: await ending(PROTOCOL, {}, INIT, subscribe('1', LISTEN), subscribe('1', LISTEN)),
  tooLarge: await ending(PROTOCOL, {}, INIT, subscribe('1', `${LISTEN}${' '.repeat(70_000)}`)),
};

await placesTaken(0);
const first = socketClient(gateway, { lazy: false });
const second = socketClient(gateway, { lazy: false });
taken = 2;
seen.noRoom = await ending(PROTOCOL, {}, INIT);
const answer = await fetch(`${gateway}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  body: JSON.stringify({ query: LISTEN }),
});
seen.noRoomForEvents = await answer.text();
seen.othersGoOn = await ask(first, '{ __typename }');

await second.dispose();
await placesTaken(1);

// Nothing happens, and yet there is something to be heard
seen.socketPing = await new Promise((resolve) => {
  const idle = new WebSocket(URL, PROTOCOL);
  idle.on('open', () => idle.send(INIT));
  idle.on('message', (message) => {
    const { type } = JSON.parse(message);
    if (type !== 'connection_ack') {
      resolve(type);
      idle.close();
    }
  });
});
await placesTaken(1);
const leaving = new AbortController();
const events = await fetch(`${gateway}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  body: JSON.stringify({ query: LISTEN }),
  signal: leaving.signal,
});
seen.eventsPing = new TextDecoder().decode((await events.body.getReader().read()).value).trim();
leaving.abort();
await first.dispose();
console.log(JSON.stringify(seen));
