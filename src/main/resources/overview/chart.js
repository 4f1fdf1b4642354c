import { html, svg } from './lit-html.js';

const DAYS = 30;
const DAY = 86_400_000;
const WIDTH = 720;
const HEIGHT = 120;
const BASE = 100;

/** How many tagged calls began on each of the last days, the oldest first. */
function byDay(calls) {
  const today = Math.floor(Date.now() / DAY);
  const days = Array.from({ length: DAYS }, (_, index) => ({ day: today - DAYS + 1 + index, count: 0 }));
  calls
    .filter(({ startedAt, tags }) => startedAt && tags?.length)
    .forEach(({ startedAt }) => {
      const day = days[Math.floor(Date.parse(startedAt) / DAY) - days[0].day];
      if (day) {
        day.count += 1;
      }
    });
  return days;
}

const date = (day) =>
  new Date(day * DAY).toLocaleDateString('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function bar({ day, count }, index, most) {
  const height = most === 0 ? 0 : (count / most) * (BASE - 8);
  const step = WIDTH / DAYS;
  return svg`<rect class="bar" x=${index * step + 3} y=${BASE - height} width=${step - 6} height=${height} rx="3">
      <title>${date(day)}: ${count}</title>
    </rect>
    ${index % 7 === 3 ? svg`<text x=${index * step + step / 2} y="116" text-anchor="middle">${date(day)}</text>` : ''}`;
}

/** Tagged calls by day as bars, and the same as a table. */
export function chart(connection) {
  const days = byDay(connection.nodes);
  const most = Math.max(...days.map(({ count }) => count));
  const sum = days.reduce((all, { count }) => all + count, 0);
  const more = connection.pageInfo.hasNextPage ? ' of the newest 1,000 calls' : '';
  return html`<p class="figure"><strong>${sum}</strong> tagged calls${more}, at most ${most} a day</p>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${sum} tagged calls in 30 days, at most ${most} a day">
      <line x1="0" x2=${WIDTH} y1=${BASE} y2=${BASE} />
      ${days.map((day, index) => bar(day, index, most))}
    </svg>
    <details>
      <summary>As a table</summary>
      <div class="scrolls" tabindex="0" role="region" aria-label="Tagged calls by day">
        <table>
          <thead>
            <tr><th scope="col">Day (UTC)</th><th scope="col">Tagged calls</th></tr>
          </thead>
          <tbody>
            ${days.map(({ day, count }) => html`<tr><td>${date(day)}</td><td>${count}</td></tr>`)}
          </tbody>
        </table>
      </div>
    </details>`;
}
