// Prints every introspection query that graphql-js can write, as a JSON array.
import { getIntrospectionQuery } from 'graphql';

const options = [
  'descriptions',
  'specifiedByUrl',
  'directiveIsRepeatable',
  'schemaDescription',
  'inputValueDeprecation',
  'oneOf',
];
const queries = new Set();
for (let chosen = 0; chosen < 2 ** options.length; chosen++) {
  const flags = Object.fromEntries(options.map((name, bit) => [name, (chosen & (1 << bit)) !== 0]));
  queries.add(getIntrospectionQuery(flags));
}
for (const typeDepth of [0, 1, 7, 9, 12]) {
  queries.add(getIntrospectionQuery({ typeDepth }));
}
console.log(JSON.stringify([...queries]));
