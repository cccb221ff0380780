// What is said where nothing has happened yet.

import {empty} from './elements.js';

/** With the command that sends a first change to this page's own address. */
export function howToSend(text) {
  const here = new URL('.', location.href).href.replace(/\/$/, ''); // behind a proxy it may have a path
  const node = empty(text, 'freshet send --url ' + here + ' --data-source TOKEN --source /me --id 1 --wait');
  node.append('TOKEN is the last part of the data source’s address in Mode. Who sends is known by FRESHET_TOKEN, a token with the role producer or admin.');
  return node;
}
