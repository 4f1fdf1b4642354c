// Generates TypeScript from the schema that a gateway serves and from every example, with the public code generator;
// compiles it with consumers of it; and prints as JSON what the compiler complains of.
// Arguments: the gateway's URL, the folder of the examples, a folder to write to, the consumers.
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as operations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';

const [gateway, examples, target, ...consumers] = process.argv.slice(2);

const schema = parse(await (await fetch(`${gateway}/graphql/schema`)).text());
const documents = readdirSync(examples)
  .filter((name) => name.endsWith('.graphql'))
  .map((location) => ({ location, document: parse(readFileSync(join(examples, location), 'utf8')) }));

const config = {
  scalars: { DateTime: 'string', HexColor: 'string' },
  defaultScalarType: 'unknown',
  enumsAsTypes: true,
};

async function generate(filename, plugin, used) {
  const file = join(target, filename);
  const pluginMap = { plugin };
  writeFileSync(file, await codegen({ filename: file, schema, documents: used, config, plugins: [{ plugin: {} }], pluginMap }));
  return file;
}

function copy(consumer) {
  const file = join(target, basename(consumer));
  copyFileSync(consumer, file);
  return file;
}

mkdirSync(target, { recursive: true });
const program = ts.createProgram(
  [
    await generate('schema.ts', typescript, []),
    await generate('operations.ts', operations, documents),
    ...consumers.map(copy),
  ],
  {
    strict: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  },
);
const complaints = ts.getPreEmitDiagnostics(program).map((complaint) => {
  const file = basename(complaint.file?.fileName ?? '');
  const line = complaint.file ? complaint.file.getLineAndCharacterOfPosition(complaint.start).line + 1 : 0;
  return `${file}:${line} ${ts.flattenDiagnosticMessageText(complaint.messageText, ' ')}`;
});
console.log(JSON.stringify(complaints));
