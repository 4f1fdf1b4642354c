// Has gql.tada fetch the schema of a gateway and write its types; prints both files.
import { generateOutput, generateSchema } from '@gql.tada/cli-utils';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [gateway] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'tada-'));
try {
  const [schema, types, tsconfig] = ['schema.graphql', 'types.d.ts', 'tsconfig.json'].map((name) => join(folder, name));
  const plugin = { name: 'gql.tada/ts-plugin', schema, tadaOutputLocation: types };
  await writeFile(tsconfig, JSON.stringify({ compilerOptions: { plugins: [plugin] } }));
  await generateSchema({ input: `${gateway}/graphql`, headers: undefined, output: schema, tsconfig, silent: true });
  await generateOutput({ output: types, tsconfig, silent: true });
  console.log(JSON.stringify({ schema: await readFile(schema, 'utf8'), types: await readFile(types, 'utf8') }));
} finally {
  await rm(folder, { recursive: true });
}
