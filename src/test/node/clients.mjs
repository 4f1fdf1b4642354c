// Asks the gateway with the clients of docs/frontends, also while a vendor fails, and prints as JSON what each got.
// Arguments: the gateway's URL, the root of the simulated SIPSIM, a folder to write to.
import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gql } from '@apollo/client/core';
import { getIntrospectionQuery } from 'graphql';
import relay from 'relay-runtime';
import { apolloClient, possibleTypesOf } from './frontends/apollo.mjs';
import { relayEnvironment } from './frontends/relay.mjs';
import { urqlClient } from './frontends/urql.mjs';

const [gateway, sipsim, target] = process.argv.slice(2);
const folder = resolve(target);
const url = `${gateway}/graphql`;
const require = createRequire(import.meta.url);

const page = (name) => `query ${name}($first: Int!, $after: String) {
  calls(first: $first, after: $after) {
    edges { cursor node { id type tags { id name color { hex } } } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const both = (name) => `query ${name} {
  calls(first: 2) { edges { node { id } } pageInfo { hasNextPage endCursor } }
  contacts(first: 2) { edges { node { id name } } pageInfo { hasNextPage endCursor } }
}`;

// Notes of each request whether it had a hash, and a document
function recorder() {
  const requests = [];
  const record = (request, options) => {
    const body = JSON.parse(options.body);
    requests.push([body.extensions?.persistedQuery && 'hash', body.query && 'document'].filter(Boolean).join(' and '));
    return fetch(request, options);
  };
  return { requests, fetch: record };
}

async function whileSipsimFails(work) {
  await fetch(`${sipsim}/sandbox/fault`, { method: 'PUT', body: JSON.stringify({ kind: 'status', status: 500 }) });
  try {
    return await work();
  } finally {
    await fetch(`${sipsim}/sandbox/fault`, { method: 'DELETE' });
  }
}

async function apollo(schema) {
  const { requests, fetch } = recorder();
  const possibleTypes = possibleTypesOf(schema);
  const client = apolloClient({ url, possibleTypes, fetch });
  const query = gql(page('ApolloPage'));
  const observed = client.watchQuery({ query, variables: { first: 2 } });
  const subscription = observed.subscribe(() => {});
  const { data } = await client.query({ query, variables: { first: 2 } });
  await observed.fetchMore({ variables: { first: 2, after: data.calls.pageInfo.endCursor } });
  subscription.unsubscribe();
  const cached = client.readQuery({ query, variables: { first: 2 } });
  const { id } = cached.calls.edges[0].node;
  const fragment = gql('fragment Tagged on Taggable { id tags { name } }');
  const tagged = client.readFragment({ id: client.cache.identify({ __typename: 'Call', id }), fragment });
  const ask = (errorPolicy) =>
    apolloClient({ url, possibleTypes, errorPolicy }).query({ query: gql(both('ApolloBoth')) });
  const failed = await whileSipsimFails(async () => {
    const { data: part, error } = await ask('all');
    const without = await ask('none').then(() => 'data', () => 'no data');
    return { contacts: part.contacts.edges.length, code: error.errors[0].extensions.code, without };
  });
  return { calls: cached.calls.edges.length, fragment: tagged?.id === id, failed, requests };
}

async function urql(schema) {
  const { requests, fetch } = recorder();
  const client = urqlClient({ url, schema, fetch });
  const query = page('UrqlPage');
  const first = await client.query(query, { first: 2 }).toPromise();
  const second = await client.query(query, { first: 2, after: first.data.calls.pageInfo.endCursor }).toPromise();
  const failed = await whileSipsimFails(() => client.query(both('UrqlBoth'), {}).toPromise());
  return {
    calls: second.data.calls.edges.length,
    failed: { contacts: failed.data.contacts.edges.length, code: failed.error.graphQLErrors[0].extensions.code },
    requests,
  };
}

async function compileForRelay() {
  mkdirSync(join(folder, 'src'), { recursive: true });
  cpSync(fileURLToPath(new URL('frontends/relay.config.json', import.meta.url)), join(folder, 'relay.config.json'));
  writeFileSync(join(folder, 'schema.graphql'), await (await fetch(`${url}/schema.graphqls`)).text());
  writeFileSync(join(folder, 'persisted.json'), '{}');
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  const documents = [page('PageQuery'), both('PageBothQuery')];
  writeFileSync(join(folder, 'src/Page.js'), documents.map((document) => `graphql\`${document}\`;`).join('\n'));
  const compiled = spawnSync(process.execPath, [require.resolve('relay-compiler/cli.js')], { cwd: folder, encoding: 'utf8' });
  if (compiled.status !== 0) {
    throw new Error(compiled.stdout + compiled.stderr);
  }
  return JSON.parse(readFileSync(join(folder, 'persisted.json'), 'utf8'));
}

async function relayClient() {
  const { requests, fetch } = recorder();
  const environment = relayEnvironment({ url, documents: await compileForRelay(), fetch });
  const ask = async (name, variables) => {
    const artifact = await import(pathToFileURL(join(folder, `src/__generated__/${name}.graphql.js`)));
    return relay.fetchQuery(environment, artifact.default, variables).toPromise();
  };
  const first = await ask('PageQuery', { first: 2 });
  const second = await ask('PageQuery', { first: 2, after: first.calls.pageInfo.endCursor });
  const failed = await whileSipsimFails(() => ask('PageBothQuery', {}));
  return {
    calls: first.calls.edges.length + second.calls.edges.length,
    failed: { contacts: failed.contacts.edges.length },
    requests,
  };
}

const documentedSchema = 'http://localhost:8080/graphql/schema.graphqls';

// Runs the command line in a folder, with the configuration of the page and another address of the schema
async function generate(name, schema) {
  const project = join(folder, name);
  mkdirSync(join(project, 'src'), { recursive: true });
  writeFileSync(join(project, 'src/page.graphql'), page('CodegenPage'));
  writeFileSync(join(project, 'src/both.graphql'), both('CodegenBoth'));
  const config = readFileSync(new URL('frontends/codegen.mjs', import.meta.url), 'utf8');
  writeFileSync(
    join(project, 'codegen.mjs'),
    config.replace(documentedSchema, schema(documentedSchema.replace('http://localhost:8080', gateway))),
  );
  const command = fileURLToPath(new URL('node_modules/.bin/graphql-codegen', import.meta.url));
  await promisify(execFile)(command, ['--config', 'codegen.mjs'], { cwd: project });
  const file = (path) => readFileSync(join(project, path), 'utf8');
  return { operations: file('src/operations.ts'), documents: JSON.parse(file('src/gql/persisted-documents.json')) };
}

async function codegen() {
  const [sdl, introspected] = await Promise.all([
    generate('codegen', (url) => url),
    generate('codegen-plain', (url) => url.replace('/schema.graphqls', '')),
  ]);
  const { requests, fetch } = recorder();
  const [id, query] = Object.entries(sdl.documents).find(([, document]) => document.includes('CodegenBoth'));
  const ask = async (body) => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
    const headers = { 'Content-Type': 'application/json' };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ ...body, extensions }) })).json();
  };
  const unknown = await ask({});
  const registered = await ask({ query });
  const failed = await whileSipsimFails(() => ask({}));
  return {
    sdl: sdl.operations.includes('export type CodegenPageQuery = '),
    introspected: introspected.operations.includes('export type CodegenPageQuery = '),
    unknown: unknown.errors[0].extensions.code,
    calls: registered.data.calls.edges.length,
    failed: { contacts: failed.data.contacts.edges.length, code: failed.errors[0].extensions.code },
    requests,
  };
}

async function preflight(origin) {
  const response = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,x-api-key',
    },
  });
  return ['access-control-allow-origin', 'access-control-allow-headers'].map((name) => response.headers.get(name));
}

// The compilers do not write again what is there already
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const introspection = await fetch(url, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ query: getIntrospectionQuery() }),
});
const schema = (await introspection.json()).data;
const seen = {
  apollo: await apollo(schema),
  urql: await urql(schema),
  relay: await relayClient(),
  codegen: await codegen(),
  cors: { app: await preflight('https://app.example'), other: await preflight('https://other.example') },
};
process.stdout.write(JSON.stringify(seen), () => process.exit(0));
