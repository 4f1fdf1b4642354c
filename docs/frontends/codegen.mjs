import { createHash } from 'node:crypto';

// The preset's own sha256 adds a prefix
const sha256 = (document) => createHash('sha256').update(document).digest('hex');

export default {
  schema: 'http://localhost:8080/graphql/schema.graphqls',
  documents: 'src/**/*.graphql',
  generates: {
    'src/operations.ts': { plugins: ['typescript', 'typescript-operations'] },
    'src/gql/': { preset: 'client', presetConfig: { persistedDocuments: { hashAlgorithm: sha256 } } },
  },
};
