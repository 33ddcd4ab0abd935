// Leaves out of the design system's sheet what no page can show: rules for classes and attributes that are not in use.

const NAMES = /\.(-?[A-Za-z_][\w-]*)|\[([\w-]+)|:(disabled|indeterminate)\b/g;
const ALTERNATIVES = /:(?:not|is|where)\((?:[^()]|\([^()]*\))*\)/g; // a rule may name here what never occurs

export function onlyUsed(css, used) {
  return blocks(css)
    .map(({ head, body }) => {
      if (/^@(media|supports)/.test(head)) return block(head, onlyUsed(body, used));
      if (head.startsWith("@")) return block(head, body);
      return block(listOf(head).filter((selector) => isUsed(selector, used)).join(","), body);
    })
    .join("");
}

const block = (head, body) => (head && body ? `${head}{${body}}` : "");

function isUsed(selector, used) {
  return [...selector.replaceAll(ALTERNATIVES, "").matchAll(NAMES)].every((names) => used.has(names[1] ?? names[2] ?? names[3]));
}

// The outermost blocks of a compressed sheet, which has neither comments nor statements without a block.
function blocks(css) {
  const found = [];
  let depth = 0;
  let start = 0;
  let open = 0;
  for (const { 0: sign, index } of css.matchAll(/"(?:\\.|[^"\\])*"|[{}]/g)) {
    if (sign === "{" && depth++ === 0) open = index;
    if (sign !== "}" || --depth > 0) continue;
    found.push({ head: css.slice(start, open), body: css.slice(open + 1, index) });
    start = index + 1;
  }
  return found;
}

// A list of selectors, divided at its commas but for those within brackets.
function listOf(selectors) {
  return selectors.match(/(?:\((?:[^()]|\([^()]*\))*\)|[^,(])+/g) ?? [];
}
