export default {
  schema: 'http://localhost:8080/graphql/schema.graphqls',
  documents: 'src/**/*.graphql',
  generates: {
    'src/operations.ts': { plugins: ['typescript', 'typescript-operations'] },
  },
};
