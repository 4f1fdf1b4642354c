// Asks the gateway twice with each of two public clients of automatic persisted queries, and prints as JSON how many
// vendors they got and which of their requests had a document.
// Argument: the gateway's GraphQL endpoint.
import { RemoteGraphQLDataSource } from '@apollo/gateway';
import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import { parse } from 'graphql';

const [url] = process.argv.slice(2);

function recorder(send) {
  const queriesSent = [];
  const fetch = (target, options) => {
    queriesSent.push({ with: String(options.body.includes('"query"')) });
    return send(target, options);
  };
  return { queriesSent, fetch };
}

async function hive() {
  const { queriesSent, fetch } = recorder(globalThis.fetch);
  const execute = buildHTTPExecutor({ endpoint: url, apq: true, fetch });
  const document = parse('query AskedByHive { vendors { vendor } }');
  await execute({ document });
  const { data } = await execute({ document });
  return { vendors: data.vendors, queriesSent };
}

async function apollo() {
  const queriesSent = [];
  const source = new RemoteGraphQLDataSource({ url, apq: true });
  const send = source.fetcher;
  source.fetcher = async (target, options) => {
    const body = options?.body ?? (await target.clone().text());
    queriesSent.push({ with: String(body.includes('"query"')) });
    return send(target, options);
  };
  const ask = () =>
    source.process({ request: { query: 'query AskedByApollo { vendors { vendor } }' }, context: {}, kind: 'x' });
  await ask();
  const { data } = await ask();
  return { vendors: data.vendors, queriesSent };
}

console.log(JSON.stringify({ hive: await hive(), apollo: await apollo() }));
