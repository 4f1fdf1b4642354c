// Listens with public clients while tags change in all ways, and prints as JSON what was heard.
// Arguments: the gateway's URL, SIPSIM's base URL, its token, the webhook's secret.
import { createHmac } from 'node:crypto';
import { ask, eventStreamClient, listen, metric, post, socketClient, subscribed, until } from './streams.mjs';

const [gateway, sipsim, token, secret] = process.argv.slice(2);
const TAGS = `{ kind vendor tag { name description group { vendors } calls(first: 1) { nodes { id } } } previous { name } }`;
const SUBJECT = `{ subjectId subject { __typename id } tags { name } added { name } removed { name } }`;
const CALL = 'sipsim:call:nobody';

const socket = socketClient(gateway);
const other = socketClient(gateway);
const stream = eventStreamClient(gateway);

async function tellVendor(method, path, body) {
  const answer = await fetch(sipsim + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  return answer.status === 204 ? undefined : (await answer.json()).data;
}

async function webhook(event) {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  const answer = await fetch(`${gateway}/webhooks/sipsim`, {
    method: 'POST',
    headers: { 'x-webhook-timestamp': timestamp, 'x-webhook-signature': signature },
    body,
  });
  return answer.status;
}

const names = (tags) => tags?.map((tag) => tag.name).join('+') ?? '?';
const tagTexts = (heard) =>
  heard.events.map(({ errors, data }) => {
    const { kind, vendor, tag, previous } = data.tagChanged;
    const now = tag && `${tag.name} (${tag.description}) of ${tag.group.vendors.join('+')}`;
    return errors ? JSON.stringify(errors) : `${vendor} ${kind} ${now}, was ${previous?.name}`;
  });
const subjectTexts = (heard) =>
  heard.events.map(({ errors, data }) => {
    const { subjectId, subject, tags, added, removed } = data.subjectTagsChanged;
    return errors
      ? JSON.stringify(errors)
      : `${subjectId} ${subject?.id === subjectId} ${names(tags)}, added ${names(added)}, removed ${names(removed)}`;
  });
const codes = ({ events, end }) =>
  [...events.flatMap((event) => event.errors ?? []), ...(Array.isArray(end) ? end : [])].map((error) => error.extensions.code);
const call = (await post(gateway, '{ calls(first: 1, filter: {types: [MISSED]}) { nodes { id } } }')).data.calls.nodes[0].id;

const all = [socket, other, stream].map((client) => listen(client, `subscription { tagChanged ${TAGS} }`));
const swipeone = listen(socket, `subscription { tagChanged(vendors: [SWIPEONE]) ${TAGS} }`);
const subjects = [other, stream].map((client) => listen(client, `subscription { subjectTagsChanged ${SUBJECT} }`));
const one = listen(socket, `subscription($id: ID) { subjectTagsChanged(subjectId: $id) { subjectId } }`, { id: call });
await subscribed(gateway, 7);
await until('lists are known', async () =>
  (await post(gateway, '{ vendors { status tagList { count } } }')).data.vendors.every(
    (vendor) => vendor.status === 'NOT_CONFIGURED' || vendor.tagList,
  ));

const heardByAll = (count) => until(`${count} changes are heard`, () => all.every((heard) => heard.events.length >= count));

const create = (vendor) =>
  post(gateway, `mutation { createTag(input: {name: "Gold", vendors: [${vendor}]}) { results { tag { id } } } }`);
const gold = (await create('SIPSIM')).data.createTag.results[0].tag.id;
await heardByAll(1);
await create('SWIPEONE');
await heardByAll(2);
const { id } = await tellVendor('POST', '/tags', { name: 'Elsewhere', color: '#112233', description: 'Not here' });
await heardByAll(3);
await tellVendor('PATCH', `/tags/${id}`, { name: 'Somewhere' });
await heardByAll(4);
await tellVendor('DELETE', `/tags/${id}`);
await heardByAll(5);

await post(gateway, `mutation { addTags(input: {subjectId: "${call}", tags: [{name: "Gold"}]}) { result { status } } }`);
await until('a tagged call is heard of', () => subjects.every((heard) => heard.events.length >= 1) && one.events.length >= 1);
const event = { event: 'tags', pbx_id: decodeURIComponent(CALL.split(':')[2]), time: '2025-01-15T10:36:00Z', tags: ['Gold', 'VIP'] };
const webhooks = [await webhook(event), await webhook(event), await webhook({ ...event, tags: ['VIP'] })];
await until('webhooks are heard of', () => subjects.every((heard) => heard.events.length >= 3));

// One that is answered too late shows that the subscriptions live longer than a request may
const vendorOrigin = new URL(sipsim).origin;
await fetch(`${vendorOrigin}/sandbox/fault`, { method: 'PUT', body: '{"kind": "hang", "path": "/api/v2/calls"}' });
const late = await ask(socket, '{ calls(first: 1) { nodes { id } } }');
await fetch(`${vendorOrigin}/sandbox/fault`, { method: 'DELETE' });
await post(gateway, `mutation { updateTag(input: {id: "${gold}", name: "GOLD"}) { result { status } } }`);
await heardByAll(6);

const operations = {
  query: await ask(socket, '{ tags(first: 1) { totalCount } }'),
  mutation: await ask(socket, 'mutation { addTags(input: {subjectId: "sipsim:call:none", tags: []}) { result { status } } }'),
  queryByEvents: await ask(stream, '{ tags(first: 1) { totalCount } }'),
};
const errors = {};
for (const [name, query] of Object.entries({
  syntax: 'subscription {',
  validation: 'subscription { nothing }',
  id: 'subscription { subjectTagsChanged(subjectId: "x") { at } }',
  tagId: 'subscription { subjectTagsChanged(subjectId: "sipsim:tag:1") { at } }',
  depth: 'subscription { subjectTagsChanged { subject { ... on Call { contact { calls(first: 1) { nodes { contact { calls(first: 1) { nodes { contact { calls(first: 1) { nodes { tags { id } } } } } } } } } } } } } }',
})) {
  const answers = [await ask(socket, query), await ask(stream, query)];
  // One ends with errors, the other has them in its last event, as the two protocols want it
  errors[name] = [...answers.flatMap(codes), answers[0].events.length, answers[1].events.length].join(' ');
}

// More than the server takes in at once, were the places of those that went not free again
for (let i = 0; i < 36; i++) {
  const passing = Array.from({ length: 8 }, () => listen(other, 'subscription { subjectTagsChanged { at } }'));
  await subscribed(gateway, 15);
  passing.forEach((heard) => heard.stop());
  await subscribed(gateway, 7);
}
const afterMany = await ask(other, '{ tags(first: 1) { totalCount } }');

const many = Array.from({ length: 11 }, () => listen(other, 'subscription { subjectTagsChanged { at } }'));
// Two are open already
await until('the rest is refused', () => many.filter((heard) => heard.end).length === 3);
const refused = many.filter((heard) => heard.end).flatMap(codes);
many.forEach((heard) => heard.stop());

[...all, swipeone, ...subjects, one].forEach((heard) => heard.stop());
await subscribed(gateway, 0);
await Promise.all([socket.dispose(), other.dispose()]);
stream.dispose();
await until('connections end', async () => (await metric(gateway, 'taggateway_streams')) === 0);

console.log(
  JSON.stringify({
    all: all.map(tagTexts),
    swipeone: tagTexts(swipeone),
    subjects: subjects.map(subjectTexts),
    one: one.events.map((heard) => heard.data.subjectTagsChanged.subjectId),
    call,
    webhooks,
    late: codes(late),
    operations,
    errors,
    afterMany,
    refused,
  }),
);
