// Who used a workspace's request limit in the last minutes, and who waits for it: as its owner says.

import {badge, element, facts, svg} from './elements.js';
import {about, clock, NARROW} from './words.js';

const LANES = ['post', 'ask', 'resolve', 'backfill'];
const MEANING = {post: 'post runs', ask: 'ask after runs', resolve: 'find reports', backfill: 'post backfills'};
const SPAN = 10; // seconds
const SPANS = 90; // the last 15 minutes
const WIDTH = 10;
const HEIGHT = 100;

/** What all lanes used in each ten seconds, stacked; the line is the limit. */
function chart({calls, at, limit, period_seconds: period}) {
  const now = Date.parse(at);
  const most = limit / period * SPAN;
  const top = Math.max(most, ...calls.map(sum)) * 1.08;
  const height = number => number / top * HEIGHT;
  const bars = calls.flatMap(call => stack(call, SPANS - (now - Date.parse(call.from)) / 1000 / SPAN, height));
  const line = svg('line', {class: 'limit-line', x1: 0, x2: SPANS * WIDTH, y1: HEIGHT - height(most), y2: HEIGHT - height(most)});
  return svg('svg', {class: 'chart', viewBox: '0 0 ' + SPANS * WIDTH + ' ' + HEIGHT, preserveAspectRatio: 'none', role: 'img', 'aria-label': said(calls)},
    ...bars, line);
}

function sum(call) {
  return LANES.reduce((all, lane) => all + call[lane], 0);
}

function stack(call, place, height) {
  let y = HEIGHT;
  const parts = LANES.filter(lane => call[lane] > 0).map(lane => {
    const high = height(call[lane]);
    y -= high;
    return svg('rect', {class: 'lane-' + lane, x: place * WIDTH, y, width: WIDTH - 1.5, height: high});
  });
  return call.throttled > 0 ? [...parts, svg('rect', {class: 'lane-throttled', x: place * WIDTH, y: 0, width: WIDTH - 1.5, height: 4})] : parts;
}

function said(calls) {
  const all = lane => calls.reduce((total, call) => total + call[lane], 0);
  return 'Calls to Mode in the last 15 minutes: ' + LANES.map(lane => all(lane) + ' to ' + MEANING[lane]).join(', ')
    + '; throttled ' + all('throttled');
}

function legend({calls, waiting}) {
  const all = lane => calls.reduce((total, call) => total + call[lane], 0);
  const throttled = all('throttled');
  return element('ul', 'lanes',
    ...LANES.map(lane => element('li', '', element('span', 'swatch lane-' + lane), MEANING[lane] + ' ',
      element('b', '', all(lane).toLocaleString()), waiting[lane] > 0 && element('span', 'care', ' · ' + waiting[lane] + ' wait'))),
    element('li', throttled ? 'bad' : 'quiet', throttled ? throttled + ' answered 429: somebody else uses the key, too' : 'none answered 429'));
}

/** @param waiting reports that wait to be posted; each takes one POST at least */
function forecast(waiting, one) {
  if (!waiting) return 'no report waits';
  const left = waiting / Math.max(1, one.limit) * one.period_seconds;
  return about(left) + ' at the soonest, by ' + clock(Date.parse(one.at) + left * 1000);
}

export function limitCard({limit: one, waiting}) {
  const learned = one.limit < one.requests ? ', of which ' + one.limit + ' are used: others use the key' : '';
  return element('div', 'inset',
    facts([
      ['Mode allows', one.requests + ' in ' + one.period_seconds + NARROW + 's' + learned],
      ['Free now', String(one.free)],
      ['All is posted in', forecast(waiting, one)],
      ['Calls', one.trouble ? element('span', 'bad', 'paused: ' + one.trouble) : one.paused ? element('span', 'care', 'paused') : element('span', 'well', 'go')],
      ['Circuit', badge(one.circuit)],
      ['Owner', one.replica]
    ]),
    chart(one), element('p', 'axis', element('span', '', '15 min ago'), element('span', '', 'dashed: the limit in ten seconds'), element('span', '', 'now')), legend(one));
}
