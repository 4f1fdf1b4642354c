// Asks what is refused over both transports, and prints as JSON how each operation ends, by transport and name.
// Arguments: the gateway's URL, the documents by name as JSON.
import { ask, eventStreamClient, socketClient } from './streams.mjs';

const [gateway, documents] = process.argv.slice(2);
const socket = socketClient(gateway);
const events = eventStreamClient(gateway);
const seen = { socket: {}, events: {} };
for (const [name, document] of Object.entries(JSON.parse(documents))) {
  seen.socket[name] = await ask(socket, document);
  seen.events[name] = await ask(events, document);
}
await socket.dispose();
events.dispose();
console.log(JSON.stringify(seen));
