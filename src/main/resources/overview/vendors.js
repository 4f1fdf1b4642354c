import { html } from './lit-html.js';
import { age, problems, time } from './parts.js';

export const STATUS = { UP: 'Up', DEGRADED: 'Degraded', DOWN: 'Down', NOT_CONFIGURED: 'Not configured' };
const CIRCUIT = { CLOSED: 'closed', OPEN: 'open', HALF_OPEN: 'half open' };

function card(info) {
  const list = info.tagList;
  return html`<li class="card vendor">
    <h3>${info.displayName}</h3>
    <span class="status ${info.status.toLowerCase()}">${STATUS[info.status] ?? info.status}</span>
    <dl>
      <div><dt>Tags</dt><dd>${list ? list.count : '–'}</dd></div>
      <div>
        <dt>Age of the list</dt>
        <dd>${list ? age(list.fetchedAt) : '–'}${list?.stale ? html` <span class="badge warn">stale</span>` : ''}</dd>
      </div>
      <div><dt>Circuit</dt><dd>${CIRCUIT[info.circuit] ?? info.circuit}</dd></div>
      ${info.coolDownUntil ? html`<div><dt>Cooling down until</dt><dd>${time(info.coolDownUntil)}</dd></div>` : ''}
    </dl>
  </li>`;
}

/** How each vendor is doing. */
export function vendorCards({ data, errors }) {
  return html`${problems(errors)}
    <ul class="cards">${(data.vendors ?? []).map(card)}</ul>`;
}
