// Uses the overview as a person would who has a keyboard only, and prints as JSON what was to be seen.
// Arguments: the gateway's URL, the browser's program, axe-core's script, the beginning of the screenshots' names.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [gateway, executablePath, axe, screenshots] = process.argv.slice(2);
const NUMBER = '+33 1 99 00 10 00';

const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
});
const complaints = [];
const requests = new Set();
const bodies = [];

async function visit(options) {
  const page = await (await browser.newContext(options)).newPage();
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) &&
    // By axe
    !message.text().startsWith('Canvas2D') &&
    complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    requests.add(request.url());
    bodies.push(request.postData() ?? '');
  });
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (violation) =>
      console.error(`CSP: ${violation.violatedDirective} ${violation.blockedURI} ${violation.sourceFile}`),
    ),
  );
  await page.goto(gateway);
  await counted(page);
  return page;
}

/** Until the rows have their counts. */
const counted = (page) =>
  page.waitForFunction(() => {
    const numbers = [...document.querySelectorAll('.group .number b')].map(({ textContent }) => textContent);
    return numbers.length > 0 && !numbers.includes('…') && document.querySelector('.live.on') && document.querySelector('.bar');
  });

/** Presses Tab until what is focused has a name. */
async function tabTo(page, name) {
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return (element.labels?.[0] ?? element).textContent.trim();
    });
    if (focused.startsWith(name)) {
      return;
    }
  }
  throw new Error(`Nothing named ${name} is reached by Tab`);
}

const groups = (page) => page.locator('.group h3').allInnerTexts();

/** What axe finds. It is evaluated by the debugger, as the page's policy allows no other script. */
async function violations(page) {
  await page.evaluate(readFileSync(axe, 'utf8'));
  const result = await page.evaluate(() => globalThis.axe.run());
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(' ')}`);
}

const overflows = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

async function find(page, text) {
  await tabTo(page, 'Phone number');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await page.locator('.found').waitFor();
}

async function askByKeyboard(page) {
  await find(page, NUMBER);
  const contact = await page.getByRole('list', { name: 'As a contact' }).innerText();
  const callTags = await page.locator('.tags-on-calls .chip').allInnerTexts();
  await tabTo(page, 'Show');
  await page.keyboard.type('Different c');
  await page.waitForFunction(() => document.querySelectorAll('.group').length < 10);
  const colorDrift = await groups(page);
  await tabTo(page, colorDrift[0]);
  await page.keyboard.press('Enter');
  await page.locator('.details .call').first().waitFor();
  await page.locator('.details .contact').first().waitFor();
  return { contact, callTags, colorDrift };
}

/** Opens the plan of the open row in GraphiQL, and executes it. */
async function openPlan(page) {
  const opened = page.context().waitForEvent('page');
  await tabTo(page, 'Plan: make them equal');
  await page.keyboard.press('Enter');
  const graphiql = await opened;
  await graphiql.waitForSelector('.graphiql-query-editor .CodeMirror');
  await graphiql.getByRole('button', { name: /execute query/i }).click();
  await graphiql.waitForFunction(() =>
    document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue().includes('PLANNED'),
  );
  await graphiql.close();
}

/** Another client creates a tag, which is seen without reading the page again. */
async function seeChange(page) {
  const response = await fetch(new URL('graphql', gateway), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation { createTag(input: {name: "Seen in the overview", vendors: [SIPSIM]}) { results { status } } }',
    }),
  });
  await response.json();
  await page.getByRole('button', { name: 'Seen in the overview' }).waitFor();
}

try {
  const seen = { violations: [], overflows: [] };
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1440, 390]) {
      const page = await visit({ viewport: { width, height: 900 }, colorScheme });
      await page.screenshot({ path: `${screenshots}-${colorScheme}-${width}.png` });
      const answers = await askByKeyboard(page);
      seen.answers = seen.answers ?? answers;
      await page.screenshot({ path: `${screenshots}-open-${colorScheme}-${width}.png`, fullPage: true });
      seen.violations.push(...(await violations(page)));
      seen.overflows.push(await overflows(page));
      if (colorScheme === 'light' && width === 1440) {
        await openPlan(page);
        seen.bodies = [...bodies];
        await tabTo(page, 'Show').catch(() => {});
        await page.getByLabel('Show').selectOption('all');
        await seeChange(page);
      }
      await page.context().close();
    }
  }
  console.log(JSON.stringify({ ...seen, complaints, requests: [...requests] }));
} finally {
  await browser.close();
}
