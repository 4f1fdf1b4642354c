import { html, render } from './lit-html.js';
import { execute, hasGraphiql, subscribe } from './api.js';
import { chart } from './chart.js';
import { groupList } from './groups.js';
import { lookUpForm } from './lookup.js';
import { isIncomplete, openLink, problems } from './parts.js';
import * as queries from './queries.js';
import { STATUS, vendorCards } from './vendors.js';

/** As many groups as are counted in one operation: within the default limit on vendor requests. */
const COUNTED_TOGETHER = 40;

/** All uses are counted again after changes, but not more often. */
const COUNT_INTERVAL = 30000;

/** How often the state of vendors is read. */
const REFRESH_INTERVAL = 15000;

/** Several changes at once cause one reading. */
const SETTLES = 500;

const state = {
  live: false,
  failure: null,
  vendors: null,
  groups: null,
  counts: new Map(),
  calls: null,
  open: new Map(),
  lookUp: { text: '', answer: null },
  filter: { text: '', show: 'all', sort: 'name' },
};

function update(change) {
  Object.assign(state, change);
  draw();
}

function announce(text) {
  document.getElementById('announcements').textContent = text;
}

/** Shows why something could not be read, as when the gateway cannot be reached. */
function attempt(work) {
  return work.then(
    () => update({ failure: null }),
    (error) => update({ failure: String(error.message ?? error) }),
  );
}

async function loadVendors() {
  update({ vendors: await execute(queries.vendors()) });
}

async function loadGroups() {
  update({ groups: await execute(queries.groups()) });
}

async function loadCalls() {
  update({ calls: await execute(queries.taggedCalls()) });
}

/** Counts the uses of some groups, which needs requests to vendors for each. */
async function count(ids) {
  for (let from = 0; from < ids.length; from += COUNTED_TOGETHER) {
    const { data } = await execute(queries.counts(ids.slice(from, from + COUNTED_TOGETHER)));
    (data.nodes ?? []).filter(Boolean).forEach((node) => state.counts.set(node.id, node));
    draw();
  }
}

let counted = -Infinity;
let recount;

/** Counts groups without counts at once, and all others again when that is due. */
function countUses() {
  const ids = (state.groups.data.tagGroups?.nodes ?? []).map(({ id }) => id);
  const due = counted + COUNT_INTERVAL - performance.now();
  clearTimeout(recount);
  if (due <= 0) {
    counted = performance.now();
    return Promise.all([count(ids), loadCalls()]);
  }
  recount = setTimeout(() => attempt(countUses()), due);
  return count(ids.filter((id) => !state.counts.has(id)));
}

async function readUses(slug) {
  const answer = await execute(queries.group(slug));
  if (state.open.has(slug)) {
    state.open.set(slug, answer);
    draw();
  }
}

async function toggle(slug) {
  if (!state.open.delete(slug)) {
    state.open.set(slug, null);
    attempt(readUses(slug));
  }
  draw();
}

/** A text with a letter or an @ is an e-mail address or a name, any other is a number. */
function lookUpQuery(text) {
  return /[\p{L}@]/u.test(text) ? queries.byText(text) : queries.byPhone(text);
}

const lookUp = (text) => attempt(find(text));

async function find(text) {
  update({ lookUp: { text, answer: text ? 'loading' : null } });
  await readFound();
  const { answer } = state.lookUp;
  if (answer?.data) {
    const found = answer.data.contacts?.nodes.length ?? 0;
    announce(answer.data.contacts ? `${found} contacts found` : answer.errors[0]?.message);
  }
}

async function readFound() {
  const { text } = state.lookUp;
  const answer = text && (await execute(lookUpQuery(text)));
  if (answer && state.lookUp.text === text) {
    update({ lookUp: { text, answer } });
  }
}

let pending;

function changed({ tagChanged }) {
  if (tagChanged) {
    const { kind, vendor, tag, previous } = tagChanged;
    announce(`Tag ${(tag ?? previous)?.name ?? ''} ${kind.toLowerCase()} at ${vendor}`);
  }
  clearTimeout(pending);
  pending = setTimeout(load, SETTLES);
}

/** The groups first, so that the vendors' tag lists have been read. */
async function readAll() {
  await loadGroups();
  await Promise.all([loadVendors(), countUses(), readFound(), ...[...state.open.keys()].map(readUses)]);
}

const load = () => attempt(readAll());

/** Reads everything at once, the counts too. */
async function readAgain() {
  counted = -Infinity;
  await readAll();
}

const statuses = () => (state.vendors?.data.vendors ?? []).map(({ status }) => status);

/** Whether a part that is missing now may be there when it is read again. */
function mayImprove() {
  const answers = [state.groups, state.calls, state.lookUp.answer, ...state.open.values()];
  return (
    statuses().some((status) => status === 'DOWN' || status === 'DEGRADED') ||
    state.groups?.data.tagGroups?.sources.some(({ status }) => status === 'STALE') ||
    answers.some((answer) => answer?.errors?.some(({ extensions }) => extensions?.retryable))
  );
}

/** The state of vendors needs no request to them. If it has changed, so may have what they return. */
async function refresh() {
  const before = statuses().join();
  const failed = state.failure !== null;
  await loadVendors();
  if (mayImprove()) {
    await readAll();
  }
  if (failed || statuses().join() !== before) {
    announce(state.vendors.data.vendors?.map(({ displayName, status }) => `${displayName}: ${STATUS[status]}`).join(', '));
    await readAgain();
  }
}

/** Without access, more requests would only count as failures of the caller. */
const isPaused = () => document.hidden || !document.getElementById('credential').hidden;

let interrupted = false;

/** Changes during an interruption have not been received. */
function liveChanged(live) {
  update({ live });
  if (live && interrupted) {
    load();
  }
  interrupted = !live;
}

function vendorSection() {
  return html`<section aria-labelledby="vendors-title" class="vendors">
    <div class="head">
      <h2 id="vendors-title">Vendors</h2>
      ${openLink(queries.vendors(), 'Open as query', 'vendors')}
    </div>
    ${state.vendors ? vendorCards(state.vendors) : html`<p class="loading">Loading…</p>`}
  </section>`;
}

function callSection() {
  const connection = state.calls?.data.calls;
  return html`<section aria-labelledby="calls-title" class="card">
    <div class="head">
      <h2 id="calls-title">Tagged calls by day</h2>
      ${openLink(queries.taggedCalls(), 'Open as query', 'tagged calls')}
    </div>
    ${state.calls ? problems(state.calls.errors, [connection]) : html`<p class="loading">Loading…</p>`}
    ${connection && (connection.nodes.length || !isIncomplete(connection)) ? chart(connection) : ''}
  </section>`;
}

function template() {
  return html`<header>
      <h1>Tag Gateway</h1>
      <span class=${state.live ? 'live on' : 'live'}>${state.live ? 'Live' : 'Not live'}</span>
      <button type="button" class="plain" @click=${() => attempt(readAgain())}>Refresh</button>
      <nav aria-label="Pages"><a class="open" href="graphiql">GraphiQL</a></nav>
    </header>
    <main>
      ${state.failure ? html`<p class="problems" role="alert">${state.failure}</p>` : ''}
      ${vendorSection()}
      <div class="columns">${lookUpForm(state.lookUp, lookUp, lookUpQuery)} ${callSection()}</div>
      ${groupList(state, { toggle, setFilter: (change) => update({ filter: { ...state.filter, ...change } }) })}
    </main>`;
}

function draw() {
  render(template(), document.getElementById('page'));
}

document.getElementById('page').replaceChildren();
hasGraphiql().then((served) => document.body.classList.toggle('without-graphiql', !served));
draw();
load();
setInterval(() => isPaused() || attempt(refresh()), REFRESH_INTERVAL);
subscribe([queries.tagChanges, queries.subjectChanges], changed, liveChanged);
