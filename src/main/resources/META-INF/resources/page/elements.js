// Makes elements. Whatever is shown goes in as text, never as HTML.

import {clock, TONES, words} from './words.js';
import {address} from './router.js';

export const byId = id => document.getElementById(id);

/** An element with a class, or with none; a child that is null, undefined or false is left out. */
export function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

export function attributes(node, values) {
  for (const [name, value] of Object.entries(values)) node.setAttribute(name, value);
  return node;
}

export function time(instant) {
  return attributes(element('time', '', clock(instant)), {datetime: instant, title: instant});
}

export function token(text) {
  return element('span', 'token', text);
}

/** The token of data_source=TOKEN or the like, beside its name; without a name it is shown already. */
export function tokenBeside(text, name) {
  return name !== undefined && element('span', 'quiet token', ' ' + text.replace(/^\w+[=:]/, ''));
}

/** The id of a change, which its writer chose: of any length. */
export function changeId(text) {
  return element('span', 'token long', text);
}

/** To another place of this page. */
export function link(path, query, ...children) {
  return attributes(element('a', '', ...children), {href: address(path, query)});
}

/** To Mode. Nothing but http and https is ever followed. */
export function outside(url, ...children) {
  if (!/^https?:/.test(url ?? '')) return element('span', '', ...children);
  return attributes(element('a', 'outside', ...children), {href: url, rel: 'noreferrer'});
}

export function button(text, act, className = '') {
  const node = attributes(element('button', className, text), {type: 'button'});
  node.addEventListener('click', () => act(node));
  return node;
}

/** A state or an end, by its word and its colour. */
export function badge(word) {
  return element('span', 'badge ' + (TONES[word] ?? ''), words(word));
}

/** A report or dataset by its name, with the address of its page; the token is there for whoever knows it by that. */
export function reportLink(one) {
  const key = one.report_token ?? one.dataset_token ?? one.token;
  const named = one.name === undefined ? token(key) : one.name;
  return element('span', 'report',
    link(['reports', one.account, key], {}, named),
    one.name !== undefined && element('span', 'quiet token', key),
    one.kind === 'dataset' && element('span', 'quiet', 'dataset'));
}

export function copyButton(text, what) {
  const node = button('Copy', () => navigator.clipboard.writeText(text).then(
    () => { node.textContent = 'Copied'; },
    () => getSelection().selectAllChildren(node.previousElementSibling)), 'small');
  return attributes(node, {'aria-label': 'Copy ' + what});
}

export function cell(className, ...children) {
  return element('td', className, ...children);
}

/** A table by its columns, each [title, class]; the rows go into what is returned as body. */
export function table(label, columns) {
  const body = element('tbody');
  const head = element('tr', '', ...columns.map(([title, className]) =>
    attributes(element('th', className, title), {scope: 'col'})));
  const node = element('table', '', element('caption', 'unseen', label), element('thead', '', head), body);
  return {node, body};
}

/** Terms and what they are; pairs whose value is empty are left out. */
export function facts(pairs) {
  return element('dl', 'facts', ...pairs
    .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
    .map(([term, ...values]) => element('div', '', element('dt', '', term), element('dd', '', ...values))));
}

export function section(title, ...children) {
  const heading = attributes(element('h2', '', title), {id: 's-' + title.toLowerCase().replaceAll(/\W+/g, '-')});
  return attributes(element('section', '', heading, ...children), {'aria-labelledby': heading.id});
}

/** What is said where there is nothing, with a command that works as printed. */
export function empty(text, command) {
  return element('div', 'empty', element('p', '', text), command && element('pre', '', element('code', '', command)));
}

const SVG = 'http://www.w3.org/2000/svg';

/** A part of a drawing. */
export function svg(name, values, ...children) {
  const node = attributes(document.createElementNS(SVG, name), values);
  node.append(...children);
  return node;
}
