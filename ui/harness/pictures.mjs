// Takes a picture of each fixture, light and dark, at three sizes, into target/ui-pictures; tells which of them scroll and
// what axe finds, with forced colours too. Arguments narrow it to names that begin like them.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import { createServer } from 'vite';

const root = resolve(import.meta.dirname, '../..');
const { chromium } = createRequire(resolve(root, 'tests/fixtures/package.json'))('playwright-core');
const folder = resolve(root, 'target/ui-pictures');
const axe = resolve(root, 'ui/node_modules/axe-core/axe.min.js');
const sizes = [[960, 680], [720, 560], [480, 340]];
const wanted = process.argv.slice(2);

mkdirSync(folder, { recursive: true });
const server = await createServer({
  root: resolve(root, 'ui'),
  configFile: resolve(root, 'ui/vite.config.ts'),
  server: { port: 0, host: '127.0.0.1', fs: { allow: [root] }, hmr: false, watch: null },
  logLevel: 'error',
});
await server.listen();
const address = `${server.resolvedUrls.local[0]}harness/index.html`;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const colorScheme of ['light', 'dark']) {
  const page = await browser.newPage({ colorScheme, reducedMotion: 'reduce' });
  page.on('pageerror', (error) => console.log('error', page.url(), error.message));
  page.on('console', (line) => line.type() === 'error' && console.log('console', page.url(), line.text()));
  await page.goto(address);
  const names = (await page.waitForFunction(() => window.pages)).jsonValue();
  for (const name of (await names).filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)))) {
    await page.goto(`${address}?${name}`);
    await page.waitForSelector('h1');
    await page.evaluate(() => document.fonts.ready);
    await page.addScriptTag({ path: axe });
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      const over = await page.evaluate(() => {
        const main = document.querySelector('main');
        return { down: main.scrollHeight - main.clientHeight, across: document.documentElement.scrollWidth - innerWidth };
      });
      if (colorScheme === 'light') console.log(name, `${width}x${height}`, `down ${over.down}`, over.across > 0 ? `ACROSS ${over.across}` : '');
      for (const forcedColors of ['active', 'none']) {
        await page.emulateMedia({ forcedColors });
        const { violations } = await page.evaluate(() => window.axe.run());
        for (const { id, nodes } of violations) console.log('AXE', name, width, colorScheme, forcedColors, id, nodes[0].html.slice(0, 160));
      }
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: width < 640 });
    }
  }
  await page.close();
}
await browser.close();
await server.close();
