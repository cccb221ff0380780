// Draws only what has changed.

const drawn = new WeakMap();

/** Puts the items into the list in this order; what has not changed stays the same element, with its focus and selection. */
export function fill(list, items, keyOf, build) {
  const before = new Map([...list.children].map(node => [drawn.get(node)?.key, node]));
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const row = [...list.children].find(node => node.contains(focused));
  const after = items.map(item => {
    const key = keyOf(item);
    const text = JSON.stringify(item);
    const known = before.get(key);
    if (known && drawn.get(known).text === text) return known;
    const node = build(item);
    drawn.set(node, {key, text});
    return node;
  });
  if (after.length === list.children.length && after.every((node, place) => list.children[place] === node)) return;
  list.replaceChildren(...after);
  if (focused && document.activeElement !== focused) focusAgain(focused, after, drawn.get(row)?.key);
}

/** Where the focus was, so that who uses keys alone is not thrown back to the start. */
function focusAgain(focused, nodes, key) {
  const same = nodes.includes(focused.closest('li, tr')) ? focused : null;
  const place = nodes.find(node => drawn.get(node).key === key) ?? nodes[0];
  (same ?? place?.querySelector(focused.matches('h1') ? 'h1' : 'a, button'))?.focus({preventScroll: true});
}

/** The same for one thing, such as the facts of a report. */
export function show(place, item, build) {
  fill(place, [item], () => 'one', build);
}

export function text(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
