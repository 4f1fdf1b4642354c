// Composes the subgraphs at some URLs, as in: node compose.mjs tags=http://localhost:8080/graphql crm=http://localhost:4001/
import { writeFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

async function subgraph(argument) {
  const [, name, url] = argument.match(/^(\w+)=(.+)$/);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  const { data } = await response.json();
  return { name, url, typeDefs: parse(data._service.sdl) };
}

const { errors = [], hints = [], supergraphSdl } = composeServices(await Promise.all(process.argv.slice(2).map(subgraph)));
errors.forEach((error) => console.error(error.message));
hints.forEach((hint) => console.log(`Hint: ${hint.message}`));
if (errors.length > 0) {
  process.exit(1);
}
writeFileSync('supergraph.graphql', supergraphSdl);
console.log('Composed into supergraph.graphql');
