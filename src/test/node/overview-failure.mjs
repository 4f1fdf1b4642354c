// Looks at the overview through a proxy with a path prefix while a vendor or the proxy fails, and prints as JSON what
// was to be seen. Arguments: the gateway's URL, the browser's program, axe-core's script, the root of the simulated
// SIPSIM, the beginning of the screenshots' names.
import http from 'node:http';
import net from 'node:net';
import { execute, launch, overflows, violations, watch } from './browser.mjs';

const [gateway, executablePath, axe, sipsim, screenshots] = process.argv.slice(2);
const PREFIX = '/behind/a/proxy/';
const REFRESH = 15000;

const fail = () => fetch(`${sipsim}/sandbox/fault`, { method: 'PUT', body: JSON.stringify({ kind: 'status', status: 500 }) });
const removeFaults = () => fetch(`${sipsim}/sandbox/fault`, { method: 'DELETE' });

/** A proxy that replaces a prefix of paths by the gateway's path, and passes everything else as it is. */
function startProxy() {
  const { hostname, port, pathname } = new URL(gateway);
  const behind = (path) => path.replace(PREFIX, pathname);
  const sockets = new Set();
  const proxy = http.createServer(({ method, url, headers }, response) => {
    response.req.pipe(
      http
        .request({ hostname, port, method, path: behind(url), headers })
        .on('response', (answer) => answer.pipe(response.writeHead(answer.statusCode, answer.headers)))
        .on('error', () => response.destroy()),
    );
  });
  proxy.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  proxy.on('upgrade', ({ method, url, rawHeaders }, socket) => {
    const upstream = net.connect(port, hostname).on('error', () => {});
    sockets.add(upstream);
    const lines = rawHeaders.map((text, index) => text + (index % 2 ? '\r\n' : ': '));
    upstream.write(`${method} ${behind(url)} HTTP/1.1\r\n${lines.join('')}\r\n`);
    socket.pipe(upstream).pipe(socket);
  });
  return {
    listen: (at) => new Promise((listening) => proxy.listen(at, '127.0.0.1', () => listening(proxy.address().port))),
    stop: () => {
      proxy.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}

/** Lets the time of the page pass until something is seen. */
async function later(page, wanted, state = 'visible') {
  for (let interval = 0; interval < 30; interval++) {
    await page.clock.fastForward(REFRESH);
    const seen = await wanted.waitFor({ state, timeout: 1000 }).then(() => true, () => false);
    if (seen) {
      return;
    }
  }
  await wanted.waitFor({ state, timeout: 1 });
}

const text = (page, selector) => page.locator(selector).allInnerTexts();

const browser = await launch(executablePath);
const proxy = startProxy();
const requests = new Set();
try {
  const port = await proxy.listen(0);
  const url = `http://127.0.0.1:${port}${PREFIX}`;
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await watch(page, [], requests);
  await page.clock.install();
  const vip = page.locator('.group', { has: page.getByRole('button', { name: 'VIP' }) });
  const counted = (calls) => vip.filter({ hasText: calls });

  await fail();
  await page.goto(url);
  await counted(/\?\s*calls/).waitFor();
  await page.getByLabel('Phone number').fill('+33 1 99 00 10 00');
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'As a contact' }).waitFor();
  const failed = {
    vendors: await text(page, '.vendor .status'),
    problems: await text(page, '.problems'),
    group: await vip.innerText(),
    found: await page.locator('.found').innerText(),
    violations: await violations(page, axe),
  };
  await page.screenshot({ path: `${screenshots}-failed-1440.png`, fullPage: true });
  await page.setViewportSize({ width: 390, height: 900 });
  failed.overflows = await overflows(page);
  await page.screenshot({ path: `${screenshots}-failed-390.png`, fullPage: true });

  await removeFaults();
  await later(page, counted(/\d\s*calls/));
  await page.locator('.tags-on-calls .chip').first().waitFor();
  await page.locator('.problems').first().waitFor({ state: 'hidden' });
  const recovered = { vendors: await text(page, '.vendor .status'), group: await vip.innerText() };

  await fail();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await later(page, page.locator('.vendor').filter({ hasText: 'SIPSIM' }).getByText('stale'));
  const stale = { vendors: await text(page, '.vendor .status'), group: await vip.innerText() };
  await removeFaults();
  await later(page, page.locator('.problems'), 'hidden');

  proxy.stop();
  await page.getByText('Not live').waitFor();
  await later(page, page.getByRole('alert'));
  await execute(gateway, 'mutation { createTag(input: {name: "Made unseen", vendors: [SIPSIM]}) { results { status } } }');
  await proxy.listen(port);
  await later(page, page.getByRole('button', { name: 'Made unseen' }));
  await later(page, page.getByRole('alert'), 'hidden');
  await later(page, page.getByText('Live', { exact: true }));
  const live = await page.locator('.live').innerText();
  console.log(JSON.stringify({ url, failed, recovered, stale, live, requests: [...requests] }));
} finally {
  proxy.stop();
  await browser.close();
}
