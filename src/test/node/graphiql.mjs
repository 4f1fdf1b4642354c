// Opens the GraphiQL page as a person would, and prints as JSON what was to be seen.
// Arguments: the gateway's URL, the browser's program, where to put a screenshot.
import { launch, watch } from './browser.mjs';

const [gateway, executablePath, screenshot] = process.argv.slice(2);
const API_KEY = 'not-to-be-stored';

const browser = await launch(executablePath);
const complaints = [];
const requests = new Set();

async function visit(context) {
  const page = await context.newPage();
  await watch(page, complaints, requests);
  page.on('requestfailed', (request) => complaints.push(`${request.url()} ${request.failure().errorText}`));
  await page.goto(gateway);
  await page.waitForSelector('.graphiql-query-editor .CodeMirror');
  return page;
}

const tabs = (page) => page.locator('.graphiql-tab-button').allInnerTexts();
const editorText = (page, editor) =>
  page
    .locator(`${editor} .CodeMirror`)
    .first()
    .evaluate((element) => element.CodeMirror.getValue());

async function execute(page) {
  const answered = page.waitForResponse(
    (response) => response.url().endsWith('/graphql') && !response.request().postData().includes('__schema'),
  );
  await page.getByRole('button', { name: /execute query/i }).click();
  const headers = (await answered).request().headers();
  await page.waitForFunction(() => document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue());
  return headers;
}

/** Everything that opens a dialog, a pop-up or a side pane, as these bring styles of their own. */
async function lookAround(page) {
  for (const dialog of [/open settings dialog/i, /open short keys dialog/i]) {
    await page.getByRole('button', { name: dialog }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.getByRole('button', { name: /show documentation explorer/i }).click();
  const documentation = await page.locator('.graphiql-doc-explorer-content').innerText();
  await page.getByRole('button', { name: /show history/i }).click();
  await page.locator('.graphiql-history').waitFor();
  await page.getByRole('button', { name: /show documentation explorer/i }).click();
  await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click();
  await page.locator('.graphiql-doc-explorer').getByText('vendors', { exact: true }).waitFor();
  await page.getByRole('button', { name: /prettify/i }).hover();
  await page.getByRole('tooltip').first().waitFor();
  return documentation;
}

async function typeHeader(page) {
  await page.getByRole('button', { name: 'Headers' }).click();
  await page.locator('.graphiql-editor-tool .CodeMirror:visible').click();
  await page.keyboard.type(`{"X-API-Key": "${API_KEY}"`);
}

async function edit(page) {
  await page.locator('.graphiql-query-editor .CodeMirror').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# mine\n{ ven');
  await page.locator('.CodeMirror-hints').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() =>
    Object.entries(localStorage).some(([key, value]) => key.endsWith(':tabState') && value.includes('# mine\\n{ ven')),
  );
}

/** Whether an event is shown within a second. */
function isShown(page) {
  return page
    .waitForFunction(
      () => document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue().includes('CREATED'),
      undefined,
      { timeout: 1000 },
    )
    .then(
      () => true,
      () => false,
    );
}

/** Subscribes, changes something, and answers what is shown of it. */
async function subscribe(page) {
  const subscription = 'subscription { tagChanged { kind tag { name } } }';
  await page
    .locator('.graphiql-query-editor .CodeMirror')
    .evaluate((element, text) => element.CodeMirror.setValue(text), subscription);
  // GraphiQL reads what is typed a moment later, and runs the operation that was there before until then
  await page.waitForFunction(
    (text) =>
      Object.entries(localStorage)
        .filter(([key]) => key.endsWith(':tabState'))
        .map(([, value]) => JSON.parse(value))
        .some(({ tabs, activeTabIndex }) => tabs[activeTabIndex].query === text),
    subscription,
  );
  const subscribed = page
    .waitForEvent('websocket')
    .then((socket) => socket.waitForEvent('framesent', ({ payload }) => payload.includes('"subscribe"')));
  await page.getByRole('button', { name: /execute query/i }).click();
  await subscribed;
  // The subscription may begin after the first changes, as nothing tells that it has begun
  for (let change = 1; !(await isShown(page)); change++) {
    if (change > 20) {
      throw new Error('No event of 20 changes is shown');
    }
    await page.evaluate(
      (name) =>
        fetch('graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            query: `mutation { createTag(input: {name: "${name}", vendors: [SIPSIM]}) { results { status } } }`,
          }),
        }),
      `Seen live ${change}`,
    );
  }
  return editorText(page, '.result-window');
}

const logged = (page) => page.locator('.events li').count();

/** Another client changes something. */
function createTag(name) {
  return fetch(new URL('graphql', gateway), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation { createTag(input: {name: "${name}", vendors: [SIPSIM]}) { results { status } } }`,
    }),
  });
}

/** What is logged of a subscription that is running, before and after a change of tabs. */
async function logEvents(page) {
  await page.getByRole('button', { name: 'Show Events' }).click();
  await page.locator('.events li').first().waitFor();
  const eventsOfOwnTab = await logged(page);
  await page.locator('.graphiql-tab-button').first().click();
  await createTag('Seen in another tab');
  await page.locator('.events li', { hasText: 'Seen in another tab' }).waitFor();
  const eventsOfOtherTab = await logged(page);
  await page.getByRole('button', { name: /^Stop / }).last().click();
  const stopped = await page.getByText('No subscription is running').innerText();
  return { eventsOfOwnTab, eventsOfOtherTab, stopped };
}

async function lookNarrow() {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await visit(context);
  await page.getByRole('button', { name: 'Hide Examples' }).click();
  await execute(page);
  await page.screenshot({ path: screenshot.replace('.png', '-390.png') });
  const box = (selector) => page.locator(selector).first().boundingBox();
  const [query, answer] = [await box('.graphiql-query-editor'), await box('.result-window')];
  const overflows = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  await context.close();
  return { overflows, queryWidth: query.width, answerWidth: answer.width, answerHeight: answer.height };
}

try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 860 } });
  const first = await visit(context);
  const seen = { url: first.url(), title: await first.title(), narrow: await lookNarrow() };
  await execute(first);
  seen.examples = await first.locator('.examples button').allInnerTexts();
  seen.result = await editorText(first, '.result-window');
  await first.locator('.examples button').nth(1).click();
  await first.locator('.graphiql-tab').nth(1).waitFor();
  await first.waitForFunction(() =>
    [...document.querySelectorAll('.graphiql-tab-button')].every(({ textContent }) => textContent !== '<untitled>'),
  );
  seen.tabs = await tabs(first);
  await first.mouse.move(700, 5);
  await first.screenshot({ path: screenshot });
  seen.documentation = await lookAround(first);
  await typeHeader(first);
  seen.requestHeaders = await execute(first);
  await edit(first);
  seen.apiKeyStored = await first.evaluate((key) => JSON.stringify(localStorage).includes(key), API_KEY);
  await first.close();
  const second = await visit(context);
  seen.tabsOfSecondVisit = await tabs(second);
  seen.queryOfSecondVisit = await editorText(second, '.graphiql-query-editor');
  seen.event = await subscribe(second);
  Object.assign(seen, await logEvents(second));
  console.log(JSON.stringify({ ...seen, complaints, requests: [...requests] }));
} finally {
  await browser.close();
}
