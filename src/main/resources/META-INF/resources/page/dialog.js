// Asks before something is done, and shows what Freshet says if it refuses.

import {Refused} from './api.js';
import {attributes, button, element} from './elements.js';

let opened = 0;

/**
 * @param fields each with name, label, and what else an input has; hint says more about it
 * @param act does it, with the values of the fields; while it refuses, the dialog stays
 * @returns what act has returned, or undefined if it was given up
 */
export function ask({title, text, fields = [], verb, tone = '', act}) {
  return new Promise(resolve => {
    const id = 'dialog-' + ++opened;
    const trouble = attributes(element('p', 'trouble'), {role: 'alert'});
    trouble.hidden = true;
    const submit = attributes(element('button', 'primary ' + tone, verb), {type: 'submit'});
    const form = element('form', '',
      attributes(element('h2', '', title), {id}), text && element('p', '', text),
      ...fields.map(field), trouble,
      element('div', 'buttons', button('Cancel', () => dialog.close()), submit));
    const dialog = attributes(element('dialog', '', form), {'aria-labelledby': id});
    let result;

    form.addEventListener('submit', async event => {
      event.preventDefault();
      submit.disabled = true;
      trouble.hidden = true;
      try {
        result = await act(values(form)) ?? true;
        dialog.close();
      } catch (cause) {
        if (!(cause instanceof Refused)) throw cause;
        trouble.textContent = cause.message;
        trouble.hidden = false;
      } finally {
        submit.disabled = false;
      }
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    form.querySelector('input, textarea')?.focus();
  });
}

/** A field of a form with its label; what isn't filled in is left out of the values. */
export function field({name, label, hint, options, ...more}) {
  const input = options ? element('select', '', ...options.map(([value, shown]) =>
    attributes(element('option', '', shown), {value}))) : element('input');
  for (const [key, value] of Object.entries(more)) input[key] = value;
  input.name = name;
  input.autocomplete = 'off';
  return element('label', 'field', element('span', '', label), input, hint && element('span', 'hint', hint));
}

export function values(form) {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
}
