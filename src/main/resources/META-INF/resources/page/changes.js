// The changes that were planned last, by the batches in which they were planned together, and how far each is.

import {get} from './api.js';
import {attributes, badge, changeId, element, link, section, time} from './elements.js';
import {field, values} from './dialog.js';
import {fill} from './fill.js';
import {howToSend} from './howtosend.js';
import {keepUp} from './keepup.js';
import {go} from './router.js';
import {about, count, thing, timeLeft, words} from './words.js';

const SHOWN = 50;
const ENDS = ['succeeded', 'failed', 'timed_out', 'cancelled', 'rejected'];

function done(runs) {
  return ENDS.reduce((sum, end) => sum + runs[end], 0);
}

/** How its runs ended, as a bar; what is open yet is the rest of it. */
export function bar(runs) {
  const open = runs.open ?? 0;
  const all = done(runs) + open;
  const parts = ENDS.filter(end => runs[end] > 0).map(end => {
    const part = element('span', 'part ' + end);
    part.style.flexGrow = runs[end];
    return part;
  });
  const rest = element('span', 'part open');
  rest.style.flexGrow = open;
  const said = ENDS.filter(end => runs[end] > 0).map(end => runs[end] + ' ' + words(end)).concat(open ? [open + ' open'] : []);
  return attributes(element('div', 'bar', ...parts, open > 0 && rest), {role: 'img', 'aria-label': all ? said.join(', ') : 'nothing to run'});
}

/** "3 of 8 done, about 40 s left", or how it ended. */
export function progress(batch, now) {
  const {runs} = batch;
  const ended = done(runs);
  const bad = ended - runs.succeeded;
  const trouble = bad > 0 && element('span', 'bad', ' · ' + bad + ' not well');
  if (batch.state !== 'settled') {
    const left = timeLeft(ended, runs.open, batch.planned_at, now);
    return element('span', '', ended + ' of ' + (ended + runs.open) + ' done', left === undefined ? '' : ', ' + about(left) + ' left', trouble);
  }
  return element('span', '', ended === 0 ? 'nothing to run' : count(ended, 'run', 'runs'), trouble,
    runs.left_out > 0 && element('span', 'quiet', ' · ' + runs.left_out + ' left out'));
}

function causeOf(batch) {
  const first = batch.changes?.[0];
  if (!first) return element('span', 'quiet', count(batch.changes_count, 'change', 'changes'));
  const more = batch.changes_count - 1;
  return element('span', 'quiet', first.source + ' ', changeId(first.id), first.reason ? ' · ' + first.reason : '',
    more > 0 ? ' and ' + count(more, 'other change', 'other changes') : '');
}

/** @param one a batch, with the time of the answer while it is open */
export function batchRow(one) {
  return element('li', '',
    time(one.planned_at),
    element('div', 'text',
      element('div', 'steps', link(['changes', one.account], {batch: one.batch}, thing(one.target, one.target_name) ?? 'batch ' + one.batch),
        element('span', 'quiet', one.account), badge(one.outcome ?? one.state)),
      bar(one.runs),
      element('div', 'steps small', progress(one, one.now), causeOf(one))));
}

/** What is settled doesn't change with the time. */
export function rows(found) {
  const now = new Date().toISOString();
  return found.batches.map(one => one.state === 'settled' ? one : {...one, now});
}

function lookUp() {
  const form = element('form', 'search',
    field({name: 'account', label: 'Workspace', required: true, maxLength: 100}),
    field({name: 'source', label: 'Source', required: true, maxLength: 512, placeholder: '/etl/nightly'}),
    field({name: 'id', label: 'Id', required: true, maxLength: 512}),
    attributes(element('button', '', 'Find the change'), {type: 'submit'}));
  form.addEventListener('submit', event => {
    event.preventDefault();
    const {account, ...change} = values(form);
    go(['changes', account], change);
  });
  return form;
}

export function changes({query}) {
  const list = attributes(element('ol', 'log rows'), {'aria-label': 'Changes, the newest first'});
  const nothing = howToSend('No change has been planned yet. Send one:');
  const page = element('div', 'view', attributes(element('h1', '', 'Changes'), {tabindex: -1}),
    section('What became of a change', lookUp()),
    section('Planned last', element('p', 'pages', link(['last-day'], {}, 'The last day, by data source')), element('div', 'card', list, nothing)));
  const asked = {account: query.get('account') ?? '', state: query.get('state') ?? '', limit: SHOWN};
  const up = keepUp(page, () => get(['batches'], asked), found => {
    fill(list, rows(found), one => one.account + '/' + one.batch, batchRow);
    nothing.hidden = found.batches.length > 0;
  });
  return {title: 'Changes', page, leave: up.leave};
}
