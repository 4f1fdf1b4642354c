import { defineConfig } from '@graphql-hive/gateway';

export const gatewayConfig = defineConfig({
  transportEntries: {
    tags: { headers: [['GraphQL-Require-Preflight', '1']] },
  },
});
