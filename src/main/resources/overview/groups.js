import { html } from './lit-html.js';
import { callItem, contactItem, isIncomplete, openLink, problems, swatch, VENDORS } from './parts.js';
import * as queries from './queries.js';

const DRIFT = { NAME: 'name', COLOR: 'color', DESCRIPTION: 'description', DUPLICATE: 'duplicate' };

const differsIn = (field) => (group) => group.drift.some((drift) => drift.field === field);
const missingFrom = (vendor) => (group) => group.missingFrom.includes(vendor);

const FILTERS = {
  all: ['All groups', () => true],
  drift: ['Any difference', (group) => group.drift.length > 0],
  color: ['Different colors', differsIn('COLOR')],
  name: ['Different names', differsIn('NAME')],
  description: ['Different descriptions', differsIn('DESCRIPTION')],
  duplicate: ['Duplicates', differsIn('DUPLICATE')],
  ...Object.fromEntries(
    Object.entries(VENDORS).map(([vendor, name]) => [vendor, [`Missing from ${name}`, missingFrom(vendor)]]),
  ),
};

const SORTS = {
  name: ['Name', () => () => 0],
  calls: ['Most calls', (counts) => descending((group) => counts.get(group.id)?.callCount?.count ?? -1)],
  contacts: ['Most contacts', (counts) => descending((group) => counts.get(group.id)?.contactCount?.count ?? -1)],
  drift: ['Most differences', () => descending((group) => group.drift.length + group.missingFrom.length)],
};

const descending = (value) => (one, other) => value(other) - value(one);

function shown({ groups, counts, filter }) {
  const text = filter.text.toLowerCase();
  return (groups.data.tagGroups?.nodes ?? [])
    .filter(FILTERS[filter.show][1])
    .filter(({ tags }) => tags.some(({ name }) => name.toLowerCase().includes(text)))
    .toSorted(SORTS[filter.sort][1](counts));
}

function options(choices, selected) {
  return Object.entries(choices).map(
    ([value, [label]]) => html`<option value=${value} ?selected=${value === selected}>${label}</option>`,
  );
}

function controls({ filter }, setFilter) {
  return html`<div class="controls">
    <label>Filter by name <input type="search" .value=${filter.text} @input=${(event) => setFilter({ text: event.target.value })} /></label>
    <label>Show <select @change=${(event) => setFilter({ show: event.target.value })}>${options(FILTERS, filter.show)}</select></label>
    <label>Sort by <select @change=${(event) => setFilter({ sort: event.target.value })}>${options(SORTS, filter.sort)}</select></label>
  </div>`;
}

const badges = ({ drift, missingFrom, unknownFor }) => html`
  ${drift.map(({ field }) => html`<span class="badge warn">${field === 'DUPLICATE' ? 'duplicate' : `${DRIFT[field]} differs`}</span>`)}
  ${missingFrom.map((vendor) => html`<span class="badge">not in ${VENDORS[vendor]}</span>`)}
  ${unknownFor.map((vendor) => html`<span class="badge bad">${VENDORS[vendor]} unknown</span>`)}
  ${drift.length || missingFrom.length || unknownFor.length ? '' : html`<span class="badge good">equal</span>`}`;

function number(use, counted, noun) {
  const lowerBound = use?.count ? `${use.count.toLocaleString('en')}+` : '?';
  const text = use ? (use.exact ? use.count.toLocaleString('en') : lowerBound) : counted ? '–' : '…';
  return html`<span class="number"><b>${text}</b> <span class="unit">${noun}</span></span>`;
}

const swatches = (group) => html`<span class="swatches">
  ${Object.keys(VENDORS).map((vendor) => {
    const tags = group.tags.filter((tag) => tag.vendor === vendor);
    return html`<span class="vendor-swatch">
      ${tags.length
        ? tags.map((tag) => html`${swatch(tag.color.hex)}<span class="visually-hidden">${VENDORS[vendor]}: ${tag.color.hex}</span>`)
        : html`<span class="none" aria-hidden="true"></span><span class="visually-hidden">${VENDORS[vendor]}: none</span>`}
    </span>`;
  })}
</span>`;

const tagItem = (tag) => html`<li>
  ${swatch(tag.color.hex)} <strong>${tag.name}</strong>
  <span class="muted">${VENDORS[tag.vendor]} · ${tag.color.raw ?? 'no color'} (${tag.color.name.toLowerCase()})${tag.description ? ` · ${tag.description}` : ''}</span>
</li>`;

function uses(answer) {
  const { data, errors } = answer;
  const list = (title, connection, item) => html`<div>
    <h4>${title}</h4>
    ${connection?.nodes.length
      ? html`<ul class="items">${connection.nodes.map(item)}</ul>`
      : html`<p class="muted">${isIncomplete(connection) ? 'Not known.' : 'None.'}</p>`}
  </div>`;
  return html`${problems(errors, [data.calls, data.contacts])}
    ${list('Recent calls', data.calls, callItem)} ${list('Contacts', data.contacts, contactItem)}`;
}

function details(group, answer) {
  const align = group.drift.some(({ field }) => field !== 'DUPLICATE');
  return html`<div class="details">
    <div>
      <h4>Tags</h4>
      <ul class="items">${group.tags.map(tagItem)}</ul>
      <p class="actions">
        ${align ? openLink(queries.alignGroup(group), 'Plan: make them equal', group.name) : ''}
        ${group.missingFrom.map((vendor) =>
          openLink(queries.createMissing(group, vendor), `Plan: create in ${VENDORS[vendor]}`, group.name),
        )}
        ${openLink(queries.group(group.slug), 'Open as query', group.name)}
      </p>
    </div>
    ${answer ? uses(answer) : html`<p class="loading">Loading…</p>`}
  </div>`;
}

function row(group, { counts, open }, toggle) {
  const isOpen = open.has(group.slug);
  const use = counts.get(group.id);
  return html`<li class=${isOpen ? 'group is-open' : 'group'}>
    <div class="line">
      <h3>
        <button type="button" aria-expanded=${isOpen} @click=${() => toggle(group.slug)}>${group.name}</button>
      </h3>
      ${swatches(group)}
      <span class="badges">${badges(group)}</span>
      ${number(use?.callCount, use, 'calls')} ${number(use?.contactCount, use, 'contacts')}
    </div>
    ${isOpen ? details(group, open.get(group.slug)) : ''}
  </li>`;
}

/** One row for each group of tags. */
export function groupList(state, { toggle, setFilter }) {
  const { groups } = state;
  const rows = groups ? shown(state) : [];
  const all = groups?.data.tagGroups?.nodes.length ?? 0;
  return html`<section id="groups" tabindex="-1" aria-labelledby="groups-title" class="card">
    <div class="head">
      <h2 id="groups-title">Tag groups</h2>
      <span class="muted" role="status">${groups ? `${rows.length} of ${all}` : ''}</span>
      ${openLink(queries.groups(), 'Open as query', 'tag groups')}
    </div>
    ${controls(state, setFilter)}
    ${groups ? problems(groups.errors, [groups.data.tagGroups]) : html`<p class="loading">Loading…</p>`}
    <div class="legend" aria-hidden="true">
      <span>Group</span><span>${Object.values(VENDORS).map((name) => html`<i>${name}</i>`)}</span><span>State</span>
      <span class="number">Calls, 30 days</span><span class="number">Contacts</span>
    </div>
    <ul class="groups" aria-label="Tag groups">${rows.map((group) => row(group, state, toggle))}</ul>
    ${groups && !rows.length ? html`<p class="muted">No group matches.</p>` : ''}
  </section>`;
}
