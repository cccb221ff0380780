// Who uses the page, and what they may have done.

import {get, useToken} from './api.js';
import {ask} from './dialog.js';
import {element} from './elements.js';

const NOBODY = {roles: []};
let who = NOBODY;
const listeners = [];

export function onAccess(listener) {
  listeners.push(listener);
}

function become(somebody) {
  who = somebody;
  listeners.forEach(listener => listener(who));
}

/** Whether they may refresh, plan, hold and redrive. */
export function mayOperate() {
  return who.roles.includes('operator') || who.roles.includes('admin');
}

export function isSignedIn() {
  return who.name !== undefined;
}

async function signInWith(token) {
  useToken(token.trim());
  try {
    become(await get(['access']));
  } catch (cause) {
    useToken('');
    throw cause;
  }
}

export function signIn() {
  return ask({
    title: 'Sign in',
    text: 'With a token of freshet.access."NAME", or of the OpenID Connect provider. This page keeps it in memory only: a reload forgets it.',
    fields: [{name: 'token', label: 'Token', type: 'password', required: true}],
    verb: 'Sign in',
    act: values => signInWith(values.token)
  });
}

export function signOut() {
  useToken('');
  become(NOBODY);
}

/** What stands in the place of actions for who may not. */
export function actionsNeedRole() {
  return element('p', 'quiet', isSignedIn() ? 'Your token doesn’t allow actions: they take the role operator or admin.'
    : 'Sign in to refresh, hold, plan and redrive.');
}
