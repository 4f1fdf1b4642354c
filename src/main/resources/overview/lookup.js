import { html } from './lit-html.js';
import { callItem, chips, contactItem, isIncomplete, openLink, problems } from './parts.js';

/** The tags of all calls, each once, by name. */
function tagsOf(calls) {
  const tags = new Map(calls.flatMap((call) => call.tags ?? []).map((tag) => [tag.id, tag]));
  return [...tags.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}

function callList(title, connection) {
  const calls = connection.nodes;
  return html`<h3>${title}</h3>
    ${calls.length
      ? html`<p class="tags-on-calls"><span class="muted">Tags on calls:</span> ${chips(tagsOf(calls))}</p>
          <ul class="items" aria-label=${title}>${calls.map(callItem)}</ul>`
      : html`<p class="muted">${isIncomplete(connection) ? 'Not known.' : 'No calls in the last 90 days.'}</p>`}`;
}

function found({ data, errors }) {
  const contacts = data.contacts?.nodes ?? [];
  return html`${problems(errors, [data.contacts, data.calls])}
    <h3>As a contact</h3>
    ${contacts.length
      ? html`<ul class="items" aria-label="As a contact">${contacts.map(contactItem)}</ul>`
      : html`<p class="muted">${isIncomplete(data.contacts) ? 'Not known.' : 'No contact found.'}</p>`}
    ${data.calls ? callList('On calls of the last 90 days', data.calls) : ''}
    ${contacts
      .filter(({ calls }) => calls)
      .map(({ name, email, calls }) => callList(`Calls of ${name ?? email}, last 90 days`, calls))}`;
}

/** The box for a phone number or an e-mail address, and what was found. */
export function lookUpForm({ text, answer }, lookUp, query) {
  const submit = (event) => {
    event.preventDefault();
    lookUp(event.target.querySelector('input').value.trim());
  };
  return html`<section aria-labelledby="lookup-title" class="card">
    <div class="head">
      <h2 id="lookup-title">Find a caller or contact</h2>
      ${text ? openLink(query(text), 'Open as query', 'caller or contact') : ''}
    </div>
    <form class="lookup" @submit=${submit} role="search">
      <label for="lookup">Phone number in any notation, e-mail address or name</label>
      <div class="row">
        <input id="lookup" type="text" autocomplete="off" placeholder="+33 1 99 00 10 00" />
        <button>Find</button>
      </div>
    </form>
    ${answer === 'loading' ? html`<p class="loading">Loading…</p>` : ''}
    ${answer && answer !== 'loading'
      ? html`<div class="found" tabindex="0" role="region" aria-label="Found">${found(answer)}</div>`
      : ''}
  </section>`;
}
