import { html, svg } from './lit-html.js';
import { graphiqlLink } from './api.js';

export const VENDORS = { SIPSIM: 'SIPSIM', SWIPEONE: 'Swipe One' };

/** A color as the vendor has it. It is drawn, as the page's policy forbids styles in attributes. */
export function swatch(hex) {
  return html`<svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
    ${svg`<rect x="0.5" y="0.5" width="15" height="15" rx="4" fill=${hex} />`}
  </svg>`;
}

export const tagChip = (tag) => html`<span class="chip">${swatch(tag.color.hex)}${tag.name}</span>`;

export const chips = (tags) =>
  tags === null
    ? html`<span class="muted">tags unknown</span>`
    : tags.length
      ? html`<span class="chips">${tags.map(tagChip)}</span>`
      : html`<span class="muted">no tags</span>`;

/** A link that opens an operation in GraphiQL. */
export const openLink = (operation, text, what) =>
  html`<a class="open" href=${graphiqlLink(operation)} target="_blank">
    ${text}<span class="visually-hidden">${what ? ` (${what})` : ''}, opens GraphiQL in a new tab</span>
  </a>`;

/** What a failed vendor costs, in words. */
export const problems = (errors, connections = []) => {
  const failed = connections
    .flatMap((connection) => connection?.sources ?? [])
    .filter(({ status }) => status === 'FAILED' || status === 'STALE')
    .map(({ vendor, status, error }) =>
      status === 'STALE' ? `${VENDORS[vendor]}: an older list` : error?.message ?? `${VENDORS[vendor]} failed`,
    );
  const messages = [...new Set(failed.length ? failed : errors.map(({ message }) => message))];
  return messages.length
    ? html`<ul class="problems">${messages.map((message) => html`<li>${message}</li>`)}</ul>`
    : '';
};

/** Whether a list lacks what a vendor has. */
export const isIncomplete = (connection) =>
  !connection || connection.sources?.some(({ status }) => status === 'FAILED') === true;

export function time(instant) {
  return new Date(instant).toLocaleString('en', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}

export function age(instant) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(instant)) / 1000));
  return seconds < 90 ? `${seconds} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function duration(seconds) {
  return seconds === null ? '' : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export const callItem = (call) => html`<li class="call">
  <span class="type">${call.type.toLowerCase()}</span>
  <span>${call.startedAt ? time(call.startedAt) : ''}</span>
  <span class="numbers">${call.callerNumber ?? 'unknown'} → ${call.receiverNumber ?? 'unknown'}</span>
  <span class="muted">${duration(call.durationSeconds)}</span>
  ${chips(call.tags)}
</li>`;

export const contactItem = (contact) => html`<li class="contact">
  <strong>${contact.name ?? contact.email ?? contact.id}</strong>
  <span class="muted">${[contact.email, contact.phone].filter(Boolean).join(' · ')}</span>
  ${chips(contact.tags)}
</li>`;
