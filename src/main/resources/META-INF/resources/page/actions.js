// What may be had done, each confirmed first. Freshet checks the role again; hiding a button protects nothing.

import {announce} from './announce.js';
import {send} from './api.js';
import {ask} from './dialog.js';
import {button} from './elements.js';
import {thing} from './words.js';

const WHY = {name: 'why', label: 'Why', maxLength: 500, hint: 'One line, for whoever finds it so'};

async function after(done, text, look) {
  if (await done === undefined) return;
  announce(text);
  look();
}

export function refreshButton(one, look) {
  return button('Refresh now…', () => after(ask({
    title: 'Refresh ' + (one.name ?? one.token) + '?',
    text: 'Freshet posts one run of this report to Mode, with all datasets that it imports. It may query the warehouse.',
    fields: [{name: 'reason', label: 'Reason', maxLength: 500, hint: 'Carried along to the events of the run'}],
    verb: 'Refresh',
    act: body => send('POST', ['workspaces', one.account, 'reports', one.token, 'refreshes'], {body})
  }), 'A refresh of ' + (one.name ?? one.token) + ' was requested.', look), 'primary');
}

/** @param subject workspace, data_source:TOKEN or report:TOKEN */
export function holdButton(account, subject, called, look) {
  return button('Hold…', () => after(ask({
    title: 'Hold ' + called + '?',
    text: 'Nothing is posted for it until somebody releases it; what runs already goes on. What comes meanwhile waits, and is lost in no case.',
    fields: [WHY],
    verb: 'Hold',
    act: ({why}) => send('POST', ['workspaces', account, 'holds'], {body: {subject, why}})
  }), called + ' is held.', look));
}

export function releaseButton(fact, look) {
  return button('Release…', () => after(ask({
    title: 'Release ' + thing(fact.subject, fact.name) + '?',
    text: 'What has waited is posted now.',
    fields: [WHY],
    verb: 'Release',
    act: ({why}) => send('DELETE', ['workspaces', fact.account, 'holds', fact.subject], {query: {why}})
  }), thing(fact.subject, fact.name) + ' is released.', look));
}

export function forgetButton(fact, look) {
  return button('Forget…', () => after(ask({
    title: 'Forget what was learnt of ' + thing(fact.subject, fact.name) + '?',
    text: 'Its datasets are no longer run before their reports, until Mode’s data shows again that they must be.',
    fields: [WHY],
    verb: 'Forget',
    act: ({why}) => send('DELETE', ['workspaces', fact.account, 'learnt', fact.subject], {query: {why}})
  }), 'What was learnt of ' + thing(fact.subject, fact.name) + ' is forgotten.', look), 'small');
}
