// What somebody must know at night: what failed, what waits, what is late or held; then what is being done.

import {get} from './api.js';
import {attributes, element, empty, link, section} from './elements.js';
import {fill, text} from './fill.js';
import {howToSend} from './howtosend.js';
import {keepUp} from './keepup.js';
import {on, once} from './stream.js';
import {factRow, lateRow, limitBar, limitWords, troubleNote} from './workspace.js';
import {batchRow, rows} from './changes.js';
import {alike, troubleRow} from './runs.js';
import {count, seconds} from './words.js';

const SHOWN = 12;
const LAST = 200; // runs among which failures are looked for
const LATE = 5; // the worst; the others are with the objectives
const NOT_WELL = 'failed,timed_out,rejected';

function tile(label, path, query, tone) {
  const number = element('output', 'number', '–');
  const hint = element('span', 'hint', '\u00a0');
  const node = attributes(link(path, query, element('span', 'label', label), number, hint), {class: 'tile ' + tone});
  return {
    node,
    set(value, words) {
      text(number, value.toLocaleString());
      text(hint, words);
      node.classList.toggle('alarm', value > 0);
    }
  };
}

function workspaceCard(one) {
  return element('li', 'card',
    element('div', 'head', element('span', '', attributes(link(['workspaces', one.account], {}, one.account), {class: 'name'}),
      element('span', 'quiet', ' at ' + one.host)),
    one.trouble ? element('span', 'bad', 'held back') : element('span', 'well', 'Mode answers')),
    ...limitBar(one.budget), element('div', 'hint', limitWords(one.budget)), troubleNote(one));
}

export function overview() {
  const tiles = {
    bad: tile('Failing', ['reports'], {outcome: NOT_WELL}, 'bad'),
    waiting: tile('Waiting', ['reports'], {state: 'waiting', order: 'age'}, 'care'),
    running: tile('Running', ['reports'], {state: 'running', order: 'age'}, ''),
    late: tile('Late', ['objectives'], {}, 'care'),
    settled: tile('Settled', ['reports'], {state: 'settled', order: 'age'}, '')
  };
  const done = attributes(element('ol', 'log rows'), {'aria-label': 'Changes, the newest first'});
  const nothingDone = howToSend('No change has been planned yet. Send one:');
  const trouble = attributes(element('ol', 'log rows'), {'aria-label': 'Failed and rejected'});
  const noTrouble = empty('None of the last ' + LAST + ' runs failed or was rejected. Each that does is here with its reason.');
  const known = attributes(element('ol', 'log rows'), {'aria-label': 'Late, held and learnt'});
  const noneKnown = empty('Nothing is held, no data source has been learnt to run its datasets first, and no report is late for an objective.');
  const moreLate = element('p', 'more');
  const workspaces = element('ul', 'cards');
  const page = element('div', 'view',
    attributes(element('h1', 'unseen', 'Overview'), {tabindex: -1}),
    element('ul', 'tiles', ...Object.values(tiles).map(one => element('li', '', one.node))),
    element('div', 'columns',
      element('div', '',
        section('Failed and rejected', element('div', 'card', trouble, noTrouble)),
        section('Late, held and learnt', element('div', 'card', known, noneKnown, moreLate)),
        section('Workspaces', workspaces)),
      section('Changes', element('div', 'card', done, nothingDone))));

  async function load() {
    const [failing, batches, ended] = await Promise.all([get(['reports'], {outcome: NOT_WELL, limit: 1}),
      get(['batches'], {limit: SHOWN}), get(['runs'], {limit: LAST}), once('status')]);
    return {failing: failing.count, batches, troubles: alike(ended.runs.filter(one => one.outcome !== 'succeeded'))};
  }

  const up = keepUp(page, load, ({failing, batches, troubles}) => {
    tiles.bad.set(failing, failing === 0 ? 'no report' : 'did not end well last');
    fill(done, rows(batches), one => one.account + '/' + one.batch, batchRow);
    nothingDone.hidden = batches.batches.length > 0;
    fill(trouble, troubles.slice(0, SHOWN), one => one.key, troubleRow);
    noTrouble.hidden = troubles.length > 0;
  });
  const stop = on('status', now => {
    const {waiting, posting, running, settled} = now.reports;
    tiles.waiting.set(waiting, now.oldest_waiting_seconds === undefined ? 'no report waits' : 'the oldest for ' + seconds(now.oldest_waiting_seconds));
    tiles.running.set(running + posting, posting ? posting + ' of them being posted' : 'reports in Mode');
    tiles.settled.set(settled, now.changes_in_hand ? count(now.changes_in_hand, 'change', 'changes') + ' to be planned' : 'nothing left to do');
    tiles.late.set(now.late.length, now.late.length ? 'for an objective' : 'no report is late');
    fill(workspaces, now.workspaces, one => one.account, workspaceCard);
    const worst = [...now.late].sort((one, other) => one.changed_at.localeCompare(other.changed_at)).slice(0, LATE);
    const all = [...worst.map(one => ({...one, isLate: true})), ...now.facts];
    fill(known, all, one => one.account + (one.what ?? one.objective) + (one.subject ?? one.report_token), one => one.isLate ? lateRow(one) : factRow(one));
    const more = now.late.length - worst.length;
    fill(moreLate, more > 0 ? [more] : [], () => 'more', number => link(['objectives'], {}, number + ' more are late'));
    moreLate.hidden = more <= 0;
    noneKnown.hidden = all.length > 0;
  });
  return {title: 'Overview', page, leave() { stop(); up.leave(); }};
}
