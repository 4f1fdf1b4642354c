// Opens the GraphiQL page of a gateway whose callers authenticate, and prints as JSON what was to be seen.
// Arguments: the gateway's URL, the browser's program, an API key, where to put a screenshot.
import { launch } from './browser.mjs';

const [gateway, executablePath, key, screenshot] = process.argv.slice(2);
const browser = await launch(executablePath);

/** What the form says, once it says so. */
async function status(page, text) {
  const line = page.locator('#credential [role=status]');
  await line.filter({ hasText: text }).waitFor();
  return line.innerText();
}

async function enter(page, credential) {
  await page.getByLabel('API key or token').fill(credential);
  await page.getByRole('button', { name: 'Use in this tab' }).click();
}

/** What the overview says without a key, with a wrong one, and with one that may read tags only. */
async function overview(context) {
  const page = await context.newPage();
  const requests = [];
  page.on('request', (request) => request.method() === 'POST' && requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  await page.clock.install();
  await page.goto(gateway);
  const missing = await status(page, 'Send');
  await enter(page, 'wrong');
  const unknown = await status(page, 'unknown');
  await page.waitForLoadState('networkidle');
  requests.length = 0;
  await page.clock.fastForward(120000);
  const requestsWithoutAccess = [...requests];
  await enter(page, key);
  await page.locator('.problems', { hasText: 'calls.read' }).first().waitFor();
  const groups = await page.locator('.group h3').allInnerTexts();
  const problems = await page.locator('.problems').allInnerTexts();
  return { missing, unknown, requestsWithoutAccess, groups, problems, asks: await page.locator('#credential').isVisible() };
}

try {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${gateway}graphiql`);
  const missing = await status(page, 'Send');
  await page.screenshot({ path: screenshot });
  await enter(page, 'wrong');
  const unknown = await status(page, 'unknown');
  await enter(page, key);
  await page.locator('#credential').waitFor({ state: 'hidden' });
  await page.waitForSelector('.graphiql-query-editor .CodeMirror');
  const answered = page.waitForResponse(
    (response) => response.url().endsWith('/graphql') && !response.request().postData().includes('__schema'),
  );
  await page.getByRole('button', { name: /execute query/i }).click();
  const result = await (await answered).text();
  const stored = await page.evaluate((text) => JSON.stringify({ ...localStorage }).includes(text), key);
  const otherTab = await context.newPage();
  await otherTab.goto(`${gateway}graphiql`);
  const missingInOtherTab = await status(otherTab, 'Send');
  console.log(JSON.stringify({ missing, unknown, result, stored, missingInOtherTab, overview: await overview(context) }));
} finally {
  await browser.close();
}
