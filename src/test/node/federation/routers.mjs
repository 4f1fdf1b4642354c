// Composes the gateway with the invented CRM, asks both through Apollo Gateway and through Hive Gateway, and prints as
// JSON what came of it. Arguments: the gateway's GraphQL URL, the root of played SIPSIM.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

const [gateway, sipsim] = process.argv.slice(2);
const folder = fileURLToPath(new URL('.', import.meta.url));
const started = [];

const OPERATIONS = {
  accounts: `{ accounts { name
    contact { id name account { name } tags { name group { vendors } } calls(first: 1) { nodes { id } } }
    lastCall { id type tags { name } } } }`,
  campaigns: '{ campaigns { name audience { slug name tags { id } } callTag { id name color { hex } } } }',
  contacts: {
    query: 'query($tag: TagRef) { contacts(filter: {tag: $tag}, first: 2) { nodes { id account { name } } } }',
    variables: { tag: { slug: 'vip' } },
  },
  twoMembers: {
    query: 'query($tag: TagRef) { contacts(filter: {tag: $tag}) { nodes { id } } }',
    variables: { tag: { slug: 'vip', name: 'VIP' } },
  },
};
const SUBSCRIPTION = 'subscription { tagChanged { kind tag { name group { slug } } } }';
const BROKEN = '{ accounts { name contact { name } lastCall { id type } } }';
const DESCRIPTION = '{ __type(name: "TagRef") { description inputFields { name description } } }';

function run(...command) {
  const child = spawn(command[0], command.slice(1), {
    cwd: folder,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  return child;
}

async function wordsOf(child) {
  let said = '';
  child.stdout.on('data', (part) => (said += part));
  const [code] = await once(child, 'close');
  if (code !== 0) {
    throw new Error(`Ended with ${code}: ${said}`);
  }
  return said.trim().split('\n');
}

async function startCrm() {
  for await (const part of run(process.execPath, 'crm.mjs').stdout) {
    const url = String(part).match(/http:\S+/);
    if (url) {
      return url[0];
    }
  }
  throw new Error('The CRM did not start');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function ask(url, operation) {
  const body = typeof operation === 'string' ? { query: operation } : operation;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}

async function startApollo(supergraphSdl) {
  const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl, logger: quiet }), logger: quiet });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  started.push({ kill: () => server.stop() });
  return url;
}

const quiet = { debug() {}, info() {}, warn() {}, error: console.error };

async function startHive() {
  const port = String(await freePort());
  const program = fileURLToPath(import.meta.resolve('@graphql-hive/gateway')).replace(/index\.js$/, 'bin.js');
  const child = run(process.execPath, program, 'supergraph', 'supergraph.graphql', '--host', '127.0.0.1', '--port', port);
  child.stdout.resume();
  const url = `http://127.0.0.1:${port}/graphql`;
  while (child.exitCode === null) {
    try {
      await ask(url, '{ __typename }');
      return url;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`Hive Gateway ended with ${child.exitCode}`);
}

// The first event of a subscription; tags are created at the gateway until it arrives
async function firstEvent(url) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ query: SUBSCRIPTION }),
  });
  let count = 0;
  const creation = setInterval(
    () => ask(gateway, `mutation { createTag(input: {name: "Routed ${count++}", vendors: [SIPSIM]}) { userErrors { message } } }`),
    200,
  );
  let said = '';
  try {
    for await (const part of response.body) {
      said += Buffer.from(part).toString();
      const data = said.match(/^data: ?(\{.*\})$/m);
      if (data) {
        return JSON.parse(data[1]);
      }
    }
  } finally {
    clearInterval(creation);
  }
  return { status: response.status, said };
}

async function answersOf(url) {
  const answers = {};
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    answers[name] = await ask(url, operation);
  }
  answers.description = await ask(url, DESCRIPTION);
  await fetch(`${sipsim}/sandbox/fault`, { method: 'PUT', body: JSON.stringify({ kind: 'status', status: 500 }) });
  answers.broken = await ask(url, BROKEN);
  await fetch(`${sipsim}/sandbox/fault`, { method: 'DELETE' });
  return answers;
}

try {
  const crm = await startCrm();
  const composition = await wordsOf(run(process.execPath, 'compose.mjs', `tags=${gateway}`, `crm=${crm}`));
  const supergraph = readFileSync(new URL('supergraph.graphql', import.meta.url), 'utf8');
  const apollo = await answersOf(await startApollo(supergraph));
  const hiveUrl = await startHive();
  const hive = await answersOf(hiveUrl);
  hive.subscription = await firstEvent(hiveUrl);
  console.log(JSON.stringify({ composition, supergraph, apollo, hive }));
} finally {
  started.forEach((child) => child.kill());
}
