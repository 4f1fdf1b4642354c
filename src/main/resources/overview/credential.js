/** The key of the credential in sessionStorage, which ends with the tab. */
const CREDENTIAL = 'tag-gateway:credential';

/** The header for the credential of this tab. A token has three parts, the first of which is JSON in Base64. */
export function credentialHeaders() {
  const credential = sessionStorage.getItem(CREDENTIAL);
  if (!credential) {
    return {};
  }
  return /^eyJ[^.]*\.[^.]*\.[^.]*$/.test(credential)
    ? { Authorization: `Bearer ${credential}` }
    : { 'X-API-Key': credential };
}

/** Asks for a credential, or says why that of this tab has no access. */
async function askForCredential(response) {
  const { errors } = await response.clone().json();
  const meaning = response.status === 401 ? 'Not authenticated (401)' : 'No access with this credential (403)';
  const form = document.getElementById('credential');
  form.querySelector('[role=status]').textContent = `${meaning}: ${errors?.[0]?.message ?? ''}`;
  form.hidden = false;
}

document.getElementById('credential').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(CREDENTIAL, event.target.querySelector('input').value.trim());
  location.reload();
});

/**
 * fetch with the credential of this tab, but for headers that are given. An answer without JSON (say, 401 with an empty
 * body) is shown by its status.
 */
export async function fetchJson(url, options) {
  const headers = new Headers(credentialHeaders());
  Object.entries(options.headers ?? {}).forEach(([name, value]) => headers.set(name, value));
  const response = await fetch(url, { ...options, headers });
  if (!(response.headers.get('content-type') ?? '').includes('json')) {
    throw new Error(`${response.status} ${response.statusText}`);
  }
  if (response.status === 401 || response.status === 403) {
    await askForCredential(response);
  }
  return response;
}
