// How fresh reports are against the objectives that are set for them: what isn't shown yet, by when it is due.

import {get} from './api.js';
import {attributes, cell, changeId, element, empty, link, reportLink, section, table, time} from './elements.js';
import {fill} from './fill.js';
import {keepUp} from './keepup.js';
import {count, seconds} from './words.js';

const COLUMNS = [['Report', ''], ['Change to show', ''], ['Changed', 'wide'], ['Due', ''], ['Time used', 'wide drawn']];

/** How much of its time a change has used up: full is late. */
function age(one, within, now) {
  const share = Math.min(1, (now - Date.parse(one.changed_at)) / 1000 / within);
  const used = element('span', one.late_since || share === 1 ? 'part failed' : 'part open');
  used.style.flexGrow = share;
  const left = element('span', 'part');
  left.style.flexGrow = 1 - share;
  return attributes(element('div', 'bar', used, left), {role: 'img', 'aria-label': Math.round(share * 100) + ' % of its time'});
}

function row(one) {
  return element('tr', '',
    cell('', reportLink(one)),
    cell('', link(['changes', one.account], {source: one.source, id: one.id}, one.source + ' ', changeId(one.id))),
    cell('wide', time(one.changed_at)),
    cell(one.late_since ? 'bad' : '', time(one.due), one.late_since && ' late'),
    cell('wide drawn', age(one, one.within, Date.parse(one.now))));
}

/** What it is for, in words. */
function meaning(one) {
  const parts = [['report', 'reports', one.reports], ['Collection', 'Collections', one.spaces], ['data source', 'data sources', one.data_sources]];
  return 'within ' + seconds(one.within_seconds) + ', for ' + parts.filter(([, , tokens]) => tokens.length > 0)
    .map(([single, many, tokens]) => count(tokens.length, single, many)).join(' and ');
}

function objective(one) {
  const {node, body} = table(one.name, COLUMNS);
  const now = new Date().toISOString();
  fill(body, one.unshown.map(each => ({...each, account: one.account, within: one.within_seconds, now})), each => each.report_token, row);
  const state = one.late_count ? element('span', 'bad', count(one.late_count, 'report is late', 'reports are late')) : element('span', 'well', 'kept');
  return section(one.name + ' of ' + one.account,
    element('p', 'steps', state, element('span', 'quiet', meaning(one)), one.unshown_count > 0 && element('span', 'quiet', '· ' + one.unshown_count + ' have a change to show yet')),
    one.unshown.length > 0 && element('div', 'card', node));
}

export function objectives() {
  const list = element('div', 'stack');
  const nothing = empty('No objective is set. One says how old a change may become before reports show it, such as:',
    'freshet.objectives."board".reports=TOKEN\nfreshet.objectives."board".within=15m');
  const page = element('div', 'view', attributes(element('h1', '', 'Objectives'), {tabindex: -1}), list, element('div', 'card', nothing));
  nothing.hidden = true;
  const up = keepUp(page, () => get(['objectives']), found => {
    fill(list, found.objectives, one => one.account + '/' + one.name, objective);
    nothing.parentNode.hidden = found.objectives.length > 0;
    nothing.hidden = false;
  });
  return {title: 'Objectives', page, leave: up.leave};
}
