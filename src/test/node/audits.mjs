// Runs the public audits of GraphQL over HTTP, and prints their outcomes as JSON.
// Argument: the endpoint's URL.
import { serverAudits } from 'graphql-http';

const outcomes = [];
for (const audit of serverAudits({ url: process.argv[2] })) {
  const { status, reason } = await audit.fn();
  outcomes.push({ id: audit.id, name: audit.name, status, reason: reason ?? '' });
}
console.log(JSON.stringify(outcomes));
