// The last day at a glance: of each data source and Collection that changed, when, and how its refreshes ended.

import {get} from './api.js';
import {attributes, cell, element, empty, link, table, tokenBeside} from './elements.js';
import {fill} from './fill.js';
import {keepUp} from './keepup.js';
import {count, thing, words} from './words.js';

const HOUR = 3600000;
const STEP = 3 * HOUR;
const STEPS = 8;
const MOST = 500;

/** How the changes of a target stand together is how the worst of them does. */
const WORST_FIRST = ['failed', 'refused', 'partly', 'open', 'succeeded', 'nothing_to_do'];
const SIGNS = {failed: ['✗', 'bad'], refused: ['✗', 'bad'], partly: ['!', 'care'], open: ['…', 'accent'], succeeded: ['✓', 'well'], nothing_to_do: ['–', 'quiet']};

function how(batch) {
  return batch.outcome ?? batch.state;
}

/** Beginnings of the steps, the last of which holds the present. */
function steps(now) {
  const end = Math.ceil(now / HOUR) * HOUR;
  return Array.from({length: STEPS}, (_, step) => end - (STEPS - step) * STEP);
}

/** Targets with their changes by step; those that changed last first, as the batches come. */
function byTarget(batches, begins) {
  const rows = new Map();
  for (const batch of batches.filter(one => one.target !== undefined)) {
    const step = Math.floor((Date.parse(batch.planned_at) - begins[0]) / STEP);
    if (step < 0) continue;
    const key = batch.account + ' ' + batch.target;
    if (!rows.has(key)) rows.set(key, {key, account: batch.account, target: batch.target, name: batch.target_name, steps: begins.map(() => [])});
    rows.get(key).steps[Math.min(step, STEPS - 1)].push({batch: batch.batch, how: how(batch), changes: batch.changes_count});
  }
  return [...rows.values()];
}

function sign(account, batches) {
  if (batches.length === 0) return element('span', 'unseen', 'no change');
  const worst = [...batches].sort((one, other) => WORST_FIRST.indexOf(one.how) - WORST_FIRST.indexOf(other.how))[0];
  const changes = batches.reduce((sum, one) => sum + one.changes, 0);
  const [shown, tone] = SIGNS[worst.how];
  const said = count(changes, 'change', 'changes') + ': ' + words(worst.how);
  return attributes(link(['changes', account], {batch: worst.batch}, attributes(element('span', tone, shown), {'aria-hidden': 'true'}),
    element('span', 'unseen', said)), {title: said});
}

function row(one) {
  return element('tr', '', attributes(element('th', one.name ? '' : 'token', thing(one.target, one.name),
    tokenBeside(one.target, one.name), element('div', 'quiet', one.account)), {scope: 'row'}),
    ...one.steps.map(batches => cell('sign', sign(one.account, batches))));
}

function hour(begin) {
  return new Date(begin).toLocaleTimeString(undefined, {hour: '2-digit', hourCycle: 'h23'});
}

export function lastDay({query}) {
  const place = element('div');
  const nothing = empty('Nothing has changed in the last day.');
  nothing.hidden = true; // as long as that isn't known
  const more = element('p', 'quiet small');
  const page = element('div', 'view', attributes(element('h1', '', 'The last day'), {tabindex: -1}),
    element('p', 'quiet', 'By data source and Collection: how the refreshes of their changes ended, in steps of three hours. ✓ all went well, ! some did not, ✗ none did, … under way, – nothing to run.'),
    element('div', 'card', place, nothing), more);
  let begins = [];
  let body = null;

  /** A new table when the hour has passed. */
  function head(now) {
    if (begins[0] === steps(now)[0]) return;
    begins = steps(now);
    const made = table('Changes of the last day', [['Changed', ''], ...begins.map(begin => [hour(begin), 'sign'])]);
    body = made.body;
    place.replaceChildren(made.node);
  }

  const up = keepUp(page, () => get(['batches'], {account: query.get('account') ?? '', limit: MOST}), ({batches}) => {
    head(Date.now());
    const rows = byTarget(batches, begins);
    fill(body, rows, one => one.key, row);
    place.hidden = rows.length === 0;
    nothing.hidden = rows.length > 0;
    more.textContent = batches.length < MOST ? '' : 'These are the last ' + MOST + ' plans; there may be more in this day.';
  });
  return {title: 'The last day', page, leave: up.leave};
}
