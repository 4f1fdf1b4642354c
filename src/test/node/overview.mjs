// Uses the overview as a person would who has a keyboard only, and prints as JSON what was to be seen.
// Arguments: the gateway's URL, the browser's program, axe-core's script, the beginning of the screenshots' names.
import { execute, launch, overflows, violations, watch } from './browser.mjs';

const [gateway, executablePath, axe, screenshots] = process.argv.slice(2);
const NUMBER = '+33 1 99 00 10 00';

const browser = await launch(executablePath);
const complaints = [];
const requests = new Set();
const bodies = [];

async function visit(options) {
  const page = await (await browser.newContext(options)).newPage();
  await watch(page, complaints, requests);
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
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
  await execute(gateway, 'mutation { createTag(input: {name: "Seen in the overview", vendors: [SIPSIM]}) { results { status } } }');
  await page.getByRole('button', { name: 'Seen in the overview' }).waitFor();
}

try {
  const seen = { violations: [], overflows: [] };
  for (const width of [1440, 390]) {
    const page = await visit({ viewport: { width, height: 900 }, colorScheme: 'light' });
    const answers = await askByKeyboard(page);
    seen.answers = seen.answers ?? answers;
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${screenshots}-${colorScheme}-${width}.png` });
      seen.violations.push(...(await violations(page, axe)));
      seen.overflows.push(await overflows(page));
    }
    if (width === 1440) {
      await openPlan(page);
      seen.bodies = [...bodies];
      await tabTo(page, 'Show').catch(() => {});
      await page.getByLabel('Show').selectOption('all');
      await seeChange(page);
    }
    await page.context().close();
  }
  console.log(JSON.stringify({ ...seen, complaints, requests: [...requests] }));
} finally {
  await browser.close();
}
