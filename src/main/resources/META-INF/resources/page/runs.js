// Rows for how runs ended.

import {badge, cell, element, outside, reportLink, time, token} from './elements.js';
import {error, seconds, words} from './words.js';

export const RUN_COLUMNS = [['Ended', ''], ['Report', ''], ['Outcome', ''], ['Took', 'figure'], ['Freshness', 'wide figure'], ['Run', 'wide']];

export function outcome(one) {
  return one.what === 'rejected' ? element('span', 'bad', 'rejected: ' + words(one.reason)) : badge(one.outcome);
}

export function keyOfEnd(one) {
  return one.what + (one.run_token ?? (one.report_token ?? one.dataset_token) + ' ' + one.at);
}

/** Each report once for each way in which it did not end well, with how often; the newest first. */
export function alike(troubles) {
  const groups = new Map();
  for (const one of troubles) {
    const key = [one.account, one.report_token ?? one.dataset_token, one.outcome, one.reason, one.error_code].join('/');
    const group = groups.get(key);
    groups.set(key, {...group ?? one, key, times: (group?.times ?? 0) + 1, first: one.at});
  }
  return [...groups.values()];
}

export function troubleRow(one) {
  const said = error(one) || (one.took_seconds === undefined ? '' : 'after ' + seconds(one.took_seconds));
  return element('li', '', time(one.at), element('div', 'text',
    element('div', 'steps', reportLink(one), outcome(one), one.times > 1 && element('span', 'quiet', one.times + ' times since ', time(one.first))),
    element('div', 'detail', said, said && one.run_token && ' · ', one.run_token && outside(one.web_url, 'run ', token(one.run_token)))));
}

export function runRow(one) {
  return element('tr', '',
    cell('', time(one.at)),
    cell('', reportLink(one)),
    cell('', outcome(one), element('div', 'why', one.outcome === 'succeeded' ? '' : error(one))),
    cell('figure', one.took_seconds === undefined ? '–' : seconds(one.took_seconds)),
    cell('wide figure', one.freshness_seconds === undefined ? '–' : seconds(one.freshness_seconds)),
    cell('wide', one.run_token === undefined ? '–' : outside(one.web_url, token(one.run_token))));
}
