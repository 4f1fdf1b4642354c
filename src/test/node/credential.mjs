// Opens the GraphiQL page of a gateway whose callers authenticate, and prints as JSON what was to be seen.
// Arguments: the gateway's URL, the browser's program, an API key, where to put a screenshot.
import { chromium } from 'playwright-core';

const [gateway, executablePath, key, screenshot] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
});

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
  await otherTab.goto(gateway);
  const missingInOverview = await status(otherTab, 'Send');
  await enter(otherTab, key);
  await otherTab.locator('.group').first().waitFor();
  const overview = await otherTab.locator('.group h3').allInnerTexts();
  console.log(JSON.stringify({ missing, unknown, result, stored, missingInOtherTab, missingInOverview, overview }));
} finally {
  await browser.close();
}
