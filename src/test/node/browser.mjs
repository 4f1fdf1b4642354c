// What the scripts that use a browser share.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (executablePath) => chromium.launch({ executablePath, args: ARGUMENTS });

/** Collects what a page complains of, and the URLs of its requests. */
export async function watch(page, complaints, requests) {
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) &&
    // By axe
    !message.text().startsWith('Canvas2D') &&
    complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => requests.add(request.url()));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (violation) =>
      console.error(`CSP: ${violation.violatedDirective} ${violation.blockedURI} ${violation.sourceFile}`),
    ),
  );
}

/** What axe finds. It is evaluated by the debugger, as the page's policy allows no other script. */
export async function violations(page, axe) {
  await page.evaluate(readFileSync(axe, 'utf8'));
  const result = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(' ')}`);
}

export const overflows = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

/** The data of an operation that another client sends. */
export async function execute(gateway, query) {
  const response = await fetch(new URL('graphql', gateway), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()).data;
}
