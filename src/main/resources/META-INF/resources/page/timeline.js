// When each report of a change waited and ran, on one scale.

import {attributes, element} from './elements.js';
import {seconds} from './words.js';

const LATE = 1000; // clocks of replicas and of Mode differ

/**
 * The scale of a change: from its plan to its end, or to now.
 *
 * @returns of, which says where on it a report waited and ran, in percent; and words, which say how long it is
 */
export function timelineScale({batch, reports, runs}, now) {
  const start = batch ? Date.parse(batch.planned_at) : NaN;
  const ends = firstRuns(runs, start, Date.parse(batch?.settled_at ?? now) + LATE);
  const ended = reports.map(one => ends.get(one.token)).filter(Boolean).map(run => Date.parse(run.at));
  const end = Math.max(start + 1000, ...ended, now === undefined ? start : Date.parse(now));
  const place = at => Math.min(100, Math.max(0, (at - start) / (end - start) * 100));

  function of(one) {
    const run = ends.get(one.token);
    if (run && (one.batch_outcome === undefined || run.outcome === one.batch_outcome)) {
      const to = Date.parse(run.at);
      return bars(place(to - run.took_seconds * 1000), place(to), run.outcome, (to - start) / 1000 - run.took_seconds, run.took_seconds);
    }
    if (!batch || one.batch_outcome !== undefined || now === undefined) return {};
    if (one.state === 'running') {
      const since = Date.parse(one.since);
      return bars(place(since), 100, 'running', (since - start) / 1000, (end - since) / 1000);
    }
    return bars(100, 100, one.state, (end - start) / 1000, 0);
  }

  const words = 'The line is ' + seconds((end - start) / 1000) + ' long: from the plan to ' + (now === undefined ? 'the last end.' : 'now.');
  return {of, words: batch ? words : ''};
}

/** Of each report or dataset the first run that was posted after the plan, as those for it are, and ended before it settled. */
function firstRuns(newestFirst, start, settled) {
  const posted = newestFirst.filter(run => Date.parse(run.at) - run.took_seconds * 1000 >= start && Date.parse(run.at) <= settled);
  return new Map(posted.map(run => [run.report_token ?? run.dataset_token, run]));
}

function bars(from, to, how, waited, ran) {
  const round = value => Math.round(value * 2) / 2;
  return {bar: {from: round(from), to: round(to), how, waited: Math.max(0, Math.round(waited)), ran: Math.round(ran * 10) / 10}};
}

/** Two bars: thin while it waited, thick while it ran. */
export function timelineRow({bar}) {
  if (!bar) return element('span', 'quiet', '–');
  const wait = element('span', 'wait');
  wait.style.width = bar.from + '%';
  const run = element('span', 'ran ' + bar.how);
  run.style.width = Math.max(0, bar.to - bar.from) + '%';
  const said = 'waited ' + seconds(bar.waited) + (bar.ran > 0 ? ', ran ' + seconds(bar.ran) : '');
  return attributes(element('div', 'timeline', wait, run), {role: 'img', 'aria-label': said, title: said});
}
